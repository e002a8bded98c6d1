"""Places in words: where a recipient is, and where the work of a project is done."""

from gpi_portal.i18n.countries import place
from gpi_portal.i18n.languages import Record
from projects.models import Location
from projects.registry import rows_url


def place_items(locations: list[Record]) -> list[dict[str, str]]:
    """Places of the work as names with a note: province or country, and the kind of place."""
    kinds = dict(Location.Kind.choices)
    found = []
    for location in locations:
        code = f"CA-{location['province']}" if location["province"] else location["country"]
        region = place(code)
        note = str(kinds[location["kind"]]) + ("" if region == location["name"] else f", {region}")
        found.append({"name": location["name"], "note": f"({note})", "url": rows_url(location=code)})
    return found


def whereabouts(recipient: Record) -> str:
    """The place of a recipient, as far as it is stated: ``Halifax, Nova Scotia``."""
    code = f"CA-{recipient['province']}" if recipient["province"] else recipient["country"]
    return ", ".join(filter(None, [recipient["city"], place(code)]))
