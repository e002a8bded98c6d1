"""Addresses of pages. While a past day is read they stay on it, as they stay in the language of the page."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

_day: ContextVar[datetime.date | None] = ContextVar("day", default=None)


@contextmanager
def reading(day: datetime.date | None) -> Iterator[None]:
    """A page that is read as of this day; None for one that is read as of today."""
    before = _day.set(day)
    try:
        yield
    finally:
        _day.reset(before)


def day_read() -> datetime.date | None:
    """The past day that is being read; None today."""
    return _day.get()


def page_address(name: str, code: str = "", **query: Any) -> str:
    """The address of a named page, or of one record, in the language and as of the day that are being read."""
    path = reverse(name, kwargs={"code": code} if code else None)
    if day_read():
        query["as_of"] = day_read()
    return f"{path}?{urlencode(query)}" if query else path
