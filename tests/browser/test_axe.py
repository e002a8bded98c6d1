"""axe finds nothing on any kind of page, however it is looked at: see `axe.py`."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import LOOKS, findings, start
from tests.browser.tour import PAGES, probe

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

# axe gives up where two lines of a text lie over different things, though none of these shows through the ground of
# the text. They are taken away for as long as it looks, if they do not show.
UNCOVER = """(list) => {
  const { backgroundColor, opacity } = getComputedStyle(list);
  const field = list.closest(".input-row").parentElement;
  const isBelow = (element) => !element.contains(field) && !field.contains(element);
  for (const element of [...document.body.querySelectorAll("*")].filter(isBelow)) element.style.visibility = "hidden";
  return backgroundColor.startsWith("rgb(") && opacity === "1";
}"""


@pytest.fixture(scope="module")
def windows(open_window):
    return [open_window(**look.window) for look in LOOKS]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(windows, tour, address):
    addresses = {"en": address, "fr": tour.visits[address].counterpart}
    for look, window in zip(LOOKS, windows, strict=True):
        window.goto(addresses[look.language])
        if look.opened:
            probe(window, "openEverything")
        start(window)
    found = [f"{look} {finding}" for look, window in zip(LOOKS, windows, strict=True) for finding in findings(window)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_open_menu_of_a_small_screen(windows):
    small = [window for look, window in zip(LOOKS, windows, strict=True) if look.width == 320]
    for window in small:
        window.goto("/en/projects/")
        window.locator(".menu-button").click()
        start(window, ".site-header")
    assert [list(findings(window)) for window in small] == [[], []]


@pytest.mark.parametrize("field", ["site-search", "field-q"])
def test_axe_finds_nothing_where_suggestions_are_open(windows, field):
    addresses = {"en": "/en/projects/", "fr": "/fr/projets/"}
    for look, window in zip(LOOKS, windows, strict=True):
        window.goto(addresses[look.language])
        window.locator(f"#{field}").press_sequentially("min")
        expect(window.locator(f"#{field}-suggestions")).to_be_visible()
        window.locator(f"#{field}").press("ArrowDown")
        assert window.locator(f"#{field}-suggestions").evaluate(UNCOVER)
        start(window, f".input-row:has(#{field})")
    found = [f"{look} {finding}" for look, window in zip(LOOKS, windows, strict=True) for finding in findings(window)]
    assert not found, "\n".join(found)
