"""That a kept copy still holds is said with the headers of the page: whoever keeps it takes them over."""

import pytest

from gpi_portal.nouns import nouns
from tests.site import PAGES, address, record_addresses

pytestmark = pytest.mark.django_db

#: What RFC 9110, 15.4.5 asks of such an answer; the date is the server's.
HEADERS = ("Cache-Control", "Content-Location", "ETag", "Expires", "Vary")
READERS = (
    {},
    {"Accept-Encoding": "gzip"},
    {"Accept-Language": "fr-CA,fr;q=0.9"},
    {"Accept-Encoding": "gzip, br", "Accept-Language": "fr", "Cookie": "django_language=fr"},
)


def said(response) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in HEADERS}


@pytest.mark.parametrize("reader", READERS, ids=str)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_confirmed_copy_has_the_headers_of_its_page(client, language, reader):
    wrong = {}
    pages = [address(name, language) for name in PAGES]
    records = [record_addresses(language, noun)[0] for noun in nouns() if noun != "source"]
    queries = [f"{pages[0]}?as_of=2026-01-01", address("projects:list", language) + "?mineral=cobalt"]
    for url in [*pages, *records, *queries]:
        page = client.get(url, headers=reader)
        again = client.get(url, headers={**reader, "If-None-Match": page.headers["ETag"]})
        assert (page.status_code, again.status_code, again.content) == (200, 304, b"")
        assert "Accept-Encoding" in page.headers["Vary"]
        assert "Content-Length" not in again.headers
        wrong |= {url: (said(page), said(again))} if said(page) != said(again) else {}
    assert wrong == {}
