"""The bone of the portal: what the public reads, and what staff edit."""

from gpi_portal.models.published import TORONTO, Change, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.models.report import ErrorReport
from gpi_portal.models.working import Names, OwnedRow, Publishable, TranslationStatus

__all__ = [
    "TORONTO",
    "Change",
    "ErrorReport",
    "Names",
    "OwnedRow",
    "Publishable",
    "PublishedTag",
    "PublishedVersion",
    "RegistryVersion",
    "TranslationStatus",
]
