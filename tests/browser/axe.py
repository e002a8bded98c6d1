"""axe, put to a page with all its rules, the contrast of colours included."""

from collections.abc import Iterator
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
START = """([place, runOnly, without]) => {
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  window.answer = axe.run(place, { runOnly, rules, resultTypes: ["violations", "incomplete"] });
  return 0;
}"""
# Where axe cannot tell a contrast, that is a finding too, but for single signs and for the drawing beside the
# heading of the overview, which small screens do not show.
NOT_TOLD = {"shortTextContent", "pseudoContent"}
# Words in a drawing have no box that axe could look behind; they stand on the ground of the page, and
# `tests/gpi_portal/gallery/test_views.py` holds the contrast of their colour with it.
IN_A_DRAWING = '<text class="step-'


class Look(NamedTuple):
    """A way to look at a page; between the four below every two of their traits meet."""

    language: str
    width: int
    color_scheme: str
    opened: bool

    @property
    def window(self) -> dict:
        """What a window is opened with. Without motion, so that no colour is read on its way to another."""
        viewport = {"width": self.width, "height": 800}
        return {"viewport": viewport, "color_scheme": self.color_scheme, "reduced_motion": "reduce"}


LOOKS = (
    Look("en", 1280, "light", opened=True),
    Look("en", 320, "dark", opened=False),
    Look("fr", 1280, "dark", opened=False),
    Look("fr", 320, "light", opened=True),
)


def start(window: Page, place: str = "html", without: tuple[str, ...] = ()) -> None:
    """Begins to look at a part of the page; other windows can begin too before this one answers."""
    window.evaluate(Axe().axe_script)
    window.evaluate(START, [place, RULES, without])


def findings(window: Page) -> Iterator[str]:
    """What axe objects to, and the contrasts that it could not tell."""
    answer = window.evaluate("() => window.answer")
    for rule in answer["violations"]:
        yield from (f"{rule['id']}: {node['html']} {node['failureSummary']}" for node in rule["nodes"])
    contrasts = [node for rule in answer["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"]]
    for node in contrasts:
        reason = node["any"][0]["data"]["messageKey"]
        if reason not in NOT_TOLD and not (reason == "imgNode" and node["html"].startswith(IN_A_DRAWING)):
            yield f"color-contrast not told ({reason}): {node['html']}"
