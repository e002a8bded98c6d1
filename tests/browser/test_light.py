"""The first view of a page is light, and nothing in it moves once it is there."""

import pytest

from tests.browser.slow_link import slow_link
from tests.browser.tour import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

HEAVIEST = 100_000  # bytes over the wire, everything included
PAGES = (
    "/en/",
    "/fr/",
    "/en/projects/",
    "/fr/projets/",
    "/en/projects/gpi-0001/",
    "/fr/projets/gpi-0001/",
    "/en/recipients/optel/",
    "/fr/beneficiaires/optel/",
    "/en/projects/map/",
    "/fr/projets/carte/",
    "/en/find-a-stream/",
    "/fr/trouver-un-volet/",
)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SMALLEST_SHIFT = 0.0002  # more than an arrow that stands behind a word and goes along while the word arrives

# Shifts of the layout since the page began, and those of the next moment.
SHIFTS = """() => new Promise((resolve) => {
  const shifts = [];
  const keep = (list) => shifts.push(...list.getEntries().map(({ value, sources }) => (
    { value, of: sources.map(({ node }) => (node?.outerHTML ?? node?.data)?.slice(0, 120)) }
  )));
  new PerformanceObserver(keep).observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => setTimeout(() => resolve(shifts), 200));
})"""


@pytest.fixture
def window(browser, browser_context_args):
    """A window that was never opened before: nothing is in its cache."""
    with browser.new_context(**browser_context_args) as context:
        yield context.new_page()


@pytest.mark.parametrize("address", PAGES)
def test_the_first_view_is_light_and_stands_still(window, address):
    sizes = []
    network = window.context.new_cdp_session(window)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda finished: sizes.append(finished["encodedDataLength"]))
    assert window.goto(address, wait_until="networkidle").ok
    assert window.evaluate(SHIFTS) == []
    assert len(sizes) > 3
    assert sum(sizes) < HEAVIEST


@pytest.fixture(scope="module")
def far_visitor(browser, portal, browser_context_args):
    """The window of somebody far away, to whom a page comes in small pieces. Styles and fonts are there already."""
    with slow_link(portal.url) as url, browser.new_context(**{**browser_context_args, "base_url": url}) as context:
        window = context.new_page()
        window.goto("/en/", wait_until="networkidle")
        yield window


@SIZES
@pytest.mark.parametrize("address", PAGES)
def test_what_is_on_the_page_stands_still_while_the_rest_arrives(far_visitor, address, size):
    far_visitor.set_viewport_size(size)
    assert far_visitor.goto(address).ok
    # A shift of nothing is a dot between two facts, drawn anew when the second has come.
    assert [shift for shift in far_visitor.evaluate(SHIFTS) if shift["of"] and shift["value"] > SMALLEST_SHIFT] == []
