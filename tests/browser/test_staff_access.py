"""The screens on which staff work are for all staff: axe finds nothing (see `axe.py`), the keyboard is enough."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import LOOKS, findings, start
from tests.browser.conftest import STAFF
from tests.browser.test_keyboard import press, reach
from tests.browser.tour import probe

pytestmark = pytest.mark.browser

PROJECTS = "/admin/projects/project/"
REPORTS = "/admin/gpi_portal/errorreport/"
ROW = "#result_list tbody th a"
HISTORY = ".object-tools .historylink"
#: Each screen: where the way to it begins, and the links that lead on from there.
SCREENS = {
    "index": ("/admin/", ()),
    "list of projects": (f"{PROJECTS}?q=m&status__exact=announced&o=3.-1", ()),
    "project": (f"{PROJECTS}?q=gpi-0004", (ROW,)),
    "recipient": ("/admin/projects/recipient/?q=aisimpro", (ROW,)),
    "publish": (f"{PROJECTS}publish/?codes=gpi-0001", ()),
    "withdraw": (f"{PROJECTS}?q=gpi-0001", (ROW, "a[href*=withdraw]")),
    "history": (f"{PROJECTS}?q=gpi-0001", (ROW, HISTORY)),
    "entry of the history": ("/admin/projects/recipient/?q=aisimpro", (ROW, HISTORY, "#change-history a")),
    "list of reports": (REPORTS, ()),
    "report": (f"{REPORTS}?state__exact=new", (ROW,)),
    "accept": (f"{REPORTS}?state__exact=new", (ROW, "a[href*=accept]")),
    "password": ("/admin/password_change/", ()),
}
# axe cannot tell a contrast where a picture lies behind a link. Signs that stand in the room beside the words are taken
# away for as long as it looks; the others are named.
TAKE_SIGNS_AWAY = """() => {
  const style = (link) => getComputedStyle(link);
  const hasWords = (link) => link.innerText.trim() && !parseFloat(style(link).textIndent);
  const marked = [...document.links, ...document.querySelectorAll(".actionlist li")];
  const signs = marked.filter((link) => style(link).backgroundImage !== "none" && hasWords(link));
  const room = ({ paddingLeft, paddingRight }) => Math.max(parseFloat(paddingLeft), parseFloat(paddingRight));
  const isBeside = (link) => style(link).backgroundRepeat === "no-repeat" && room(style(link)) >= 16;
  for (const link of signs.filter(isBeside)) link.style.backgroundImage = "none";
  return signs.filter((link) => !isBeside(link)).map((link) => link.outerHTML);
}"""

# It also measures the distance to what the open calendar hides, though that shows nowhere and cannot be pressed there.
UNCOVER = """() => {
  document.getElementById("container").style.visibility = "hidden";
  const boxes = [...document.querySelectorAll(".calendarbox")];
  return boxes.every((box) => getComputedStyle(box).backgroundColor.startsWith("rgb("));
}"""


@pytest.fixture(scope="module")
def addresses(window_of_staff):
    """The address of each screen, found once on the way that staff take."""
    found = {}
    for name, (beginning, links) in SCREENS.items():
        window_of_staff.goto(beginning)
        for link in links:
            window_of_staff.goto(window_of_staff.locator(link).first.evaluate("link => link.href"))
        found[name] = window_of_staff.url
    return found


@pytest.fixture(scope="module")
def strangers(open_window):
    """A window in every look; nobody has signed in there."""
    return [open_window(**look.window, locale=f"{look.language}-CA") for look in LOOKS]


@pytest.fixture(scope="module")
def windows(strangers, window_of_staff):
    """The same windows, signed in."""
    for window in strangers:
        window.context.add_cookies(window_of_staff.context.cookies())
    return strangers


def found_in(windows, place="html"):
    for look, window in zip(LOOKS, windows, strict=True):
        assert window.locator("html").get_attribute("lang") == look.language
        if look.opened:
            probe(window, "openEverything")
        assert window.evaluate(TAKE_SIGNS_AWAY) == []
        start(window, place)
    return [f"{look} {finding}" for look, window in zip(LOOKS, windows, strict=True) for finding in findings(window)]


# --- axe --------------------------------------------------------------------------------------------


@pytest.mark.on_one_database
def test_axe_finds_nothing_where_staff_sign_in(strangers):
    for window in strangers:
        window.goto("/admin/")
        window.locator("#id_username").fill(STAFF["username"])
        window.locator("#id_password").fill("wrong")
        window.locator("[type=submit]").click()
        expect(window.locator(".errornote")).to_be_visible()
    found = found_in(strangers)
    assert not found, "\n".join(found)


@pytest.mark.on_one_database
@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.on_one_database
def test_axe_finds_nothing(windows, addresses, name):
    for window in windows:
        window.goto(addresses[name])
    found = found_in(windows)
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def refused(windows):
    """A new project with a new row of each kind, in every look, refused because of what is missing and wrong."""
    for window in windows:
        window.goto(f"{PROJECTS}add/")
        probe(window, "openEverything")
        for button in window.locator(".add-row a").all():
            button.click()
        window.locator("#id_announced_on").fill("no day")
        window.locator("[name=_continue]").first.click()
        expect(window.locator(".errornote")).to_be_visible()
    return windows


@pytest.mark.on_one_database
def test_axe_finds_nothing_in_a_form_with_errors(refused):
    found = found_in(refused)
    assert not found, "\n".join(found)


@pytest.mark.on_one_database
def test_axe_finds_nothing_where_a_record_is_found_by_typing(refused):
    for window in refused:
        window.locator(".field-recipient [role=combobox]").press("Enter")
        # Few enough that none is cut by the edge of the list, where nothing can be said of its contrast.
        window.locator(".select2-container--open .select2-search__field").fill("optel")
        expect(window.locator(".select2-results__option")).to_have_count(1)
        expect(window.locator(".select2-results__option--highlighted")).to_be_visible()
    found = found_in(refused, "body > .select2-container")
    assert not found, "\n".join(found)
    for window in refused:
        press(window, "Escape")


@pytest.mark.on_one_database
def test_axe_finds_nothing_in_the_calendar(refused):
    for window in refused:
        window.locator(".field-start_date .datetimeshortcuts a").nth(1).click()
        expect(window.locator(".calendarbox:visible")).to_be_visible()
        assert window.evaluate(UNCOVER)
    found = found_in(refused, "body > .calendarbox")
    assert not found, "\n".join(found)


# --- Names that only screen readers speak -------------------------------------------------------------


@pytest.mark.on_one_database
def test_a_field_found_by_typing_is_called_by_its_label_and_says_its_value(desk, addresses):
    desk.goto(addresses["project"])
    recipient = desk.get_by_role("combobox", name="Recipient: University of British Columbia", exact=True)
    expect(recipient).to_have_accessible_description(re.compile("^Stated:"))
    areas = desk.get_by_role("searchbox", name="Focus areas:", exact=True)
    expect(areas).to_have_accessible_description(re.compile("^Canada’s international leadership Inferred by staff:"))


@pytest.mark.on_one_database
def test_the_fields_of_a_row_are_called_by_the_row_wherever_it_stands(desk):
    desk.goto(f"{PROJECTS}add/")
    for _ in range(2):
        desk.locator("#locations-group .add-row a").click()
    rows = [desk.get_by_role("group", name=f"Location: #{number}", exact=True) for number in (1, 2)]
    for row in rows:
        expect(row.get_by_label("Latitude")).to_be_visible()
    desk.locator("#locations-0 .inline-deletelink").click()
    expect(rows[0].get_by_label("Latitude")).to_be_visible()
    expect(rows[1]).to_have_count(0)


@pytest.mark.on_one_database
def test_the_search_of_a_list_is_called_in_the_language_of_the_page(windows):
    for look, window in zip(LOOKS, windows, strict=True):
        window.goto(PROJECTS)
        name = {"en": "Search", "fr": "Rechercher"}[look.language]
        expect(window.get_by_role("textbox", name=name, exact=True)).to_be_visible()


# --- The keyboard -------------------------------------------------------------------------------------


@pytest.mark.on_one_database
@pytest.mark.parametrize("name", ["list of projects", "publish"])
@pytest.mark.on_one_database
def test_the_tabulator_shows_each_control_that_it_comes_to(desk, addresses, name):
    desk.goto(addresses[name])
    controls = probe(desk, "controls")
    stops = []
    for _ in controls:
        press(desk, "Tab")
        stops.append(probe(desk, "focused"))
    assert {stop["name"] for stop in stops} == set(controls)
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []


def open_project(desk):
    reach(desk, ROW)
    press(desk, "Enter")
    expect(desk.locator("#id_title_en")).to_be_visible()


@pytest.mark.parametrize("words", ["A title from the keyboard. ", ""])
def test_a_project_is_opened_given_another_title_and_published_with_keys_only(desk, visitor, words):
    """The second time it gets back the title that it had."""
    address = "/en/projects/gpi-0003/"
    visitor.goto(address)
    title = words + visitor.locator("h1").inner_text().removeprefix("A title from the keyboard. ")
    desk.goto(PROJECTS)
    reach(desk, "#searchbar")
    desk.keyboard.type("gpi-0003")
    press(desk, "Enter")
    expect(desk.locator(ROW)).to_have_count(1)
    open_project(desk)
    reach(desk, "#id_title_en")
    desk.keyboard.type(title)
    press(desk, "Enter")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    open_project(desk)
    reach(desk, "[name=_publish]")
    press(desk, "Enter")
    reach(desk, "#id_reason")
    desk.keyboard.type("Said better")
    reach(desk, ".submit-row [type=submit]")
    press(desk, "Space")
    expect(desk.locator(".messagelist .success")).to_contain_text("Published as data version")
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text(title)
