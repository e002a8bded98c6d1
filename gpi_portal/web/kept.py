"""Public pages that are made once: kept under their entity tag, compressed once, and answered before all else.

A page is kept only if the view that made it gave it the very tag under which it was asked for, so what is kept is
what the portal would answer. Who is signed in, or may be, gets a page of their own.
"""

import gzip
import json
import re
from collections.abc import Callable
from typing import NamedTuple, Self

import brotli
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gpi_portal.web.context import PREFIXES
from gpi_portal.web.etags import address_of, page_tag, unchanged
from gpi_portal.web.stamp import standing
from gpi_portal.web.store import Store

#: The cookies by which staff are known.
COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
#: Shorter bodies are sent as they are.
SHORTEST = 200
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
#: The headers of a body, which a confirmation that nothing has changed does not have.
OF_BODY = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"}


class Asked(NamedTuple):
    """What a visitor asks for: the page at an address, by the tag that its view would give it, in an encoding."""

    address: str
    tag: str
    encoding: str

    @classmethod
    def by(cls, request: HttpRequest) -> Self | None:
        """None where nobody can say which page it is: the database does not answer, or the host is not ours."""
        try:
            address, stamp = address_of(request), standing()
        except DisallowedHost:
            return None
        return cls(address, page_tag(address, stamp=stamp), encoding_of(request)) if stamp else None

    @property
    def plain_key(self) -> str:
        """Under which key the page is kept as it was made."""
        return self.tag.removeprefix('W/"').removesuffix('"')

    @property
    def key(self) -> str:
        """Under which key it is kept in the encoding."""
        return f"{self.plain_key}.{self.encoding}" if self.encoding else self.plain_key


class Kept(NamedTuple):
    """A page as it is sent."""

    address: str
    size: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def made(cls, address: str, response: HttpResponse) -> Self:
        return cls(address, len(response.content), dict(response.items()), response.content)

    @classmethod
    def read(cls, found: bytes | None, address: str) -> Self | None:
        """The page in the bytes of a file; None if they were damaged or are of another address."""
        head, _line, body = (found or b"").partition(b"\n")
        try:
            known, size, headers = json.loads(head)
        except (TypeError, ValueError):
            return None
        return cls(address, size, headers, body) if (known, size) == (address, len(body)) else None

    def parts(self) -> tuple[bytes, bytes, bytes]:
        """The same bytes, for a file."""
        return json.dumps(self[:3]).encode(), b"\n", self.body

    def encoded(self, encoding: str) -> Self:
        """The same page, compressed if that makes it smaller."""
        body = ENCODERS[encoding](self.body) if encoding and len(self.body) >= SHORTEST else self.body
        if len(body) >= len(self.body):
            return self
        own = {"Content-Encoding": encoding, "Content-Length": str(len(body))}
        return self._replace(size=len(body), headers={**self.headers, **own}, body=body)

    def response(self) -> HttpResponse:
        return HttpResponse(self.body, headers=self.headers)

    def confirm(self, confirmation: HttpResponse) -> HttpResponse:
        """What says that a copy of the page still holds, with the headers of the page."""
        for name in self.headers.keys() - OF_BODY:
            confirmation.headers[name] = self.headers[name]
        return confirmation


class KeptPagesMiddleware:
    """Stands above all others, and answers as they would."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.KEPT_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = Store(settings.KEPT_PAGES_DIR, settings.KEPT_PAGES_MB * 1_000_000)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = Asked.by(request) if is_public(request) else None
        if asked is None:
            return self.get_response(request)
        page = self.find(asked)
        if page is None:
            with self.store.alone(asked.plain_key):
                page = self.find(asked)
                if page is None:
                    return self.make(request, asked)
        confirmation = unchanged(request, asked.tag)
        return page.confirm(confirmation) if confirmation else page.response()

    def find(self, asked: Asked) -> Kept | None:
        """The page as this visitor takes it; None where it is not kept."""
        page = Kept.read(self.store.read(asked.key), asked.address)
        if page or not asked.encoding:
            return page
        plain = Kept.read(self.store.read(asked.plain_key), asked.address)
        if plain:
            page = plain.encoded(asked.encoding)
            self.store.write(asked.key, *page.parts())
        return page

    def make(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        """The page as the rest of the portal makes it; kept, if it is one of those that can be."""
        request.META["HTTP_ACCEPT_ENCODING"] = ""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or response.status_code == 304:
            return response
        page = Kept.made(asked.address, response)
        if response.status_code == 200 and response.headers.get("ETag") == asked.tag and not response.cookies:
            self.store.write(asked.plain_key, *page.parts())
        sent = page.encoded(asked.encoding)
        if sent is not page:
            response.content = sent.body
            for name, value in sent.headers.items():
                response.headers[name] = value
        return response


def is_public(request: HttpRequest) -> bool:
    """Whether anybody would get the same answer."""
    is_page = request.method in ("GET", "HEAD") and request.path_info.startswith(PREFIXES)
    return is_page and not any(name in request.COOKIES for name in COOKIES)


def encoding_of(request: HttpRequest) -> str:
    """The best encoding of those that the visitor takes; nothing if none."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    refused = re.findall(r"([\w*-]+)\s*;\s*q=0(?:\.0*)?(?![\d.])", accepted)
    taken = {*re.findall(r"[\w*-]+", re.sub(r";[^,]*", "", accepted))}.difference(refused)
    return next((encoding for encoding in ENCODERS if encoding in taken), "")
