"""Whatever is kept, every visitor gets what the portal would make for them now, byte for byte and header for header."""

import gzip
import http.client
import json
import random
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import brotli
import pytest

from tests.browser.server import Portal, scratch_database

PUBLICATION = """
from gpi_portal.publishing.publish import publish
from projects.models import Project
project = Project.objects.get(code="{code}")
project.title_en, project.title_fr = "{title}", "{title}"
project.save()
publish([project], reason="Another title")
"""
#: The header of an answer that tells when and by what it was sent, and not what.
OF_THE_SERVER = {"Date", "Server", "Connection"}
ENCODINGS = ("identity", "gzip", "gzip, deflate, br", "br;q=0, gzip;q=0.5", "gzip;q=0", "*")
FILES = (
    "/fr/projets/graphiques/stream.svg",
    "/en/projects/charts/mineral.csv",
    "/en/suggest/",
    "/en/projects/cite.bib",
)
LISTS = ("/en/", "/fr/", "/en/projects/", "/fr/projets/", "/en/recipients/", "/fr/changements/", "/en/search/")
RECORDS = ("/en/projects/gpi-0001/", "/fr/projets/gpi-0002/", "/en/projects/gpi-9999/", "/en/minerals/", "/en/nothing/")
QUERIES = {
    "q": ["uranium", "cobalt -mine", "é", "%"],
    "mineral": ["cobalt", "none", "x"],
    "order": ["title", "-amount"],
    "page": ["1", "2", "x"],
    "as_of": ["2026-01-01", "2999-01-01", ""],
}


class Visitor:
    """Someone who asks the portal that keeps pages and, for comparison, the one that does not."""

    def __init__(self, keeping: Portal, making: Portal) -> None:
        self.keeping, self.making = keeping, making

    def ask(self, portal: Portal, path: str, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "identity", **headers})
            answer = connection.getresponse()
            said = {name: value for name, value in answer.getheaders() if name not in OF_THE_SERVER}
            policy = said.pop("Content-Security-Policy", "").split("; ")  # each process has an order of its own
            return answer.status, said | {"policy": "; ".join(sorted(policy))}, answer.read()
        finally:
            connection.close()

    def kept(self, path: str, **headers: str):
        return self.ask(self.keeping, path, **headers)

    def made(self, path: str, **headers: str):
        return self.ask(self.making, path, **headers)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory, django_test_environment):
    folders = tmp_path_factory.mktemp("keeping"), tmp_path_factory.mktemp("making")
    with scratch_database(folders[0]) as database:
        keeping = Portal(folders[0], database)
        static = keeping.variables["BROWSER_TESTS_STATIC_ROOT"]
        making = Portal(folders[1], database, KEPT_PAGES="off", BROWSER_TESTS_STATIC_ROOT=static)
        with keeping.running(), making.running(sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{making.port}"):
            yield Visitor(keeping, making)


def files(visitor):
    return [file for file in visitor.keeping.pages.iterdir() if file.is_file()]


def address_in(file):
    return json.loads(file.read_bytes().partition(b"\n")[0])[0].removeprefix("http://127.0.0.1")


def kept_addresses(visitor):
    return set(map(address_in, files(visitor)))


def change_file(visitor, path, change):
    """Changes what the portal keeps under an address."""
    (file,) = (file for file in files(visitor) if address_in(file) == path)
    file.write_bytes(change(file.read_bytes()))


def some_query(chance: random.Random) -> str:
    names = chance.sample(list(QUERIES), chance.choice([0, 0, 1, 2]))
    return "?" + urlencode({name: chance.choice(QUERIES[name]) for name in names}) if names else ""


def publish(visitor, number):
    visitor.keeping.manage("shell", "-c", PUBLICATION.format(code=f"gpi-000{number + 1}", title=f"Title {number}"))


def test_what_is_kept_is_what_would_be_made(visitor):
    chance = random.Random(11)
    for number in range(2):
        paths = [chance.choice(LISTS + RECORDS + FILES) + some_query(chance) for _ in range(40)]
        wrong = [path for path in [*paths, *paths[:20]] if visitor.kept(path) != visitor.made(path)]
        assert wrong == []
        with ThreadPoolExecutor(4) as visitors:
            visitors.map(visitor.kept, paths * 3)  # some of them while the next publication comes to stand
            publish(visitor, number)
    assert len(kept_addresses(visitor)) > 30


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_whatever_encoding_a_visitor_takes_the_page_is_the_same(visitor, encoding):
    path = f"/en/projects/?q={secrets.token_hex(4)}"
    first, again = (visitor.kept(path, **{"Accept-Encoding": encoding}) for _ in range(2))
    plain = visitor.made(path)
    assert first == again
    expected = {"gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip;q=0.5": "gzip"}.get(encoding)
    assert first[1].get("Content-Encoding") == expected
    assert int(first[1]["Content-Length"]) == len(first[2])
    about_encoding = {"Content-Encoding", "Content-Length"}
    assert first[1].items() - plain[1].items() <= {(name, first[1].get(name)) for name in about_encoding}
    assert decoded(first[2], expected) == plain[2]


def decoded(body, encoding):
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(body)


@pytest.mark.parametrize("path", ["/en/projects/", "/fr/", "/fr/projets/gpi-0001/?as_of=2026-01-01"])
def test_a_copy_is_confirmed_with_the_same_headers(visitor, path):
    tag = visitor.made(path)[1]["ETag"]
    visitor.kept(path)
    for known in (tag, f'W/"x", {tag}', tag.removeprefix("W/"), "*", 'W/"x"'):
        assert visitor.kept(path, **{"If-None-Match": known}) == visitor.made(path, **{"If-None-Match": known})


def test_staff_and_whoever_may_be_get_a_page_of_their_own(visitor):
    path = f"/en/projects/gpi-0003/?x={secrets.token_hex(4)}"
    page = visitor.kept(path)[2]
    change_file(visitor, path, lambda kept: kept.replace(b"<main", b"<MAIN"))
    assert visitor.kept(path)[2] == page.replace(b"<main", b"<MAIN")
    for cookie in ("sessionid=x", "csrftoken=x", "a=b; sessionid=x"):
        assert visitor.kept(path, Cookie=cookie)[2] == page
    assert visitor.kept(path, Cookie="a=b")[2] != page


@pytest.mark.parametrize(
    "harm",
    [lambda kept: kept[:-10], lambda kept: b"", lambda kept: b"{}\n", lambda kept: b"[1, 2]\n", lambda kept: kept * 2],
)
def test_a_damaged_file_is_made_anew(visitor, harm):
    path = f"/fr/projets/?x={secrets.token_hex(4)}"
    page = visitor.kept(path)
    change_file(visitor, path, harm)
    assert visitor.kept(path) == page == visitor.kept(path)


def test_what_another_visitor_must_not_see_and_what_changes_by_itself_is_not_kept(visitor):
    paths = [
        "/en/projects/gpi-0001/report/",
        "/en/corrections/",
        "/en/nothing/",
        "/admin/login/",
        "/en/projects/charts/nothing.svg",
        "/en/suggest/?q=c",
    ]
    for path in paths:
        visitor.kept(path)
    assert kept_addresses(visitor).isdisjoint(paths)
