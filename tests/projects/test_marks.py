"""The certainty of a value stays true: changed from what its citation was entered for, it has none until cited anew."""

import html
import re

import pytest

from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish
from projects.models import Citation, Mineral, Project, Recipient
from tests.projects.changing import change, cited, fresh, held, public
from tests.projects.citing import edit_citation
from tests.projects.test_admin import edit
from tests.projects.test_admin import publish as confirm
from tests.projects.test_evidence import beside, page, warning
from tests.site import address

pytestmark = pytest.mark.django_db

PROSE = {"title", "summary", "description", "purpose", "expected_results", "additional_information"}
#: Field → the fields whose citations speak of it too.
ALSO = {"amount": {"amount_qualifier"}, "amount_qualifier": {"amount"}, "currency": {"amount", "amount_qualifier"}}
ALSO |= {"envelope_qualifier": {"envelope"}}


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def fact(client, record, term: str, language: str = "en") -> str:
    text = html.unescape(client.get(address("projects:project", language, code=record.code)).content.decode())
    return re.search(rf"<dt>{term}</dt>.*?</dd>", text, re.DOTALL)[0]


def cited_records() -> list:
    return [
        record
        for noun in Citation.HOLDERS
        for record in nouns()[noun].objects.filter(citations__isnull=False).distinct()
    ]


def outlives(citation: Citation) -> bool:
    """Whether it is of a text that we told in our own words, and quotes nothing."""
    return citation.field in PROSE and not citation.value and citation.certainty != "not_stated"


# --- What was found: $7.5 million was made $7.6 million ------------------------------------------------


@pytest.mark.parametrize(
    ("language", "term", "none"), [("en", "Amount", "No source recorded"), ("fr", "Montant", "Aucune source consignée")]
)
def test_a_changed_amount_has_no_source_until_it_is_cited_anew(admin_client, client, project, language, term, none):
    assert "7,5" in fact(client, project, term, language).replace(".", ",")
    edit(admin_client, project, amount="7600000")
    confirm(admin_client, project)
    shown = fact(client, project, term, language)
    assert re.search(r"7[.,]6", shown)
    assert none in shown
    assert "<summary" not in shown
    whole = client.get(address("projects:project", language, code=project.code)).content.decode()
    assert not re.search(r"7[.,]5[\s\xa0]million", html.unescape(whole))
    edit_citation(admin_client, project.citations.get(field="amount", certainty="stated"), value="$7.6 million")
    confirm(admin_client, project)
    assert "$7.6 million" in fact(client, project, term, language)
    assert none not in fact(client, project, term, language)


def test_all_that_reads_the_certainty_says_the_same(admin_client, client, project):
    def found(certainty: str) -> bool:
        answer = client.get(f"{address('projects:list')}?certainty={certainty}").context["answer"]
        return project.code in {row.code for row in answer.rows}

    def certainties_compared() -> int:
        text = client.get(f"{address('projects:compare')}?project=gpi-0001&project=gpi-0002").content.decode()
        row = re.search(r'<span class="comparison-term">Amount</span>.*?</tr>', text, re.DOTALL)[0]
        return row.count('class="certainty"')

    assert (found("amount-stated"), found("amount-added")) == (True, True)
    assert certainties_compared() == 2
    edit(admin_client, project, amount="7600000")
    assert found("amount-stated")
    confirm(admin_client, project)
    assert (found("amount-stated"), found("amount-added")) == (False, False)
    assert certainties_compared() == 1
    edit(admin_client, project, amount="7500000")
    confirm(admin_client, project)
    assert found("amount-stated")
    assert certainties_compared() == 2


@pytest.mark.parametrize(
    ("language", "none"),
    [("en", "Would be published without a citation"), ("fr", "Valeurs qui seraient publiées sans référence")],
)
def test_the_form_and_the_confirmation_say_so_before(admin_client, project, language, none):
    edit(admin_client, project, amount="7600000")
    form = page(admin_client, project, language=language)
    asked = page(admin_client, project, "publish", f"?codes={project.code}", language)
    for text in (form, asked):
        assert 'id="outdated"' in warning(text)
        assert "$7.5\xa0million" in warning(text)
    assert "$7.5\xa0million" in beside(form, "amount")
    assert none in asked


# --- Every cited field of every real record -----------------------------------------------------------


@pytest.mark.walks
@pytest.mark.parametrize("noun", Citation.HOLDERS)
def test_each_field_alone_takes_its_citations_along_and_brings_them_back(noun):
    refused = set()
    for record in nouns()[noun].objects.all():
        before = held(record)
        for field in dict.fromkeys(field for field, _value in before):
            undo = change(record, field)
            if undo is None:
                refused.add((noun, field))
                continue
            gone = {field, *ALSO.get(field, ())}
            stay = [(c.field, c.value) for c in record.citations.all() if c.field not in gone or outlives(c)]
            assert held(record) == stay, (record.code, field)
            undo()
            assert held(record) == before, (record.code, field)
    assert refused <= {
        ("project", "program"),
        ("project", "stream"),
        ("recipient", "country"),
        ("recipient", "province"),
    }


@pytest.mark.walks
def test_every_page_loses_the_certainty_of_changed_values_and_gets_it_back(admin_client, client):
    records = cited_records()
    before = {record: public(record) for record in records}
    undo = [step for record in records for step in changes_of(record)]
    said = {noun: asked_of(admin_client, noun) for noun in Citation.HOLDERS}
    publish(map(fresh, records), reason="Changed")
    for record in records:
        gone = [row for row in before[record]["citations"] if row not in public(record)["citations"]]
        assert gone, record.code
        assert all(row["value"] in said[record.noun] for row in gone)
        for language in ("en", "fr"):
            assert rows_of_sources(client, record, language) == len(public(record)["citations"])
    for step in undo:
        step()
    publish(map(fresh, records), reason="Changed back")
    assert {record: public(record) for record in records} == before


@pytest.mark.walks
def test_whatever_is_cited_anew_is_public_again():
    records = cited_records()
    before = {record: cited(public(record)) for record in records}
    for record in records:
        changes_of(record)
        for citation in record.citations.all():
            citation.cite_anew()
            citation.save()
    publish(map(fresh, records), reason="Cited anew")
    assert {record: cited(public(record)) for record in records} == before


def changes_of(record) -> list:
    """Change each cited field of a record that can be changed beside the others; what undoes it, the last first."""
    fields = sorted(set(record.citations.values_list("field", flat=True)) - {"amount_qualifier", "currency"})
    return [undo for undo in [change(record, field) for field in fields] if undo][::-1]


def asked_of(admin_client, noun: str) -> str:
    record = nouns()[noun].objects.first()
    codes = ",".join(nouns()[noun].objects.values_list("code", flat=True))
    return page(admin_client, record, "publish", f"?codes={codes}")


def rows_of_sources(client, record, language: str) -> int:
    app = record._meta.app_label
    text = client.get(address(f"{app}:{record.noun}", language, code=record.code)).content.decode()
    table = text.partition('id="sources"')[2].partition("</table>")[0]
    return table.count('<th scope="row"')


# --- What is another value, and what is not -----------------------------------------------------------


def test_our_own_sentences_may_be_told_anew_where_nothing_is_quoted(project):
    project.citations.filter(field="description", certainty="added").update(value="")
    Project.objects.filter(pk=project.pk).update(description_en="Told anew.")
    assert [row for row in held(project) if row[0] == "description"] == [("description", "")]


def test_what_no_source_states_is_not_said_any_more_of_a_field_that_is_filled(project):
    assert ("start_date", "") in held(project)
    Project.objects.filter(pk=project.pk).update(start_date="2024-05-16")
    assert ("start_date", "") not in held(project)


def test_order_names_of_others_and_signs_that_nobody_sees_are_no_other_value(project):
    before = held(project)
    for place, row in enumerate(reversed(project.locations.all())):
        row.position = place
        row.save()
    Mineral.objects.filter(code="cobalt").update(name_en="Cobalt metal", aliases="x")
    Recipient.objects.filter(pk=project.recipient_id).update(name_en="Another name", aliases="y")
    assert held(project) == before
    recipient = Recipient.objects.get(code="ubc")
    cited_before = held(recipient)
    Recipient.objects.filter(pk=recipient.pk).update(aliases=recipient.aliases.replace("\n", "\r\n") + "\u200b ")
    assert held(recipient) == cited_before


def test_an_amendment_takes_the_citation_of_the_amount_along_and_gives_it_back(project):
    before = held(project)
    edited = project.amendments.create(number=0, value=7_000_000)
    assert "amount" not in dict(held(project))
    project.citations.create(field="amendments", certainty="inferred", note_en="So.", note_fr="Ainsi.")
    assert "amendments" in dict(held(project))
    second = project.amendments.create(number=1, value=8_000_000, amended_on="2025-01-01")
    assert "amendments" not in dict(held(project))
    second.delete()
    assert "amendments" in dict(held(project))
    edited.delete()
    assert held(project) == before
