"""What a search found in a record, where no text that its list shows says so."""

from collections.abc import Iterable

from gpi_portal import search
from gpi_portal.i18n.languages import Gap, active_language
from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import column_name, without_language


def reasons(version: PublishedVersion, query: search.Query | None, shown: Iterable[str]) -> list[search.Reason]:
    """Where each word of a query was found that none of the shown texts has; nothing without a query.

    It goes through just what the search reads of the record.
    """
    if not query:
        return []
    visible = [search.Text(text, active_language()) for text in shown if not isinstance(text, Gap)]
    texts = nouns()[version.noun].texts_of(version.document)
    return search.why(query, visible, ((label(version.noun, text), text) for text in texts))


def label(noun: str, text: search.Text) -> str:
    """The words for the part of a record that a text comes from; with its language where that is the other one."""
    model = nouns()[noun]
    words = str(model.other_parts.get(text.field) or column_name(model, text.field))
    return words if text.language and text.language != active_language() else without_language(words)
