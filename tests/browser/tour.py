"""Every page that a visitor can reach, visited once, and what was seen there.

The window is 320 pixels wide, as a small telephone is and a window of 1280 pixels at a zoom of 400%.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Page

#: One page of every kind and state, in English; each has a counterpart in French.
PAGES = (
    "/en/",
    "/en/programs/",
    "/en/programs/gpi/",
    "/en/focus-areas/international-leadership/",
    "/en/streams/traceability/",
    "/en/initiatives/towards-sustainable-mining/",
    "/en/projects/",
    "/en/projects/?q=mining&agreement_type=none&page_size=10",
    "/en/projects/?page_size=10&page=2",
    "/en/projects/?page=99",
    "/en/projects/?q=uranium&stream=joint-rd&agreement_type=G",
    "/en/projects/?stream=nothing&date_from=2024-13-40&amount_min=x",
    "/en/projects/map/",
    "/en/projects/map/?location=none",
    "/en/projects/gpi-0001/",
    "/en/projects/compare/",
    "/en/projects/compare/?project=gpi-0001",
    "/en/projects/compare/?project=gpi-0001&project=gpi-0004&project=gpi-0007",
    "/en/projects/compare/?project=gpi-0001&q=uranium&find=1",
    "/en/recipients/",
    "/en/recipients/optel/",
    "/en/recipients/entered-twice/",
    "/en/recipients/compare/?recipient=optel&recipient=world-bank",
    "/en/find-a-stream/",
    "/en/find-a-stream/?organization=research&place=abroad",
    "/en/find-a-stream/?organization=unknown",
    "/en/minerals/",
    "/en/minerals/cobalt/",
    "/en/sources/",
    "/en/corrections/",
    "/en/projects/gpi-0001/report/",
    "/en/recipients/entered-twice/report/",
    "/en/search/",
    "/en/search/?q=uranium",
    "/en/search/?q=zzzz",
    "/en/about/data/",
    "/en/about/accessibility/",
    "/en/about/terms/",
    "/en/about/privacy/",
    "/en/about/glossary/",
    "/en/about/search/",
    "/en/nothing/",
)
#: Those of them that are meant to answer something else than 200.
STATUS = {"/en/nothing/": 404, "/en/recipients/entered-twice/": 410}
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 256}


@cache
def _probes() -> str:
    return Path(__file__).with_name("probes.js").read_text()


def probe(page: Page, name: str) -> Any:
    """The answer of one of the functions in `probes.js`."""
    return page.evaluate(f"() => ({_probes().strip()}).{name}()")


@dataclass
class Watch:
    """What the browser complains about in a window, and every address it asks for."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @contextmanager
    def of(self, page: Page) -> Iterator[None]:
        listeners = {
            "console": lambda message: self._hear(page, message),
            "pageerror": lambda error: self.complaints.append(f"{page.url}: {error}"),
            "request": lambda request: self.requests.append(request.url),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        yield
        for event, listener in listeners.items():
            page.remove_listener(event, listener)

    def _hear(self, page: Page, message: Any) -> None:
        """Keeps errors and warnings; that a page which is meant to be missing is missing is neither."""
        if message.type in ("error", "warning") and message.location["url"] != page.url:
            self.complaints.append(f"{page.url}: {message.text}")


@dataclass
class Visit:
    """One page as it was found; the last three are empty where all is well."""

    status: int
    counterpart: str
    links: list[tuple[str, str]]
    ids: set[str]
    words: list[str]
    too_wide: list[str]
    too_wide_when_spaced: list[str]
    clipped_when_spaced: list[str]


@dataclass
class Tour:
    visits: dict[str, Visit]
    watch: Watch
    cookies: list[Any]

    def found(self, what: str) -> dict[str, Any]:
        """By address, whatever was found on a visit that should not be there."""
        return {address: getattr(visit, what) for address, visit in self.visits.items() if getattr(visit, what)}


def visit(page: Page, address: str) -> Visit:
    answer = page.goto(address)
    targets = page.eval_on_selector_all(
        "a[href]:not([download])", "links => links.map(link => link.getAttribute('href'))"
    )
    links = [urldefrag(urljoin(address, target)) for target in targets]
    counterpart = page.locator(".language-link").get_attribute("href")
    words, too_wide = probe(page, "words"), probe(page, "tooWide")
    probe(page, "openEverything")
    too_wide += probe(page, "tooWide")
    probe(page, "spaceText")
    return Visit(
        status=answer.status,
        counterpart=counterpart,
        links=[link for link in links if link.url.startswith(("/en/", "/fr/"))],
        ids=set(page.eval_on_selector_all("[id]", "elements => elements.map(element => element.id)")),
        words=words,
        too_wide=too_wide,
        too_wide_when_spaced=probe(page, "tooWide"),
        clipped_when_spaced=probe(page, "clipped"),
    )


def travel(page: Page) -> Tour:
    """From the pages above along every link to a page, in both languages."""
    watch, visits, waiting = Watch(), {}, list(PAGES)
    with watch.of(page):
        while waiting:
            address = waiting.pop()
            if address not in visits:
                visits[address] = visit(page, address)
                waiting += [link for link, _ in visits[address].links if link.endswith("/")]
                waiting.append(visits[address].counterpart)
    return Tour(visits, watch, page.context.cookies())
