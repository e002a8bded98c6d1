"""The gallery of components, in which staff see every state of each: axe finds nothing, a telephone shows it whole.

That it holds every component, `tests/gpi_portal/gallery/test_views.py` says.
"""

import pytest

from tests.browser.axe import LOOKS, findings, start
from tests.browser.tour import probe

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

# Rules on how the parts of one page go together. Here the same parts of many pages stand beside one another.
OF_A_PAGE = ("heading-order", "landmark-unique")


@pytest.fixture(scope="module")
def windows(window_of_staff, open_window):
    """The gallery in every look, as a member of the staff sees it."""
    signed_in = window_of_staff.context.storage_state()
    windows = [open_window(**look.window, locale=f"{look.language}-CA", storage_state=signed_in) for look in LOOKS]
    for look, window in zip(LOOKS, windows, strict=True):
        window.goto("/admin/gallery/")
        assert window.locator("html").get_attribute("lang") == look.language
        if look.opened:
            probe(window, "openEverything")
    return windows


def test_axe_finds_nothing(windows):
    for window in windows:
        start(window, without=OF_A_PAGE)
    found = [f"{look} {finding}" for look, window in zip(LOOKS, windows, strict=True) for finding in findings(window)]
    assert not found, "\n".join(found)


def test_nothing_has_to_be_scrolled_sideways_on_a_telephone(windows):
    narrow = [window for look, window in zip(LOOKS, windows, strict=True) if look.width == 320]
    assert [probe(window, "tooWide") for window in narrow] == [[], []]
