"""Signing in: guessing passwords is slow, and who fails can be found in the log."""

import logging
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from gpi_portal.web.limiting import Limit, network_of

log = logging.getLogger("gpi_portal.sign_in")

#: How often one network may fail within so many seconds: with one name, and with any. Others are not held up.
SPAN = 300
TRIES_PER_NAME, TRIES = 5, 30


class SignInForm(AdminAuthenticationForm):
    """The admin's form, which answers the same, and after the same time, whether or not there is such an account."""

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (name and password and self.request):
            return super().clean()
        limits = limits_of(network_of(self.request), name)
        if not all(limit.admits() for limit in limits):
            log.warning("Sign-in refused after too many failures%s", account_in_words(name))
            raise ValidationError(wait_in_words(limits[0].wait()), code="too_many")
        try:
            cleaned = super().clean()
        except ValidationError:
            log.warning("Sign-in failed%s", account_in_words(name))
            raise
        for limit in limits:
            limit.take_back()
        return cleaned


def limits_of(network: str, name: str) -> tuple[Limit, Limit]:
    return (
        Limit("sign-in-name", TRIES_PER_NAME, SPAN, (network, name.casefold())),
        Limit("sign-in", TRIES, SPAN, (network,)),
    )


def account_in_words(name: str) -> str:
    """The account as the log names it. What is no account's name is not repeated: it may be a password."""
    exists = get_user_model().objects.filter(username=name).exists()
    return f": account {name!r}" if exists else ": no account has the name that was typed"


def wait_in_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "There were too many failed attempts to sign in. Wait %(minutes)s minute, then try again.",
        "There were too many failed attempts to sign in. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
