"""Addresses of pages. They keep the past day being read, as they keep the language of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

_as_of: ContextVar[str] = ContextVar("as_of", default="")


@contextmanager
def reading(as_of: str) -> Iterator[None]:
    """Read a page as of this day, in the form of a query; empty for today."""
    before = _as_of.set(as_of)
    try:
        yield
    finally:
        _as_of.reset(before)


def day_read() -> str:
    """The past day being read, in the form of a query; empty for today."""
    return _as_of.get()


def page_address(name: str, code: str = "", **query: Any) -> str:
    """The address of a named page or a record, in the current language and as of the day being read."""
    path = reverse(name, kwargs={"code": code} if code else None)
    if day_read():
        query["as_of"] = day_read()
    return f"{path}?{urlencode(query)}" if query else path
