"""The context of every page: the operator, the page in the other language, its address."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.encoding import escape_uri_path

from gpi_portal.i18n.languages import LANGUAGES, Record, active_language

PREFIXES = tuple(f"/{language}/" for language in LANGUAGES)
OWN_NAMES: dict[str, str] = {"en": "English", "fr": "Français"}


def portal(request: HttpRequest) -> dict[str, Any]:
    language = active_language()
    other = "en" if language == "fr" else "fr"
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    paths: dict[str, str] = {code: escape_uri_path(counterpart(request.path, code)) for code in LANGUAGES}
    return {
        "portal": Record(settings.OPERATOR),
        "language": language,
        "language_link": {"code": other, "name": OWN_NAMES[other], "url": paths[other] + query},
        "alternates": [{"lang": code, "url": origin(request) + paths[code]} for code in LANGUAGES],
        "canonical": origin(request) + escape_uri_path(request.path),
    }


def counterpart(path: str, language: str) -> str:
    """The path of the same page in this language; an unknown path only changes its prefix."""
    translated = translate_url(path, language)
    own = path[:4] in PREFIXES and translated == path
    return f"/{language}/{path[4:]}" if own else translated


def origin(request: HttpRequest) -> str:
    """Scheme and host of this site; empty if the request names a host that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
