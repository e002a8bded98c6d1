"""What people come for is three clicks from the overview, in either language.

Scripts are off, so that nothing happens without a click: on a link, or on the button of a form. To fill in a field
is none.
"""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOST_CLICKS = 3
ENGLISH = {
    "projects": "Funded projects",
    "most": "up to $7.5\u00a0million",
    "for what": "its engineering and processing work",
    "traceability": "Transparency and traceability of supply chains",
    "traceability total": "$674,650",
    "finder": "Which stream could fit my organization?",
    "university": "A university or a research organization",
    "other language": "Français",
    "amount": "Amount",
    "says so": "Natural Resources Canada",
    "changes": "What changed",
    "withdrawn": "withdrawn",
}
FRENCH = {
    "projects": "Projets financés",
    "most": "jusqu’à 7,5\u00a0millions de dollars",
    "for what": "ses travaux d’ingénierie et de traitement",
    "traceability": "Transparence et traçabilité des chaînes d’approvisionnement",
    "traceability total": "674\u00a0650\u00a0$",
    "finder": "Quel volet pourrait convenir à mon organisation?",
    "university": "Une université ou un organisme de recherche",
    "other language": "English",
    "amount": "Montant",
    "says so": "Ressources naturelles Canada",
    "changes": "Ce qui a changé",
    "withdrawn": "retrait",
}


class Reader:
    """Somebody at the overview, who counts clicks."""

    def __init__(self, page, language):
        self.page, self.language, self.clicks = page, language, 0
        self.words = {"en": ENGLISH, "fr": FRENCH}[language]
        page.goto(f"/{language}/")

    def click(self, target):
        target.click()
        self.clicks += 1

    def follow(self, name, place="body"):
        self.click(self.page.locator(place).get_by_role("link", name=self.words.get(name, name), exact=True).first)

    def titles(self):
        return self.page.locator("#results .result-title")


@pytest.fixture(scope="module")
def window(open_window):
    return open_window(java_script_enabled=False)


@pytest.fixture(params=("en", "fr"))
def reader(window, request):
    reader = Reader(window, request.param)
    yield reader
    assert reader.clicks <= MOST_CLICKS


def test_who_received_the_most_and_for_what(reader):
    reader.follow("projects", "nav")
    reader.page.locator("#field-order").select_option("-amount")
    reader.click(reader.page.locator(".results-options button"))
    first = reader.page.locator("#results > li").first
    expect(first.locator(".result-recipient")).to_have_text("Fortune Minerals Ltd.")
    expect(first.locator(".result-amount dd")).to_have_text(reader.words["most"])
    reader.click(first.locator(".result-title a"))
    expect(reader.page.locator("main")).to_contain_text(reader.words["for what"])


def test_which_projects_concern_uranium(reader):
    reader.follow("Uranium", "main")
    expect(reader.titles()).to_have_count(1)
    expect(reader.page.locator("#results > li")).to_contain_text("uranium", ignore_case=True)


def test_what_the_traceability_grants_cost_together(reader):
    reader.follow("traceability", "main")
    expect(reader.page.locator(".total-amount")).to_have_text(reader.words["traceability total"])


def test_which_stream_could_fit_a_university(reader):
    reader.follow("finder")
    reader.page.get_by_label(reader.words["university"]).check()
    reader.click(reader.page.locator(".finder button"))
    expect(reader.titles().first).to_be_visible()


def test_this_same_list_in_the_other_language(reader):
    reader.follow("traceability", "main")
    codes = reader.page.locator("#results .compare-choice input")
    before = [code.get_attribute("value") for code in codes.all()]
    reader.follow("other language")
    expect(reader.page.locator("html")).to_have_attribute("lang", "fr" if reader.language == "en" else "en")
    assert before
    assert [code.get_attribute("value") for code in codes.all()] == before


def test_whether_an_amount_is_exact_and_who_says_so(reader):
    reader.click(reader.page.locator(".result-title a").first)
    name = reader.page.locator("dt", has_text=re.compile(f"^{reader.words['amount']}$"))
    amount = reader.page.locator(".fact", has=name)
    expect(amount.locator(".source-facts")).to_be_hidden()
    reader.click(amount.locator("summary"))
    expect(amount.locator(".source-facts")).to_be_visible()
    expect(amount.locator(".provenance-entry")).to_contain_text(reader.words["says so"])


def test_what_changed_since_may(reader):
    reader.follow("changes", ".site-footer")
    reader.click(reader.page.locator("#group-date > summary"))
    reader.page.locator("#field-date_from").fill("2026-05-01")
    reader.click(reader.page.locator("#filters .filter-actions button"))
    expect(reader.page.locator("#results > li", has_text=reader.words["withdrawn"])).not_to_have_count(0)
