"""The entity tag of a page, by which a cached copy is known to be current.

A public page depends on its address, the registry version, the day in Toronto and the release that renders it. The
tag covers all four, so one small query confirms a cached copy instead of rendering it again. It includes the moment of
the registry version, since a number is used again after a backup is restored.
"""

import functools
import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.moments import today

#: What renders a page besides the apps, in the portal's folder; the lock file represents the libraries.
DRAWN_WITH = ("templates", "static", "locale", "requirements/run.txt")
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo", ".txt", ".json"}


@functools.cache
def release() -> str:
    """A digest of everything that renders a page, except data: code, the operator's settings and brand."""
    said = (settings.OPERATOR, settings.REPORT_DAYS, settings.REPORT_WAIT_DAYS)
    digest = hashlib.sha256(repr(said).encode())
    folders = [Path(config.path) for config in apps.get_app_configs()]
    places = [folder for folder in folders if folder.parent == settings.BASE_DIR]
    places += [settings.BASE_DIR / name for name in DRAWN_WITH]
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
    """The tag of the requested page; ``more`` is what it shows beyond the registry.

    It begins with the data version, for people who read it.
    """
    version, day = RegistryVersion.objects.latest(), today()
    number, moment = (version.number, version.published_at) if version else (0, "")
    address = f"{request.build_absolute_uri()} {release()} {number} {moment} {day} {more}"
    return f'W/"{number}-{day}-{hashlib.sha256(address.encode()).hexdigest()[:16]}"'
