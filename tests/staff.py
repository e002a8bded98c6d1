"""The staff in every role, and every address of their site, for tests of who may do what."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from gpi_portal.models import ErrorReport, Publishable, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from projects.models import Citation

ROLES = ("reader", "translator", "editor", "reviewer", "publisher", "auditor")
#: Who has signed in and is on the staff.
STAFF = {"without a role", *ROLES, "superuser"}


def member(*roles: str, name: str = "member", **values: Any) -> User:
    """Somebody on the staff who has these roles."""
    account = User.objects.create_user(name, **{"is_staff": True, **values})
    account.groups.set(Group.objects.filter(name__in=roles))
    return account


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def client_of(actor: str) -> Client:
    """A browser in the hands of a role, or of somebody who has none."""
    if actor == "nobody":
        return Client()
    if actor == "superuser":
        return signed_in(User.objects.create_superuser("superuser"))
    return signed_in(member(actor, name=actor.replace(" ", "-"), is_staff=actor != "no staff"))


def draft_of(model: type[Publishable]) -> Publishable:
    """A record that was never public, without rows, like one that is there."""
    draft = model.objects.order_by("pk").first()
    draft.pk, draft.code, draft.public_code = None, "a-draft", ""
    draft.state, draft.published_at = Publishable.State.DRAFT, None
    draft._state.adding = True
    draft.save()
    return draft


def a_report() -> ErrorReport:
    version = PublishedVersion.objects.public().noun("mineral").first()
    return ErrorReport.objects.create(
        noun=version.noun,
        code=version.code,
        title_en=version.title_en,
        title_fr=version.title_fr,
        text="Wrong",
        language="en",
        reported_on=RegistryVersion.objects.latest(),
    )


def patterns(resolver: Any = None, route: str = "") -> Iterator[tuple[str, str]]:
    """The name, or else the route, of every address of the site, with its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        own = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, own)
        else:
            yield pattern.name or own, own


def admin_addresses() -> set[str]:
    return {name for name, route in patterns() if route.startswith("admin/")}


def record_urls(model: type[Publishable]) -> dict[str, str]:
    """The pages about one noun: of a draft, but for what needs a public record."""
    opts, draft, public = model._meta, draft_of(model), model.objects.filter(state="published").order_by("pk").first()
    prefix = f"{opts.app_label}_{opts.model_name}"
    past = draft.history.first()
    arguments = {
        "changelist": (),
        "add": (),
        "history": (draft.pk,),
        "change": (draft.pk,),
        "delete": (draft.pk,),
        "simple_history": (draft.pk, past.pk),
        "publish": (),
        "withdraw": (public.pk,),
    }
    if model.noun in Citation.HOLDERS:
        arguments |= {"citations_add": (draft.pk,), "citations_change": (public.pk, public.citations.first().pk)}
    urls = {f"{prefix}_{page}": reverse(f"admin:{prefix}_{page}", args=args) for page, args in arguments.items()}
    urls[f"{prefix}_publish"] += f"?codes={draft.code}"
    return urls | short_url(opts, draft.pk)


def short_url(opts: Any, pk: int) -> dict[str, str]:
    """Django's old address of a row, which has no name and leads to its page."""
    folder = f"admin/{opts.app_label}/{opts.model_name}/"
    return {f"{folder}<path:object_id>/": f"/{folder}{pk}/"}


def report_urls() -> dict[str, str]:
    report = a_report()
    arguments = {
        "changelist": (),
        "add": (),
        "history": (report.pk,),
        "change": (report.pk,),
        "delete": (report.pk,),
        "simple_history": (report.pk, report.history.get().pk),
        "decline": (),
        "accept": (report.pk,),
    }
    prefix = "gpi_portal_errorreport"
    urls = {f"{prefix}_{page}": reverse(f"admin:{prefix}_{page}", args=args) for page, args in arguments.items()}
    urls[f"{prefix}_decline"] += f"?reports={report.pk}"
    return urls | short_url(ErrorReport._meta, report.pk)


def account_urls() -> dict[str, str]:
    """The pages about an account without rights and about a group of the operator's own."""
    urls = {}
    for row in (member(name="somebody"), Group.objects.create(name="a group")):
        opts = row._meta
        for page in ("changelist", "add", "history", "change", "delete"):
            args = () if page in ("changelist", "add") else (row.pk,)
            name = f"{opts.app_label}_{opts.model_name}_{page}"
            urls[name] = reverse(f"admin:{name}", args=args)
        if isinstance(row, User):
            urls["auth_user_password_change"] = reverse("admin:auth_user_password_change", args=(row.pk,))
        urls |= short_url(opts, row.pk)
    return urls


def site_urls() -> dict[str, str]:
    query = "?app_label=projects&model_name=project&field_name=recipient&term=a"
    names = ("index", "login", "logout", "password_change", "password_change_done", "jsi18n")
    return {
        **{name: reverse(f"admin:{name}") for name in names},
        "autocomplete": reverse("admin:autocomplete") + query,
        "gallery": reverse("gallery"),
        "set_language": reverse("set_language"),
        "app_list": reverse("admin:app_list", args=("projects",)),
        "admin/(?P<url>.*)$": "/admin/nothing/here/",
    }


def admin_urls() -> dict[str, str]:
    """Name or route → an address of that kind, of rows that are made for it."""
    records = {name: url for model in nouns().values() for name, url in record_urls(model).items()}
    return {**site_urls(), **records, **report_urls(), **account_urls()}
