"""The gallery of the design system, for staff: every token and every component, in both languages side by side."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from gpi_portal.gallery.samples import SAMPLES
from gpi_portal.gallery.values import spoken
from gpi_portal.i18n.languages import LANGUAGES

STYLESHEET = Path(settings.BASE_DIR) / "static" / "css" / "base.css"
TOKEN = re.compile(r"--([\w-]+): ([^;]+);")
GROUNDS = ("paper", "surface", "sunken", "pine-tint", "copper-tint", "error-tint")
#: Colours that have backgrounds of their own, not those of the page.
STANDS_ON = {
    "on-button": ("button", "button-hover"),
    "button": ("on-button",),
    "button-hover": ("on-button",),
    "on-deep": ("deep",),
    "deep": ("on-deep",),
}

#: Attributes that must be unique on a page, and those that refer to them.
NAMES = re.compile(r'\b(id|for|form|aria-labelledby|aria-describedby)="([^"]+)"|\bhref="#([^"]+)"')
#: The element that a component must be in, if it needs one.
AROUND = {
    "correction_item": ("<ol class='results'>", "</ol>"),
    "card": ("<ul class='card-grid'>", "</ul>"),
    "fact": ("<dl class='facts'>", "</dl>"),
    "facts": ("<dl class='facts'>", "</dl>"),
    "navigation_link": ("<ul>", "</ul>"),
    "result_item": ("<ol class='results'>", "</ol>"),
    "result_record": ("<ol class='results'>", "</ol>"),
}


class Colour(NamedTuple):
    """One colour token: its value and its smallest contrast on its possible backgrounds, light and dark."""

    name: str
    light: str
    light_contrast: float
    dark: str
    dark_contrast: float


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, as WCAG 2.2 defines it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """All tokens of the stylesheet, and its colours under a dark scheme."""
    light, dark = re.findall(r":root \{(.*?)\n *\}", STYLESHEET.read_text(), re.DOTALL)[:2]
    return dict(TOKEN.findall(light)), dict(TOKEN.findall(dark))


def colours() -> list[Colour]:
    light, dark = tokens()
    dark = {**light, **dark}
    return [
        Colour(name, light[name], smallest_contrast(name, light), dark[name], smallest_contrast(name, dark))
        for name in light
        if light[name].startswith("#")
    ]


def smallest_contrast(name: str, scheme: dict[str, str]) -> float:
    grounds = STANDS_ON.get(name, ("ink",) if name in (*GROUNDS, "mark") else GROUNDS[:3])
    return min(contrast(scheme[name], scheme[ground]) for ground in grounds)


def isolated(html: str, suffix: str) -> SafeString:
    """The sample with unique names, so that one page can show several."""

    own = set(re.findall(r'\bid="([^"]+)"', html))

    def renamed(found: re.Match[str]) -> str:
        attribute, names = (found[1], found[2]) if found[1] else ("href", found[3])
        hash_sign = "" if found[1] else "#"
        changed = " ".join(f"{name}-{suffix}" if name in own else name for name in names.split())
        return f'{attribute}="{hash_sign}{changed}"'

    return mark_safe(NAMES.sub(renamed, html))  # noqa: S308 - a rendered template with changed names


def sample(component: str, context: dict[str, Any], language: str, suffix: str, request: HttpRequest) -> SafeString:
    with translation.override(language):
        html = render_to_string(f"includes/{component}.html", spoken(context), request)
    before, after = AROUND.get(component, ("", ""))
    return isolated(f"{before}{html}{after}", f"{suffix}-{language}")


@require_safe
@staff_member_required
def gallery(request: HttpRequest) -> HttpResponse:
    components = [
        {
            "name": component,
            "states": [
                {
                    "name": spoken(state),
                    "samples": [
                        (language, sample(component, context, language, f"{component}-{number}", request))
                        for language in LANGUAGES
                    ],
                }
                for number, (state, context) in enumerate(samples)
            ],
        }
        for component, samples in SAMPLES.items()
    ]
    light, _dark = tokens()
    sizes = [(name, light[name]) for name in light if name.startswith("text-")]
    spaces = [(name, light[name]) for name in light if name.startswith("space-")]
    context = {"components": components, "colours": colours(), "sizes": sizes, "spaces": spaces}
    return render(request, "gallery.html", context)
