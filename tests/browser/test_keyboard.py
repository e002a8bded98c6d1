"""Whoever has a keyboard and nothing else reaches everything, sees where the focus is and gets every task done."""

import pytest
from playwright.sync_api import expect

from gpi_portal.i18n.languages import sort_key
from tests.browser.tour import probe

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

SMALL = {"width": 320, "height": 640}
#: The main kinds of page, in English and in French.
PAGES = {
    "overview": ("/en/", "/fr/"),
    "registry": ("/en/projects/?program=cmtp", "/fr/projets/?program=cmtp"),
    "project": ("/en/projects/gpi-0001/", "/fr/projets/gpi-0001/"),
    "comparison": ("/en/projects/compare/?project=gpi-0001", "/fr/projets/comparer/?project=gpi-0001"),
    "recipients": ("/en/recipients/", "/fr/beneficiaires/"),
    "map": ("/en/projects/map/", "/fr/projets/carte/"),
    "finder": ("/en/find-a-stream/", "/fr/trouver-un-volet/"),
    "search": ("/en/search/?q=uranium", "/fr/recherche/?q=uranium"),
}
FURTHEST = 300  # presses of the tabulator
HAS_FOCUS = "element => element === document.activeElement"


@pytest.fixture(params=("en", "fr"))
def language(request):
    return request.param


@pytest.fixture
def opened(visitor, language):
    """Opens one of the pages above in one of the languages."""

    def opened(name):
        visitor.goto(PAGES[name][language == "fr"])
        return visitor

    return opened


def reach(page, selector):
    """Goes on from control to control until the one that is meant has the focus."""
    control = page.locator(selector).first.element_handle()
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if control.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"The tabulator never comes to {selector}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


# --- Reach ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_the_tabulator_goes_through_all_controls_in_order_and_shows_each(opened, name, width):
    page = opened(name)
    page.set_viewport_size({"width": width, "height": 640})
    stops = []
    controls = probe(page, "controls")
    for _ in controls:
        press(page, "Tab")
        stops.append(probe(page, "focused"))
    assert [stop["name"] for stop in stops] == controls
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []


def test_the_first_control_skips_to_the_content(opened):
    page = opened("registry")
    press(page, "Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("main")).to_be_focused()
    press(page, "Tab")
    assert page.locator("main :focus").count() == 1


# --- Tasks ------------------------------------------------------------------------------------------


def test_projects_are_filtered(opened):
    page = opened("registry")
    reach(page, "#group-agreement_type summary")
    press(page, "Enter")
    reach(page, "#choice-agreement_type-G")
    press(page, "Space")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#choice-agreement_type-G")).to_be_focused()


def test_projects_are_sorted(opened):
    page = opened("registry")
    reach(page, "#field-order")
    press(page, "End")
    expect(page.locator("#field-order")).to_have_value("title")
    page.wait_for_url("**order=title*")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    titles = page.locator("#results .result-title").all_inner_texts()
    assert titles == sorted(titles, key=sort_key)
    expect(page.locator("#field-order")).to_be_focused()


def test_the_second_page_opens(visitor, language):
    visitor.goto({"en": "/en/projects/?page_size=10", "fr": "/fr/projets/?page_size=10"}[language])
    reach(visitor, ".pagination a[rel=next]")
    press(visitor, "Enter")
    expect(visitor.locator(".pagination [aria-current=page]")).to_contain_text("2")
    expect(visitor.locator(".results-count")).to_be_focused()


def test_a_project_opens(opened):
    page = opened("registry")
    title = page.locator("#results .result-title").first.inner_text()
    reach(page, "#results .result-title a")
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_two_projects_are_compared(opened):
    page = opened("registry")
    titles = page.locator("#results .result-title").all_inner_texts()[:2]
    for number in (1, 2):
        reach(page, f"#results > :nth-child({number}) .compare-choice input")
        press(page, "Space")
    reach(page, "#compare button")
    press(page, "Enter")
    for title in titles:
        expect(page.locator(".comparison thead")).to_contain_text(title)


def test_more_is_found_before_anything_is_compared(opened):
    page = opened("comparison")
    reach(page, "#field-q")
    page.keyboard.type("uranium")
    press(page, "Enter")
    page.wait_for_url("**find=1**")
    expect(page.locator("#choice-gpi-0001")).to_be_checked()
    expect(page.locator(".field-errors")).to_have_count(0)
    reach(page, "#choice-gpi-0008")
    press(page, "Space")
    reach(page, ".compare-fieldset ~ button")
    press(page, "Enter")
    expect(page.locator(".comparison-key li")).to_have_count(2)
    expect(page.locator("#field-q")).to_be_hidden()


def test_a_stream_is_found(opened):
    page = opened("finder")
    reach(page, "#organization-company")
    press(page, "ArrowDown")
    expect(page.locator("#organization-research")).to_be_checked()
    reach(page, "#place-canada-partners")
    press(page, "Space")
    reach(page, ".finder button")
    press(page, "Enter")
    page.wait_for_url("**organization=research&place=canada-partners**")
    expect(page.locator("#results > li").first).to_be_visible()
    expect(page.locator("#place-abroad")).to_be_hidden()
    reach(page, ".answers summary")
    press(page, "Enter")
    reach(page, "#place-canada-partners")
    press(page, "ArrowDown", "ArrowDown")
    expect(page.locator("#place-abroad")).to_be_checked()
    reach(page, ".finder button")
    press(page, "Enter")
    page.wait_for_url("**organization=research&place=abroad**")
    expect(page.locator("#results > li")).to_have_count(4)


def test_the_language_changes(opened, language):
    page = opened("registry")
    reach(page, ".language-link")
    press(page, "Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr" if language == "en" else "en")
    assert page.url.endswith("?program=cmtp")


def test_a_term_is_explained_until_escape_is_pressed(opened):
    page = opened("project")
    reach(page, ".term summary")
    meaning = page.locator(".term-text").first
    expect(meaning).to_be_hidden()
    press(page, "Enter")
    expect(meaning).to_be_visible()
    press(page, "Tab")
    expect(meaning.locator("a")).to_be_focused()
    press(page, "Escape")
    expect(meaning).to_be_hidden()
    expect(page.locator(".term summary").first).to_be_focused()


def test_the_menu_of_a_small_screen_is_open_until_escape_is_pressed(opened):
    page = opened("registry")
    page.set_viewport_size(SMALL)
    reach(page, ".menu-button")
    press(page, "Enter", "Tab")
    expect(page.locator(".menu-list a").first).to_be_focused()
    press(page, "Escape")
    expect(page.locator(".menu-list")).to_be_hidden()
    expect(page.locator(".menu-button")).to_be_focused()
