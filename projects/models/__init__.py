"""The registry: funded projects, their recipients and money, the minerals and places, the sources of every value."""

from projects.models.mineral import Mineral
from projects.models.money import Amendment, CoFunding
from projects.models.place import Location
from projects.models.project import Project
from projects.models.provenance import Citation, Source
from projects.models.recipient import Recipient
from projects.models.rows import RecipientRow, RegistryRow

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
