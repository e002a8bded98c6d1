"""The gallery of components, in which staff see every state of each: axe finds nothing, a telephone shows it whole.

That it holds every component, `tests/gpi_portal/test_gallery.py` says.
"""

import pytest

from tests.browser.axe import LOOKS, findings, start
from tests.browser.tour import probe

pytestmark = pytest.mark.browser


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look.language}-{look.width}-{look.color_scheme}")
def gallery(window_of_staff, open_window, request):
    look = request.param
    signed_in = window_of_staff.context.storage_state()
    page = open_window(**look.window, locale=f"{look.language}-CA", storage_state=signed_in)
    page.goto("/admin/gallery/")
    assert page.locator("html").get_attribute("lang") == look.language
    if look.opened:
        probe(page, "openEverything")
    yield page
    page.close()


def test_axe_finds_nothing_and_nothing_is_too_wide(gallery):
    start(gallery)
    assert list(findings(gallery)) == []
    assert probe(gallery, "tooWide") == []
