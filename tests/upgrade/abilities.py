"""What each account of the staff may do, found by asking the pages that do it.

It ran on the code of then to write down what an account could do, and runs on the present code to compare.
"""

from unittest import mock

from django.contrib.auth import get_user_model
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from gpi_portal.models import ErrorReport, PublishedVersion
from gpi_portal.nouns import nouns


def admin_url(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def acts() -> dict[str, str]:
    """Every act of which an account may be capable, such as ``project publish``, with a page that begins it."""
    found = {}
    for noun, model in nouns().items():
        codes = PublishedVersion.objects.public().noun(noun).order_by("code").values_list("code", flat=True)
        public = model.objects.filter(code__in=codes).order_by("pk").first()
        draft = model.objects.filter(state="draft").exclude(code__in=codes).order_by("pk").first()
        found |= {
            f"{noun} see": admin_url(model, "changelist"),
            f"{noun} add": admin_url(model, "add"),
            f"{noun} edit": admin_url(model, "change", public.pk),
            f"{noun} publish": f"{admin_url(model, 'publish')}?codes={public.code}",
            f"{noun} withdraw": admin_url(model, "withdraw", public.pk),
        }
        if draft:
            found[f"{noun} delete"] = admin_url(model, "delete", draft.pk)
    report = ErrorReport.objects.waiting().first()
    user = get_user_model()
    return {
        **found,
        "report see": admin_url(ErrorReport, "changelist"),
        "report accept": admin_url(ErrorReport, "accept", report.pk),
        "report decline": f"{admin_url(ErrorReport, 'decline')}?reports={report.pk}",
        "account see": admin_url(user, "changelist"),
        "account add": admin_url(user, "add"),
        "account edit": admin_url(user, "change", user.objects.get(username="nobody").pk),
    }


def may(client: Client, act: str, url: str) -> bool:
    """Whether the portal lets this client begin the act; a form that it can only read is no edit."""
    with mock.patch.object(TemplateResponse, "rendered_content", ""):  # only the answer counts, and pages take time
        response = client.get(url)
    if response.status_code != 200:  # refused, or led elsewhere with a message
        return False
    return not act.endswith(" edit") or response.context_data["has_change_permission"]


def at_work(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def abilities() -> dict[str, list[str]]:
    """Account by account, superusers left out, the acts of which it is capable."""
    pages = acts()
    names = get_user_model().objects.filter(is_superuser=False).values_list("username", flat=True)
    return {name: [act for act, url in pages.items() if may(at_work(name), act, url)] for name in names.order_by("pk")}
