"""Every component shows what it is given: one that is empty or forgets a text is found here, whatever page has it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from gpi_portal.gallery.samples import SAMPLES
from gpi_portal.gallery.values import T
from gpi_portal.gallery.views import sample

ROOT = Path(__file__).parents[3]
COMPONENTS = sorted((ROOT / "templates").rglob("includes/*.html"))
LANGUAGES = ("en", "fr")
#: An operator's own brand has its place there, and the portal's needs nothing in it.
EMPTY_BY_DESIGN = {"brand_head"}


def texts_in(value: Any) -> Iterator[T]:
    """The texts of a sample, at any depth."""
    if isinstance(value, T):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("component", SAMPLES)
def test_a_component_shows_every_text_that_it_is_given(rf, component, language):
    for state, context in SAMPLES[component]:
        html = unescape(sample(component, context, language, "sample", rf.get("/")))
        assert not [text for text in texts_in(context) if getattr(text, language) not in html], state


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("component", sorted(set(SAMPLES) - EMPTY_BY_DESIGN))
def test_a_component_has_words_or_a_drawing(rf, component, language):
    drawn = [sample(component, context, language, "sample", rf.get("/")) for _state, context in SAMPLES[component]]
    assert [html for html in drawn if "<svg" in html or re.sub("<[^>]*>", "", html).strip()]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_component_stands_in_some_page(path):
    name = str(path.relative_to(ROOT / "templates"))
    places = [*(ROOT / "templates").rglob("*.html"), *ROOT.glob("[gp]*/**/*.py")]
    assert [place for place in places if place != path and f'"{name}"' in place.read_text()]
