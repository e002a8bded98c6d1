"""The first view of a page is light, and nothing in it moves once it is there."""

import pytest

pytestmark = pytest.mark.browser

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
# Shifts of the layout since the page began, and those of the next moment.
SHIFTS = """() => new Promise((resolve) => {
  const shifts = [];
  const keep = (list) => shifts.push(...list.getEntries().map(({ value, sources }) => (
    `${value} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 120))}`
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
