"""A federal record with a text in one language only says so in the other one, instead of showing nothing."""

import html
import re

import pytest
from django.core.exceptions import ValidationError

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Project
from tests.site import address

pytestmark = pytest.mark.django_db

CODE = "federal-1"
GAP = {"en": "Not stated by the department", "fr": "Non précisé par le ministère"}
ENGLISH = {
    "title_en": "Cobalt in deep water",
    "description_en": "Cobalt lies in deep water.",
    "purpose_en": "To learn.",
}
FRENCH = {"title_fr": "Du cobalt en eau profonde", "description_fr": "Du cobalt gît au fond."}


def published(**fields) -> Project:
    model = Project.objects.get(code="gpi-0001")
    project = Project.objects.create(
        code=CODE,
        recipient=model.recipient,
        program=model.program,
        **{"origin": Project.Origin.FEDERAL, "amount": -5, **fields},
    )
    project.minerals.set(model.minerals.all())
    publish([project], reason="From the disclosure")
    return project


def main(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return squeezed(re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0])


def squeezed(page: str) -> str:
    """The page with its signs as they are read and no white space between its elements."""
    text = " ".join(html.unescape(page).replace("\u00a0", " ").split())
    return re.sub(r"> (?=<)|(?<=>) (?=\S)", lambda found: found[0].strip(), text).replace(" <", "<")


@pytest.mark.parametrize(("language", "fields"), [("fr", ENGLISH), ("en", FRENCH)])
def test_each_missing_text_says_so_in_the_language_of_the_page(client, language, fields):
    published(**fields)
    response = client.get(address("projects:project", language, code=CODE))
    text = squeezed(response.content.decode())
    assert response.status_code == 200
    assert re.search(rf"<h1>{GAP[language]} \({CODE}\)</h1>", text)
    assert f"<title>{GAP[language]} ({CODE})" in text
    assert f"<p>{GAP[language]}</p>" in text
    assert not any(value in text for name, value in fields.items() if not name.startswith("title"))


def test_what_the_department_did_write_stands_as_it_is(client):
    published(**ENGLISH)
    text = main(client, address("projects:project", "en", code=CODE))
    assert all(value in text for value in ENGLISH.values())
    assert GAP["en"] not in text


def test_an_optional_text_is_shown_as_missing_only_where_the_other_language_has_it(client):
    published(**ENGLISH)
    text = main(client, address("projects:project", "fr", code=CODE))
    assert re.search(rf'<dt>Objectif</dt><dd><div class="fact-value"><span class="not-stated">{GAP["fr"]}', text)
    assert "<dt>Résultats attendus</dt>" not in text


def test_a_record_without_any_text_is_still_a_page(client):
    published()
    for language in GAP:
        text = main(client, address("projects:project", language, code=CODE))
        assert f"{GAP[language]} ({CODE})" in text
        assert f'<p><span class="not-stated">{"Not stated" if language == "en" else "Non précisé"}</span></p>' in text


def test_lists_name_the_record_and_mark_no_word_of_the_gap(client):
    published(**ENGLISH)
    text = main(client, address("projects:list", "fr") + "?q=cobalt+water")
    assert f"{GAP['fr']} ({CODE})</a>" in text
    assert "in deep<mark>water</mark>" in text
    gaps = main(client, address("projects:list", "fr") + "?q=bismuth")
    assert f">{GAP['fr']} ({CODE})</a>" in gaps
    search = main(client, address("search", "fr") + "?q=cobalt")
    assert f"{GAP['fr']} ({CODE})" in search


def test_a_gap_is_no_value_in_a_comparison(client):
    published(**ENGLISH)
    url = f"{address('projects:compare', 'fr')}?project={CODE}&project=gpi-0001"
    lines = {
        line.field if hasattr(line, "field") else str(line.term): line for line in client.get(url).context["lines"]
    }
    assert lines["Description"].likeness == "partly"
    assert GAP["fr"] in main(client, url)


def test_the_reason_of_an_amendment_has_its_gap_too(client):
    project = published(**ENGLISH)
    project.amendments.create(number=0, value=5, reason_en="Signed.")
    project.refresh_from_db()
    publish([project], reason="Amended")
    assert f">{GAP['fr']}</td>" in main(client, address("projects:project", "fr", code=CODE))
    assert ">Signed.</td>" in main(client, address("projects:project", "en", code=CODE))


def test_a_citation_and_a_tombstone_name_the_record(client):
    project = published(**ENGLISH)
    cited = client.get(address("projects:project", "fr", code=CODE) + "cite.bib").content.decode()
    assert GAP["fr"] in cited
    withdraw(project, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    response = client.get(address("projects:project", "fr", code=CODE))
    assert response.status_code == 410
    assert GAP["fr"] in html.unescape(response.content.decode())


def test_a_record_without_a_title_stands_in_order_of_its_other_title(client):
    published(**ENGLISH)
    version = PublishedVersion.objects.public().get(code=CODE)
    assert version.sort_fr == version.sort_en != ""


def test_a_note_of_ours_is_never_said_to_be_missing_at_the_department(client):
    project = published(**{**ENGLISH, **FRENCH, "purpose_en": ""})
    source = Project.objects.get(code="gpi-0001").citations.filter(source__isnull=False).first().source
    project.citations.create(field="amount", certainty="stated", source=source, note_en="Our note.")
    publish([project], reason="Cited")
    assert GAP["fr"] not in main(client, address("projects:project", "fr", code=CODE))


def test_a_record_of_staff_has_no_gap():
    assert not PublishedVersion.objects.public().filter(title_fr="").exists()
    with pytest.raises(ValidationError, match=r"purpose \(French\)"):
        published(**ENGLISH, **FRENCH, origin=Project.Origin.STAFF, amount=5)
