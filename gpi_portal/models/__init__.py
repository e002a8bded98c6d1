"""The bone of the portal: what the public reads, and what staff edit."""

from gpi_portal.models.indexed import IndexedRow
from gpi_portal.models.published import TORONTO, Change, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.models.report import ErrorReport
from gpi_portal.models.working import OwnedRow, Publishable, TranslationStatus

__all__ = [
    "TORONTO",
    "Change",
    "ErrorReport",
    "IndexedRow",
    "OwnedRow",
    "Publishable",
    "PublishedTag",
    "PublishedVersion",
    "RegistryVersion",
    "TranslationStatus",
]
