"""A term of the glossary inside a page, whose meaning opens in place."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gpi_portal.i18n import glossary


def opened(code: str, words: str = "") -> SafeString:
    """The term in its own words or in others."""
    found = glossary.terms()[code]
    return render_to_string("includes/term.html", {"term": found, "words": words or found.name})
