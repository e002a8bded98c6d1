"""What stands between a form and a stored error report: its signed token, its receipt, where it comes from, the limit.

Nothing here sets a cookie or keeps an address: `docs/decisions/0007-corrections.md` says why that is safe.
"""

import secrets
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from gpi_portal.models.report import receipt_code
from gpi_portal.web.limiting import Limit, network_of

FORM_HOURS = 12
TOKEN_SALT, RECEIPT_SALT = "error-report.form", "error-report.receipt"


class Token(NamedTuple):
    """What a form says of itself: the data version its reader looked at, and whether it may still be sent.

    A token that has expired still says its version; of one that is not ours, the version is None.
    """

    number: int | None
    is_fresh: bool


def token_for(noun: str, code: str, number: int) -> str:
    """Proof that this portal showed the form of this record, at this data version and about now."""
    return signing.dumps([noun, code, number, secrets.token_hex(8)], salt=TOKEN_SALT)


def read_token(text: str, noun: str, code: str) -> Token:
    try:
        try:
            content, is_fresh = signing.loads(text, salt=TOKEN_SALT, max_age=FORM_HOURS * 3600), True
        except signing.SignatureExpired:
            content, is_fresh = signing.loads(text, salt=TOKEN_SALT), False
    except signing.BadSignature:
        return Token(None, is_fresh=False)
    return Token(content[2], is_fresh) if content[:2] == [noun, code] else Token(None, is_fresh=False)


def signed_receipt(receipt: str, noun: str, code: str) -> str:
    """A receipt code that nobody else can put into the address of the thank-you page."""
    return signing.Signer(salt=f"{RECEIPT_SALT}.{noun}.{code}").sign(receipt)


def read_receipt(text: str, noun: str, code: str) -> str:
    """The receipt code; empty when it is not ours."""
    try:
        return signing.Signer(salt=f"{RECEIPT_SALT}.{noun}.{code}").unsign(text)
    except signing.BadSignature:
        return ""


def receipt_of(form: QueryDict) -> str:
    """The receipt code of what was sent.

    The same form with the same words, sent by a second press of its button, has the same one.
    """
    return receipt_code(int(salted_hmac(RECEIPT_SALT, form.urlencode()).hexdigest(), 16))


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from a page of this portal."""
    named = request.headers.get("origin") or request.headers.get("referer", "")
    try:
        origin = urlsplit(named)
    except ValueError:
        return False
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())


def limit_of(request: HttpRequest) -> Limit:
    """How many reports the visitor's network may send in an hour."""
    return Limit("error-reports", settings.REPORTS_PER_HOUR, 3600, (network_of(request),))
