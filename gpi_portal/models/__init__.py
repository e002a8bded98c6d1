"""The models that every noun stands on: what the public reads, and what staff edit."""

from gpi_portal.models.codes import code_rule, reserved_words, validate_not_reserved
from gpi_portal.models.columns import Column, column, columns_of, public_keys, texts, traits_of
from gpi_portal.models.indexed import IndexedRow
from gpi_portal.models.owned import OwnedRow, owned_relations, rows_in
from gpi_portal.models.published import TORONTO, Change, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.models.relations import shown_relations
from gpi_portal.models.report import ErrorReport
from gpi_portal.models.sent import SentForm
from gpi_portal.models.typed import Typed
from gpi_portal.models.working import Names, Publishable, TranslationStatus

__all__ = [
    "TORONTO",
    "Change",
    "Column",
    "ErrorReport",
    "IndexedRow",
    "Names",
    "OwnedRow",
    "Publishable",
    "PublishedTag",
    "PublishedVersion",
    "RegistryVersion",
    "SentForm",
    "TranslationStatus",
    "Typed",
    "code_rule",
    "column",
    "columns_of",
    "owned_relations",
    "public_keys",
    "reserved_words",
    "rows_in",
    "shown_relations",
    "texts",
    "traits_of",
    "validate_not_reserved",
]
