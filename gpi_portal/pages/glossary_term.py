"""A glossary term inside a page; its meaning opens in place."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gpi_portal.i18n import glossary


def opened(code: str, words: str = "") -> SafeString:
    """The term as HTML; ``words`` replace its name."""
    found = glossary.terms()[code]
    return render_to_string("includes/term.html", {"term": found, "words": words or found.name})
