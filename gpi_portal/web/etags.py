"""Whether a page that somebody kept still holds: the entity tag of a page.

A public page follows from its address, the registry version, the day in Toronto and the release that draws it. The
tag says all four, so that a kept copy is confirmed by one small query instead of being drawn and sent again. Of the
registry version it says the moment too: after a restored backup a number is given again.
"""

import functools
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.moments import today

#: What a page is drawn with, below the project's folder; the lock file stands for the libraries.
DRAWN_WITH = ("gpi_portal", "programs", "projects", "templates", "static", "locale", "requirements/run.txt")
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo", ".txt", ".json"}


@functools.cache
def release() -> str:
    """A digest of everything but the data that a page is drawn with, the operator's settings and brand included."""
    said = (settings.OPERATOR, settings.REPORT_DAYS, settings.REPORT_WAIT_DAYS)
    digest = hashlib.sha256(repr(said).encode())
    places = [settings.BASE_DIR / name for name in DRAWN_WITH]
    if settings.BRAND_DIR:
        places.append(settings.BRAND_DIR)
    for file in sorted(file for place in places for file in files_in(place)):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def files_in(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file()]


def page_tag(request: HttpRequest, *more: Any) -> str:
    """The tag of the page at this address as it is now, and of what it shows beyond the registry.

    It begins with the data version, for people who look.
    """
    version, day = RegistryVersion.objects.latest(), today()
    number, moment = (version.number, version.published_at) if version else (0, "")
    address = f"{request.build_absolute_uri()} {release()} {number} {moment} {day} {more}"
    return f'W/"{number}-{day}-{hashlib.sha256(address.encode()).hexdigest()[:16]}"'
