"""Addresses of pages. While a past day is read they stay on it, as they stay in the language of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

_as_of: ContextVar[str] = ContextVar("as_of", default="")


@contextmanager
def reading(as_of: str) -> Iterator[None]:
    """A page that is read as of this day, as a query names it; empty for one that is read as of today."""
    before = _as_of.set(as_of)
    try:
        yield
    finally:
        _as_of.reset(before)


def day_read() -> str:
    """The past day that is being read, as a query names it; empty today."""
    return _as_of.get()


def page_address(name: str, code: str = "", **query: Any) -> str:
    """The address of a named page, or of one record, in the language and as of the day that are being read."""
    path = reverse(name, kwargs={"code": code} if code else None)
    if day_read():
        query["as_of"] = day_read()
    return f"{path}?{urlencode(query)}" if query else path
