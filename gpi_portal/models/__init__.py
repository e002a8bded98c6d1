"""The models that every noun stands on: what the public reads, and what staff edit."""

from gpi_portal.models.codes import code_rule, reserved_words, validate_not_reserved
from gpi_portal.models.indexed import IndexedRow
from gpi_portal.models.published import TORONTO, Change, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.models.relations import owned_relations, shown_relations
from gpi_portal.models.report import ErrorReport
from gpi_portal.models.sent import SentForm
from gpi_portal.models.typed import Typed
from gpi_portal.models.working import Names, OwnedRow, Publishable, TranslationStatus

__all__ = [
    "TORONTO",
    "Change",
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
    "owned_relations",
    "reserved_words",
    "shown_relations",
    "validate_not_reserved",
]
