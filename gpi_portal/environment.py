"""Settings from the environment: a wrong value is refused with a sentence that says what to set.

A variable that is set but empty counts as not set. `environ.Env` reads the addresses of databases
and caches; plain values are read here, because it takes any unknown word for "off" and any value
that begins with a dollar sign for the name of another variable.
"""

import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

ON = {"on", "true", "yes", "1"}
OFF = {"off", "false", "no", "0"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """The values between the commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value not in ON | OFF:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to on or off.")
    return value in ON


def number(name: str, default: int) -> int:
    """A whole number from 1 on."""
    value = text(name, str(default))
    if not re.fullmatch(r"[1-9]\d{0,5}", value, re.ASCII):
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number from 1 to 999999.")
    return int(value)


def folder(name: str) -> Path | None:
    """A folder that is there; None where none is set."""
    value = text(name)
    if value and not Path(value).is_dir():
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to the path of a folder that is there.")
    return Path(value) if value else None


def email(name: str) -> str:
    value = text(name)
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to an email address.")
    return value


def link(name: str) -> str:
    value = text(name)
    if value and not re.fullmatch(r"https?://\S+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to an address that begins with https://")
    return value


def pair(name: str, english: str, french: str) -> dict[str, str]:
    """The texts of both languages, keyed `_en` and `_fr`: the given ones, or two set together."""
    chosen = text(f"{name}_EN"), text(f"{name}_FR")
    if any(chosen) and not all(chosen):
        raise ImproperlyConfigured(f"Set both {name}_EN and {name}_FR, or neither.")
    in_english, in_french = chosen if all(chosen) else (english, french)
    return {f"{name.lower()}_en": in_english, f"{name.lower()}_fr": in_french}


def database(name: str, file: Path) -> dict[str, Any]:
    """Django's settings of the database at the address; where none is set, of SQLite in the file."""
    url = text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file}
    if not re.fullmatch("sqlite://.+|postgres(ql)?://.*/.+", url):
        raise ImproperlyConfigured(
            f"{name} names no database that the portal knows: set it to sqlite:////path/to/file "
            "or postgres://user:password@host:5432/name."
        )
    try:
        return dict(Env.db_url_config(url))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is no database address ({error}): percent-encode what is special in the "
            "password, as in postgres://user:p%40ss@host:5432/name."
        ) from error


def cache(name: str, default: str) -> dict[str, Any]:
    """Django's settings of the cache at the address."""
    try:
        return dict(Env.cache_url_config(text(name, default)))
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(
            f"{name} names no cache that the portal knows: set it to locmemcache://, "
            "dbcache://table_name or redis://host:6379/0."
        ) from error
