"""Forms of the staff know who opened them and when, so that nothing that was typed is saved twice, or lost."""

import contextlib
import datetime
import functools
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gpi_portal.models.sent import SentForm
from gpi_portal.staff.trace import NEVER

View = Callable[..., HttpResponse]
SALT = "staff.form"
#: The name of the hidden field, and of the parameter that gives back what was typed.
OPENED, TYPED = "opened", "typed"
#: What is not kept of a form: passwords, and the token against forged forms, which each page gives anew.
UNKEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "old_password", "new_password1", "new_password2")


class Opened(NamedTuple):
    """Which account opened a form, at which address, and the moment of the last act on the record that it showed.

    ``shown``: of a row that has no trace, what the form showed of it instead.
    """

    user: int
    path: str
    moment: datetime.datetime
    shown: dict[str, Any] | None


def open_form(request: HttpRequest, moment: datetime.datetime = NEVER, shown: Mapping[str, Any] | None = None) -> str:
    """The value of the hidden field of a form that this request shows."""
    said = [request.user.pk, request.path, moment.isoformat(), secrets.token_hex(8), shown]
    return signing.dumps(said, salt=SALT, compress=True)


def opened(data: Any) -> Opened | None:
    """Who opened the form that was sent; None where it does not come from this portal."""
    try:
        user, path, moment, _nonce, *shown = signing.loads(data.get(OPENED, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return Opened(user, path, datetime.datetime.fromisoformat(moment), shown[0] if shown else None)


def digest_of(request: HttpRequest) -> str:
    """What makes a form the same one, sent again: the words, and the hidden field of the page that it stood on."""
    words = f"{request.path} {worth_keeping(request).urlencode()}"
    return salted_hmac(SALT, words, algorithm="sha256").hexdigest()


def worth_keeping(request: HttpRequest) -> QueryDict:
    """What was sent, as far as it may be stored."""
    data = request.POST.copy()
    for name in UNKEPT:
        data.pop(name, None)
    return data


def once(request: HttpRequest, act: Callable[[], HttpResponse], *, in_one: bool = True) -> HttpResponse:
    """Act on the form that was sent, however often it is sent; the next one leads where the first one led.

    A form that is shown again, instead of leading on, has not been acted on. Two of them wait for each other, unless
    ``in_one`` is false: the act is then not one transaction, and the second one leads back to the page at once. What
    else breaks a constraint of the database is raised as it comes.
    """
    digest = digest_of(request)
    sender: Any = request.user  # the admin lets in nobody without an account
    try:
        with transaction.atomic() if in_one else contextlib.nullcontext():
            sent = SentForm.objects.begin(digest, sender, request.get_full_path())
            response = None
            try:
                response = act()
            finally:
                is_done = response is not None and response.status_code == 302
                if response is not None and is_done:
                    SentForm.objects.filter(pk=sent.pk).update(address=response["Location"])
                elif response is not None or not in_one:
                    sent.delete()
            return response
    except IntegrityError:
        before = SentForm.objects.fresh().filter(digest=digest, user=sender, data="").first()
        if before is None:
            raise
    messages.warning(request, _("This form was sent twice. It was acted on once."))
    return redirect(before.address)


def acts_once(view: View, *, in_one: bool = True) -> View:
    """Let a view of an admin act once on each form that it gets; ``in_one``: in one transaction."""

    @functools.wraps(view)
    def wrapped(admin: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(admin, request, *args, **kwargs)
        return once(request, lambda: view(admin, request, *args, **kwargs), in_one=in_one)

    return wrapped


#: The same for an act that may be too large for one transaction, in which nobody else could write anything.
acts_once_in_pieces = functools.partial(acts_once, in_one=False)


def keep(request: HttpRequest) -> str | None:
    """Keep what was sent for the account that had the form open; the address that gives it back to that account.

    None where nobody who was signed in opened the form at this address.
    """
    form = opened(request.POST)
    if form is None or form.path != request.path or not get_user_model().objects.filter(pk=form.user).exists():
        return None
    query = request.GET.copy()
    digest = digest_of(request)
    query[TYPED] = digest
    SentForm.objects.keep(digest, form.user, request.path, worth_keeping(request))
    return f"{request.path}?{query.urlencode()}"


def kept(request: HttpRequest) -> QueryDict | None:
    """What this account typed into the form at this address before the form was kept."""
    asked = request.GET.get(TYPED, "")
    if not re.fullmatch("[0-9a-f]{64}", asked):
        return None
    found = SentForm.objects.fresh().filter(digest=asked, user=request.user.pk).exclude(data="").first()
    return QueryDict(found.data, mutable=True) if found else None


def gives_back(address: str) -> bool:
    """Whether this address gives back what somebody typed, to the account that typed it."""
    asked = re.search(rf"[?&]{TYPED}=([0-9a-f]{{64}})(?:&|$)", address)
    return asked is not None and SentForm.objects.fresh().filter(digest=asked[1]).exclude(data="").exists()


def say_it_is_of_another(request: HttpRequest) -> None:
    messages.warning(request, _("This form was opened under another account, so nothing was saved."))


def send_again(request: HttpRequest, typed: QueryDict) -> None:
    """Let a request that asks for a form stand for one that sends what was kept."""
    if not request.FILES:  # reads the body of the request itself, which would take the place of what was kept later
        request.method = "POST"
        carry(request, typed)


def carry(request: HttpRequest, data: QueryDict) -> None:
    """Let a request stand for one that sends this."""
    request.POST = data  # type: ignore[assignment]  # to Django's stubs what a request sends can never be changed


def sent_or_kept(request: HttpRequest) -> QueryDict | None:
    """What this request sends, or what it gets back; None for a form that nobody has filled in."""
    return request.POST if request.method == "POST" else kept(request)


def is_given_back(request: HttpRequest) -> bool:
    """Whether the page gives back what was typed before."""
    return request.method == "GET" and kept(request) is not None


class KeepTypedMiddleware:
    """Where a form comes in from somebody who is not on the staff any more, keeps it and asks to sign in.

    Whoever then signs in to another account is told why the form does not hold what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and OPENED in request.POST and not admin.site.has_permission(request):
            address = keep(request)
            if address:
                return redirect_to_login(address, "admin:login")
        is_kept = TYPED in request.GET and gives_back(request.get_full_path())
        if is_kept and admin.site.has_permission(request) and kept(request) is None:
            say_it_is_of_another(request)
        return self.get_response(request)
