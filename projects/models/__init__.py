"""The registry: funded projects, their recipients and money, the minerals and places, the sources of every value."""

from projects.models.filter_rows import RecipientRow, RegistryRow
from projects.models.mineral import Mineral
from projects.models.money import Amendment, CoFunding
from projects.models.place import Location
from projects.models.project import Project
from projects.models.provenance import Citation, Source
from projects.models.recipient import Recipient

__all__ = [
    "Amendment",
    "Citation",
    "CoFunding",
    "Location",
    "Mineral",
    "Project",
    "Recipient",
    "RecipientRow",
    "RegistryRow",
    "Source",
]
