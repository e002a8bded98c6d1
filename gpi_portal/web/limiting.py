"""Limits on how often something may be tried, counted in the cache without storing who tried it.

Each process counts separately, unless `CACHE_URL` names a cache that they share.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries per span of ``seconds``. ``who`` identifies the person and is not stored."""

    name: str
    most: int
    seconds: int
    who: tuple[str, ...]

    def admits(self) -> bool:
        """Count one more try and say whether it is within the limit."""
        key = self._key()
        cache.add(key, 0, timeout=self.seconds)
        try:
            return cache.incr(key) <= self.most
        except ValueError:  # a full cache may have dropped it
            return self.most > 0

    def take_back(self) -> None:
        """Count one try less, as it was no misuse."""
        try:
            cache.decr(self._key())
        except ValueError:
            return

    def wait(self) -> int:
        """Seconds until the next span begins."""
        return self.seconds - int(time.time()) % self.seconds

    def _key(self) -> str:
        # The span is part of the digest, so that the keys of two spans cannot be linked.
        span = int(time.time()) // self.seconds
        return f"{self.name}-{salted_hmac(self.name, repr((span, *self.who))).hexdigest()}"


def network_of(request: HttpRequest) -> str:
    """The visitor's address; for IPv6 the /64 network of a household, which has countless addresses."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings.TRUST_X_FORWARDED_FOR else ""
    text = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address.packed, 64), strict=False))
    return str(address)
