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
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from gpi_portal.publishing.moments import today
from gpi_portal.web.stamp import Stamp
from gpi_portal.web.stamp import stamp as latest_stamp

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


def page_tag(address: str, *more: Any, stamp: Stamp | None = None) -> str:
    """The tag of the page at an absolute address; ``more`` is what it shows beyond the registry.

    It begins with the data version, for people who read it. ``stamp``: the one that stands, if it is known already.
    """
    (number, moment), day = stamp or latest_stamp(), today()
    depends_on = f"{address} {release()} {number} {moment} {day} {more}"
    return f'W/"{number}-{day}-{hashlib.sha256(depends_on.encode()).hexdigest()[:16]}"'


def address_of(request: HttpRequest) -> str:
    """The absolute address that is asked for; `DisallowedHost` if the host is not ours."""
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """What confirms that the copy which the visitor has kept still holds; None if there is none or it does not."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "*")
    return None if known == "*" else get_conditional_response(request, etag=tag)
