"""axe, with the contrast of colours, finds nothing on any kind of page, however it is looked at.

Every page is looked at in four ways at once. Between them every two of its traits meet: English and French, wide
and narrow, light and dark, everything folded and everything opened.
"""

from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.tour import PAGES, probe

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
START = "rules => { window.answer = axe.run({ runOnly: rules, resultTypes: ['violations', 'incomplete'] }); return 0; }"
# Where axe cannot tell a contrast, that is a finding too, but for single signs and for the drawing beside the
# heading of the overview, which small screens do not show.
NOT_TOLD = {"shortTextContent", "pseudoContent"}


class Look(NamedTuple):
    language: str
    width: int
    color_scheme: str
    opened: bool


LOOKS = (
    Look("en", 1280, "light", opened=True),
    Look("en", 320, "dark", opened=False),
    Look("fr", 1280, "dark", opened=False),
    Look("fr", 320, "light", opened=True),
)


@pytest.fixture(scope="module")
def windows(open_window):
    return [
        open_window(viewport={"width": look.width, "height": 800}, color_scheme=look.color_scheme) for look in LOOKS
    ]


def start(window, address, *, opened):
    window.goto(address)
    if opened:
        probe(window, "openEverything")
    window.evaluate(Axe().axe_script)
    window.evaluate(START, RULES)


def findings(window):
    """What axe objects to, and the contrasts that it could not tell."""
    answer = window.evaluate("() => window.answer")
    for rule in answer["violations"]:
        yield from (f"{rule['id']}: {node['html']} {node['failureSummary']}" for node in rule["nodes"])
    contrasts = [node for rule in answer["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"]]
    for node in contrasts:
        reason = node["any"][0]["data"]["messageKey"]
        if reason not in NOT_TOLD:
            yield f"color-contrast not told ({reason}): {node['html']}"


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(windows, tour, address):
    addresses = {"en": address, "fr": tour.visits[address].counterpart}
    for look, window in zip(LOOKS, windows, strict=True):
        start(window, addresses[look.language], opened=look.opened)
    found = [f"{look} {each}" for look, window in zip(LOOKS, windows, strict=True) for each in findings(window)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_open_menu_of_a_small_screen(windows):
    small = [window for look, window in zip(LOOKS, windows, strict=True) if look.width == 320]
    for window in small:
        window.goto("/en/projects/")
        window.locator(".menu-button").click()
        window.evaluate(Axe().axe_script)
        window.evaluate(START.replace("axe.run(", "axe.run('.site-header', "), RULES)
    assert [list(findings(window)) for window in small] == [[], []]
