"""The admin shows what stands behind each value, and warns of what has nothing behind it; it stops nobody."""

import datetime
import html
import re

import pytest
from django.contrib import admin
from django.utils import translation

from gpi_portal.models import PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish
from gpi_portal.staff.citations import Names
from programs.models import FundingStream, Program
from projects.evidence import RecordEvidence
from projects.models import Citation, Project
from projects.models.provenance import citable_fields
from tests.projects.test_admin import admin_url, edit, form_data
from tests.projects.test_admin import publish as publish_as_staff
from tests.site import UNREAD, address, record_addresses

pytestmark = pytest.mark.django_db

MISSING = RecordEvidence().missing


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def missing(record) -> list[str]:
    return MISSING(type(record), type(record).objects.get(pk=record.pk).document(Names()))


def page(admin_client, record, name: str = "change", query: str = "", language: str = "en") -> str:
    args = [record.pk] if name == "change" else []
    answer = admin_client.get(admin_url(record, name, *args) + query, headers={"accept-language": language})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def beside(text: str, column: str) -> str:
    """The help that a screen reader reads with a field."""
    return re.search(rf'id="id_{column}_helptext">\s*<div>(.*?)</div>', text, re.DOTALL)[1]


def warning(text: str) -> str:
    found = re.search(r'<section class="evidence-warning".*?</section>', text, re.DOTALL)
    return found[0] if found else ""


# --- Which values have nothing behind them ----------------------------------------------------------


def test_the_real_registry_is_cited_but_for_some_other_names():
    found = {
        (version.noun, field)
        for version in PublishedVersion.objects.public()
        for field in MISSING(nouns()[version.noun], version.document)
    }
    assert found <= {("initiative", "aliases"), ("mineral", "aliases")}


@pytest.mark.parametrize("noun", Citation.HOLDERS)
def test_a_record_without_citations_lacks_one_for_every_value_that_says_something(noun):
    model = nouns()[noun]
    for record in model.objects.all()[:3]:
        record.citations.all().delete()
        found = missing(record)
        assert found
        assert set(found) <= set(citable_fields(model))
        for field in found:
            record.citations.create(field=field, certainty="inferred", note_en="So it is.", note_fr="C’est ainsi.")
        assert missing(record) == []


def test_what_is_not_stated_needs_no_citation(project):
    assert project.coverage_en == ""
    assert not project.citations.filter(field="coverage").exists()
    assert "coverage" not in missing(project)


def test_a_citation_that_says_not_stated_supports_no_value(project):
    project.citations.filter(field="amount").delete()
    project.citations.create(field="amount", certainty="not_stated")
    assert missing(project) == ["amount"]


def test_what_belongs_to_a_value_is_cited_with_it(project):
    project.citations.filter(field__in=["amount_qualifier", "amount_rounded_to", "currency", "title"]).delete()
    assert missing(project) == []
    project.citations.filter(field="amount").delete()
    assert missing(project) == ["amount"]


def test_a_title_stands_by_itself_where_there_is_no_description(project):
    project.citations.filter(field__in=["title", "description"]).delete()
    assert missing(project) == ["description"]
    Project.objects.filter(pk=project.pk).update(description_en="", description_fr="")
    assert missing(project) == ["title"]


def test_no_is_an_answer_only_beside_not_stated():
    stream = FundingStream.objects.get(code="joint-rd")
    stream.citations.filter(field="repayable").delete()
    assert stream.repayable is False
    assert "repayable" in missing(stream)
    assert "end_open" not in missing(Project.objects.get(code="gpi-0009"))


def test_a_condition_needs_the_citation_of_its_criterion():
    stream = FundingStream.objects.get(code="joint-rd")
    criteria = {condition.criterion for condition in stream.conditions.all()}
    stream.citations.filter(field__in=criteria).delete()
    assert set(missing(stream)) == criteria


def test_the_parent_of_a_program_needs_one_too():
    program = Program.objects.get(code="cmtp")
    program.citations.filter(field="parent").delete()
    assert missing(program) == ["parent"]


def test_an_amended_amount_stands_on_the_citation_of_the_amendments(project):
    project.citations.filter(field="amount").delete()
    project.amendments.create(number=0, value=5)
    assert missing(project) == ["amendments", "amount"]
    project.citations.create(field="amendments", certainty="inferred", note_en="So.", note_fr="Ainsi.")
    assert missing(project) == []


# --- The form ---------------------------------------------------------------------------------------


def test_each_field_has_its_citations_beside_it(admin_client, project):
    text = page(admin_client, project)
    for column, field in [("amount", "amount"), ("title_en", "title"), ("status", "status"), ("minerals", "minerals")]:
        rows = project.citations.select_related("source").filter(field=field)
        assert rows, field
        for row in rows:
            assert f'<a href="#citation-{row.pk}">' in beside(text, column), field
            assert str(row.source) in beside(text, column), field
    assert "Stated: Global Partnerships Initiative" in beside(text, "amount")


def test_a_value_that_amendments_fix_shows_its_citations_too(admin_client, project):
    project.amendments.create(number=0, value=5)
    assert (
        "Stated: Global Partnerships Initiative"
        in re.search(r'class="form-row[^"]*field-amount.*?</fieldset>', page(admin_client, project), re.DOTALL)[0]
    )


def test_the_form_warns_of_values_without_a_citation_and_leads_to_them(admin_client, project):
    assert warning(page(admin_client, project)) == ""
    project.citations.filter(field__in=["amount", "recipient"]).delete()
    text = page(admin_client, project)
    assert '<a href="#id_amount">Amount</a>' in warning(text)
    assert '<a href="#id_recipient">Recipient</a>' in warning(text)
    assert "No citation" in beside(text, "amount")


def test_the_warning_says_whether_the_public_sees_these_values(admin_client, project):
    project.citations.filter(field="amount").delete()
    assert "Published values without a citation" in warning(page(admin_client, project))
    edit(admin_client, Project.objects.get(pk=project.pk), naics="21")
    assert "Published values" not in warning(page(admin_client, project))
    assert "Values without a citation" in warning(page(admin_client, project))


def test_a_warning_stands_in_nobodys_way(admin_client, project):
    project.citations.all().delete()
    edit(admin_client, project, title_en="A new title")
    assert publish_as_staff(admin_client, project).redirect_chain
    assert RegistryVersion.objects.latest_number() == 2


def test_an_error_in_the_form_loses_neither_the_warning_nor_what_was_written(admin_client, project):
    project.citations.filter(field="amount").delete()
    url = admin_url(project, "change", project.pk)
    answer = admin_client.post(
        url, {**form_data(admin_client.get(url, headers=UNREAD)), "title_en": "Kept", "amount": "x"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Kept" in text
    assert "#id_amount" in warning(text)


def test_a_title_with_signs_of_html_is_text(admin_client, project):
    source = project.citations.filter(field="amount").first().source
    source.title_en = '<b onclick="x">Bold</b> & more'
    source.save()
    text = admin_client.get(admin_url(project, "change", project.pk)).content.decode()
    assert "Stated: &lt;b onclick=&quot;x&quot;&gt;Bold&lt;/b&gt; &amp; more" in text


# --- Publishing and the list ------------------------------------------------------------------------


def test_publishing_names_what_would_be_public_without_a_citation(admin_client, project):
    edit(admin_client, project, coverage_en="Canada", coverage_fr="Canada")
    text = page(admin_client, project, "publish", "?codes=gpi-0001")
    assert "Would be published without a citation" in warning(text)
    assert f"{project}: Coverage</li>" in warning(text)
    project.citations.create(field="coverage", certainty="inferred", note_en="So.", note_fr="Ainsi.")
    assert warning(page(admin_client, project, "publish", "?codes=gpi-0001")) == ""


def test_the_list_names_what_the_public_sees_without_a_citation(admin_client, project):
    project.citations.filter(field="amount").delete()
    project.save()
    column = r'class="field-without_citation[^"]*">([^<]*)</td>'
    assert set(re.findall(column, page(admin_client, project, "changelist"))) <= {"", "-"}
    publish_as_staff(admin_client, project)
    assert "Amount" in re.findall(column, page(admin_client, project, "changelist"))


def test_a_list_asks_the_database_the_same_number_of_times_whatever_it_shows(
    admin_client, project, django_assert_num_queries, django_assert_max_num_queries
):
    url = admin_url(project, "changelist")
    with django_assert_max_num_queries(40) as context:
        admin_client.get(url, {"q": "gpi-0001"})
    with django_assert_num_queries(len(context)):
        admin_client.get(url, {"q": "gpi"})


@pytest.mark.parametrize("model", [model for model in admin.site._registry if hasattr(model, "publication_rank")])
def test_every_noun_says_the_same_in_french(admin_client, model):
    record = model.objects.first()
    if not RecordEvidence().covers(model):
        assert "evidence-warning" not in page(admin_client, record)
        return
    record.citations.all().delete()
    with translation.override("fr"):
        text = page(admin_client, record, language="fr")
    assert "Valeurs publiées sans référence" in warning(text)
    assert "Aucune référence" in text


def test_an_amended_amount_does_not_stand_on_what_was_said_before(client):
    project = Project.objects.get(code="gpi-0003")
    project.amendments.create(number=0, value=325_000)
    day = datetime.date(2026, 4, 1)
    project.amendments.create(number=1, value=250_000, amended_on=day, end_date=datetime.date(2027, 3, 31))
    project.refresh_from_db()
    publish([project], reason="Amended")
    page = client.get(address("projects:project", code="gpi-0003")).content.decode()
    amount = re.search(r"<dt>Amount</dt>.*?</dd>", page, re.DOTALL)[0]
    assert "$250,000" in amount
    assert "325,000" not in amount
    assert "No source recorded" in amount
    assert "<summary" not in amount
    stated = client.get(f"{address('projects:list')}?certainty=amount-stated").context["answer"]
    assert "gpi-0003" not in {row.code for row in stated.rows}
    version = PublishedVersion.objects.current().get(noun="project", code="gpi-0003")
    assert {"amount", "amendments"} <= set(RecordEvidence().missing(Project, version.document))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_value_of_a_record_says_how_sure_it_is_and_nothing_says_it_of_what_is_not_stated(site_pages, language):
    values = 0
    for url in record_addresses(language):
        for part in site_pages[language][url].text.split('<div class="fact">')[1:]:
            fact = part.partition("</dd>")[0]
            if re.search(r'class="fact-value"[^>]*>\s*<span class="not-stated">', fact):
                mark = re.search(r'class="provenance">\s*<summary>.*?</summary>', fact, re.DOTALL)
                assert mark is None or "shape-dashed" in mark[0], (url, fact)
            elif "fact-value" in fact:
                values += 1
                assert 'class="provenance' in fact, (url, fact)
    assert values > 300
