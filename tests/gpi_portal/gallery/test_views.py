"""The gallery shows all there is, to staff only."""

import re
from pathlib import Path

import pytest

from gpi_portal.gallery.samples import SAMPLES
from gpi_portal.gallery.views import colours, contrast, tokens

INCLUDES = Path(__file__).parents[3] / "templates" / "includes"
STYLE = Path(__file__).parents[3] / "static" / "css" / "gallery.css"
# What only decorates, and colours that are no text.
SHAPES = {"line-strong", "copper-shape", "pine-shape"}
DECORATION = {"line", "halo"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(admin_client):
    response = admin_client.get("/admin/gallery/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_component_has_samples():
    assert set(SAMPLES) == {path.stem for path in INCLUDES.glob("*.html")}


def test_every_sample_stands_there_in_both_languages(page):
    for name, samples in SAMPLES.items():
        for language in ("en", "fr"):
            assert page.count(f'lang="{language}" data-component="{name}"') == len(samples), name
    assert "{{" not in page
    assert not re.search(r">\s*None\s*<", page)


def test_no_element_id_stands_twice(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_visitors_are_asked_to_sign_in(client):
    response = client.get("/admin/gallery/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/gallery/")


def test_every_size_of_text_and_space_is_shown(page):
    sizes = [name for name in tokens()[0] if name.startswith(("text-", "space-"))]
    assert sizes
    assert not [name for name in sizes if f"gallery-{name}" not in page]
    assert not [name for name in sizes if f".gallery-{name} " not in STYLE.read_text()]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colours_have_the_contrast_that_the_stylesheet_promises():
    wanted = {colour: 3 if colour.name in SHAPES else 7 for colour in colours() if colour.name not in DECORATION}
    assert not [colour for colour, least in wanted.items() if min(colour.light_contrast, colour.dark_contrast) < least]
