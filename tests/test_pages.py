"""What holds on every public page, in both languages."""

import re

import pytest

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Mineral, Project, Recipient, Source
from tests.site import LISTS, PAGES, address, every_address, one_of_each, record_addresses

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole(site_pages, language):
    for url, page in site_pages[language].items():
        assert page.status == 200, url
        assert f'<html lang="{language}">' in page.text, url
        assert page.text.count("<h1") == 1, url
        assert len(re.findall(r"<title>\s*\S", page.text.partition("</head>")[0])) == 1, url
        assert not re.search(r">\s*None\s*<", page.text), url
        assert "{{" not in page.text, url
        assert "{%" not in page.text, url


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_element_id_stands_twice(site_pages, language):
    for url, page in site_pages[language].items():
        ids = re.findall(r'\sid="([^"]+)"', page.text)
        assert len(ids) == len(set(ids)), url


@pytest.mark.parametrize(("language", "other"), [LANGUAGES, LANGUAGES[::-1]])
def test_the_language_link_leads_to_the_same_page(site_pages, language, other):
    for (here, page), there in zip(site_pages[language].items(), site_pages[other], strict=True):
        links = re.findall(r'<a [^>]*class="language-link"[^>]*>', page.text)
        assert [link for link in links if f'href="{there}"' in link], here


@pytest.mark.parametrize(("language", "other"), [LANGUAGES, LANGUAGES[::-1]])
def test_the_language_link_keeps_the_query(client, language, other):
    for here, there in zip(one_of_each(language), one_of_each(other), strict=True):
        page = client.get(f"{here}?q=cobalt&page=2").content.decode()
        assert f'href="{there}?q=cobalt&amp;page=2"' in page


def test_every_page_names_its_counterpart_and_its_own_address(site_pages):
    for english, (french, page) in zip(site_pages["en"], site_pages["fr"].items(), strict=True):
        assert f'<link rel="canonical" href="http://testserver{french}">' in page.text
        assert f'hreflang="en" href="http://testserver{english}"' in page.text
        assert f'hreflang="fr" href="http://testserver{french}"' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_sets_a_cookie_or_calls_another_host(site_pages, language):
    for url, page in site_pages[language].items():
        assert not page.sets_cookies, url
        assert not re.search(r'(src|srcset|action|poster)="(https?:)?//', page.text), url
        assert not re.search(r'<link rel="(?!canonical|alternate)[^>]*href="(https?:)?//', page.text), url


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_has_inline_style_script_or_handler(site_pages, language):
    for url, page in site_pages[language].items():
        inline = r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:"
        assert not re.search(inline, page.text), url


def test_the_root_leads_to_the_language_of_the_visitor(client):
    for accepted, language in [("fr-CA,fr;q=0.9", "fr"), ("en", "en"), ("de", "en"), ("", "en"), ("*;q=x", "en")]:
        response = client.get("/", headers={"accept-language": accepted})
        assert (response.status_code, response["Location"]) == (302, f"/{language}/")
        assert "Accept-Language" in response["Vary"]
        assert not response.cookies


@pytest.mark.parametrize(("path", "words"), [("/en/nothing/", "Page not found"), ("/fr/rien/", "introuvable")])
def test_an_unknown_address_is_answered_in_its_language(client, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert f'href="/{"fr" if path.startswith("/en") else "en"}/{path[4:]}"' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()


def test_a_withdrawn_source_keeps_its_place_among_the_sources_and_says_why(client):
    texts = {"title_en": "Title", "title_fr": "Titre", "publisher_en": "Somebody", "publisher_fr": "Quelqu’un"}
    source = Source.objects.create(code="gone", kind="page", language="en", url="https://example.org/", **texts)
    publish([source])
    withdraw(source, reason_en="It was never there.", reason_fr="Elle n’a jamais existé.")
    for language, reason in (("en", "It was never there."), ("fr", "Elle n’a jamais existé.")):
        page = client.get(address("projects:sources", language)).content.decode()
        assert 'id="gone"' in page.partition('id="withdrawn"')[2]
        assert reason in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withdrawn_record_keeps_its_address_and_says_why(client, language):
    from_list = address("projects:list", language)
    url = address("projects:project", language, code="gpi-0011")
    project = Project.objects.get(code="gpi-0011")
    withdraw(project, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    response = client.get(url)
    assert response.status_code == 410
    assert {"en": "Entered twice.", "fr": "Saisi deux fois."}[language] in response.content.decode()
    assert url not in client.get(from_list).content.decode()


def more_records(prefix: str, number: int) -> None:
    """Publish some more recipients and projects that name many other records."""
    model = Project.objects.get(code="gpi-0001")
    minerals, areas = list(Mineral.objects.all()[:4]), list(model.focus_areas.all())
    records = []
    for place in range(number):
        recipient = Recipient.objects.create(code=f"{prefix}-{place}", name_en=f"More {place}", name_fr=f"Plus {place}")
        project = Project.objects.create(
            code=f"{prefix}-{place}",
            title_en=f"One more {place}",
            title_fr=f"Un de plus {place}",
            description_en="More uranium.",
            description_fr="Plus d’uranium.",
            recipient=recipient,
            program=model.program,
            stream=model.stream,
            amount=place,
        )
        project.minerals.set(minerals)
        project.focus_areas.set(areas)
        records += [recipient, project]
    publish(records, reason="More")


def test_a_page_asks_the_database_the_same_number_of_times_whatever_it_shows(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    names = ("program", "focus_area", "stream", "recipient", "mineral")
    firsts = [record_addresses("en", noun)[0] for noun in names]
    urls = [*(address(name) for name in PAGES), address("search") + "?q=uranium", *firsts]
    urls += [address("projects:list") + "?q=uranium&page_size=100"]
    before = {}
    more_records("some", 1)
    for url in urls:
        with django_assert_max_num_queries(60) as context:
            client.get(url)
        before[url] = len(context)
    more_records("more", 12)
    for url in urls:
        with django_assert_num_queries(before[url], info=url):
            client.get(url)


def test_a_page_shows_only_what_is_public(client):
    draft = Recipient.objects.create(code="secret-draft", name_en="Secret draft", name_fr="Brouillon secret")
    project = Project.objects.get(code="gpi-0001")
    project.title_en = project.title_fr = "Secret draft"
    project.save()
    Mineral.objects.create(code="secret-draft", name_en="Secret draft", name_fr="Brouillon secret")
    # Every page once, in one language or the other.
    for url in (*every_address("en")[::2], *every_address("fr")[1::2], *one_of_each("en"), *one_of_each("fr")):
        assert "secret draft" not in client.get(url).content.decode().lower(), url
    for language in LANGUAGES:
        for noun in ("recipient", "mineral"):
            assert client.get(address(f"projects:{noun}", language, code=draft.code)).status_code == 404
    assert not PublishedVersion.objects.filter(code="secret-draft").exists()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_its_results_in_one_element(client, name, language):
    page = client.get(address(name, language) + "?q=uranium").content.decode()
    assert page.count('id="results"') == 1
