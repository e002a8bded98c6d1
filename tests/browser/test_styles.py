"""Every page links the style sheets that speak of what is on it, and a table stays one however it is shown."""

from pathlib import Path

import pytest

from tests.browser.tour import NARROW, PAGES, probe

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

SHEETS = {path.stem: path for path in (Path(__file__).parents[2] / "static" / "css").glob("*.css")}
#: Those that no page of a visitor links.
OF_STAFF = {"admin", "gallery"}
#: The selectors of a sheet that mean something on the page, whatever it does at the moment.
MEANT = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const inside = ({ cssRules }) => [...(cssRules ?? [])].flatMap(selectors);
  const selectors = (rule) => (rule.selectorText ? [rule.selectorText] : inside(rule));
  const lasting = (selector) => selector
    .replace(/(^|, )::/g, "$1*::")
    .replace(/::[\\w-]+/g, "")
    .replace(/:(hover|visited|focus-visible|focus|checked|target)\\b/g, ":nth-child(n)");
  return [...sheet.cssRules].flatMap(selectors).filter((selector) => document.querySelector(lasting(selector)));
}"""
LINKED = "() => [...document.styleSheets].map(({ href }) => href.split('/').at(-1).split('.')[0])"
TABLES = (
    "/en/projects/",
    "/en/projects/gpi-0001/",
    "/en/projects/compare/?project=gpi-0001&project=gpi-0004",
    "/en/projects/map/",
    "/en/minerals/",
    "/en/about/search/",
)
ROLES = {"table": "table", "row": "tr", "columnheader": "th[scope=col]", "rowheader": "th[scope=row]", "cell": "td"}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_links_every_sheet_that_speaks_of_it(visitor, address):
    visitor.goto(address)
    linked = set(visitor.evaluate(LINKED))
    meant = {name: visitor.evaluate(MEANT, path.read_text()) for name, path in SHEETS.items() if name not in OF_STAFF}
    assert linked <= set(meant)
    assert {name: selectors for name, selectors in meant.items() if selectors and name not in linked} == {}


def test_the_gallery_links_every_sheet(desk):
    desk.goto("/admin/gallery/")
    assert set(desk.evaluate(LINKED)) == set(SHEETS) - {"admin", "admin-pages"}


@pytest.mark.parametrize("address", TABLES)
def test_a_table_shown_as_cards_is_still_a_table(visitor, address):
    visitor.set_viewport_size(NARROW)
    visitor.goto(address)
    probe(visitor, "openEverything")
    network = visitor.context.new_cdp_session(visitor)
    tree = network.send("Accessibility.getFullAXTree")["nodes"]
    spoken = [node["role"]["value"] for node in tree if not node["ignored"]]
    there = {role: visitor.locator(selector).count() for role, selector in ROLES.items()}
    assert there["cell"]
    assert {role: spoken.count(role) for role in ROLES} == there
