"""Who worked at the portal of then and what they did there, day by day, through its own forms.

Part of `make_before`, which runs it on the code of then. All that goes wrong here is meant: it is what that code let
through and a migration has to bring in order.
"""

import datetime
import io

from abilities import admin_url
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from gpi_portal.models import ErrorReport
from programs.models import FundingStream, Program
from projects.models import Mineral, Project, Recipient, Source
from tests.projects.test_admin import form_data
from tests.reports import REASONS, form_address, reported

PASSWORD = "a password of then"
WORK = ("programs", "projects", "gpi_portal")
VERBS = ("view", "add", "change", "delete")
ROWS = ("cofunding", "location", "amendment", "citation")
INVISIBLE = "\u200b\u200d"
#: Letters and their accents apart, a blank of no width, no-break and double blanks, a tab, a soft hyphen.
UNTIDY = "E\u0301tude \u200bdes\u00a0\u00a0mine\u0301raux\t rares\u00ad"

#: Account → the codenames of its rights.
RIGHTS = {
    "viewer": ["view_project"],
    "changer": ["change_project"],
    "adder": ["add_project", "view_project"],
    "eraser": ["view_recipient", "delete_recipient", "delete_mineral"],
    "decider": ["change_errorreport"],
    "report-reader": ["view_errorreport"],
    "historian": ["view_historicalproject", "change_historicalproject", "delete_historicalrecipient"],
    "mechanic": ["view_session", "delete_session", "view_logentry", "change_publishedversion", "add_registryversion"],
    "keeper": [f"{verb}_{name}" for verb in VERBS for name in ("user", "group")],
    "citer": ["view_project", *(f"{verb}_citation" for verb in VERBS)],
    "nobody": [],
}
#: Group → its rights and its members; a member may hold rights of its own too.
GROUPS = {
    "Editor": ([f"{verb}_{name}" for verb in VERBS[:3] for name in ("project", "recipient", *ROWS)], ["edith", "both"]),
    "publisher": (["view_mineral", "change_mineral", "view_source", "change_source"], ["paul", "both"]),
    "reviewer": ([], ["nobody"]),
    "Historians": (["view_historicalcitation", "view_historicalerrorreport"], ["historian", "edith"]),
}


def permissions(codenames):
    found = Permission.objects.filter(codename__in=codenames)
    assert found.count() == len(codenames), codenames
    return found


def make_accounts():
    user = get_user_model().objects
    user.create_superuser("chief", password=PASSWORD)
    for name, codenames in RIGHTS.items():
        user.create_user(name, password=PASSWORD, is_staff=True).user_permissions.set(permissions(codenames))
    everything = Permission.objects.filter(content_type__app_label__in=WORK, codename__regex="^(view|change)_")
    user.create_user("officer", password=PASSWORD, is_staff=True).user_permissions.set(everything)
    user.create_user("left", password=PASSWORD, is_staff=True, is_active=False).user_permissions.set(everything)
    user.create_user("outsider", password=PASSWORD).user_permissions.set(permissions(["change_project"]))
    for name, (codenames, members) in GROUPS.items():
        group = Group.objects.create(name=name)
        group.permissions.set(permissions(codenames))
        for member in members:
            user.get_or_create(username=member, defaults={"is_staff": True})[0].groups.add(group)


class Desk:
    """An account at work in a browser."""

    def __init__(self, username):
        self.client = Client()
        self.client.force_login(get_user_model().objects.get(username=username))

    def send(self, url, /, **values):
        """Send the form of a page as a browser does, with CRLF at every end of a line."""
        self.post(url, {**form_data(self.client.get(url)), **values})

    def post(self, url, data):
        data = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in data.items()}
        response = self.client.post(url, data)
        assert response.status_code == 302, response.context["errors"]

    def edit(self, record, **values):
        self.send(admin_url(record, "change", record.pk), **values)

    def add_row(self, record, prefix, **values):
        url = admin_url(record, "change", record.pk)
        number = int(form_data(self.client.get(url))[f"{prefix}-TOTAL_FORMS"])
        row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
        self.send(url, **{f"{prefix}-TOTAL_FORMS": str(number + 1)}, **row)

    def add(self, model, code, **values):
        self.send(admin_url(model, "add"), code=code, **values)
        return model.objects.get(code=code)

    def publish(self, *records, **values):
        codes = ",".join(record.code for record in records)
        url = f"{admin_url(records[0], 'publish')}?codes={codes}"
        response = self.client.post(url, {"reason": "As the source says", **values})
        assert response.status_code == 302, response.context["problems"]

    def withdraw(self, record, reason_en="Entered twice.", reason_fr="Saisi deux fois."):
        reasons = {"reason_en": reason_en, "reason_fr": reason_fr}
        response = self.client.post(admin_url(record, "withdraw", record.pk), reasons)
        assert response.status_code == 302, response.context["problems"]

    def revert(self, record):
        url = admin_url(record, "simple_history", record.pk, record.history.earliest().pk)
        form = self.client.get(url).context["adminform"].form
        self.post(url, {bound.html_name: bound.value() for bound in form if bound.value() is not None})

    def decide(self, report, act, **values):
        url = admin_url(report, act, report.pk) if act == "accept" else f"{admin_url(report, act)}?reports={report.pk}"
        initial = self.client.get(url).context["form"].initial
        assert self.client.post(url, {**initial, **REASONS, **values}).status_code == 302


def project(code):
    return Project.objects.get(code=code)


def recipient(code):
    return Recipient.objects.get(code=code)


def named(name, name_fr=None):
    return {"name_en": name, "name_fr": name_fr or name}


def a_project(title, **values):
    return {
        "title_en": title,
        "title_fr": f"{title} (français)",
        "description_en": "What it does.\n\nAnd how.",
        "description_fr": "Ce qu’il fait.\n\nEt comment.",
        "recipient": recipient("optel").pk,
        "program": Program.objects.get(code="gpi").pk,
        **values,
    }


def edits():
    """The figure of a citation overtaken, an alias saved with other ends of lines, edits that still wait."""
    chief, officer = Desk("chief"), Desk("officer")
    officer.edit(project("gpi-0001"), title_en="Cobalt and bismuth from the NICO project", amount="7600000")
    officer.publish(project("gpi-0001"))
    officer.edit(recipient("eiti"))
    officer.publish(recipient("eiti"))
    officer.edit(recipient("iisd"))
    officer.edit(project("gpi-0004"), title_en="A title that nobody has published", start_date="2024-04-01")
    chief.add_row(project("gpi-0005"), "locations", kind="site", country="NO", position=0, **named("Oslo"))
    officer.edit(FundingStream.objects.get(code="joint-rd"), summary_en="An unpublished summary.")


def amendments(number):
    values = [{"value": "5400000"}, {"value": "6000000", "amended_on": "2024-11-05", "end_date": "2027-03-31"}]
    values += [{"value": "900000", "amended_on": "2024-12-01", "terminates": "on"}]
    reasons = {"reason_en": "More work", "reason_fr": "Plus de travaux"} if number else {}
    Desk("chief").add_row(project("gpi-0002"), "amendments", number=str(number), **values[number], **reasons)
    Desk("officer").publish(project("gpi-0002"))


def rows():
    """Places, another funder's money and a citation of one project, added, edited and published."""
    chief, record = Desk("chief"), project("gpi-0003")
    chief.add_row(
        record, "locations", kind="site", country="CA", province="BC", position=0, **named(f"Kitimat, {UNTIDY}")
    )
    money = {"amount": "100000", "currency": "USD", "amount_qualifier": "exact", "amount_rounded_to": 1, "position": 0}
    chief.add_row(
        record, "co_funding", funder_en="A fund", funder_fr="Un fonds", note_en="A\nB", note_fr="A\nB", **money
    )
    chief.add_row(record, "citations", field="locations", certainty="not_stated", position=90)
    chief.publish(record)
    chief.edit(record, **{"locations-0-name_en": "Kitimat, near the smelter", "co_funding-0-amount": "120000"})
    chief.publish(record)


def withdrawals():
    chief = Desk("chief")
    chief.withdraw(project("gpi-0011"))
    chief.withdraw(project("gpi-0010"), INVISIBLE, INVISIBLE)
    chief.publish(project("gpi-0010"))


def codes():
    """Codes that differ in case only: both public, both drafts, one of each; and words that filters use."""
    chief = Desk("chief")
    public = [chief.add(Recipient, code, **named(f"Recipient {code}")) for code in ("Aurora-Labs", "aurora-labs")]
    for code in ("boreal-geo", "Boreal-Geo", "BOREAL-GEO", "boreal-geo-2"):
        chief.add(Recipient, code, **named(f"Recipient {code}"))
    public.append(chief.add(Recipient, "Cassiar", **named("Cassiar")))
    chief.publish(*public)
    chief.add(Recipient, "cassiar", **named("Cassiar again"))
    chief.add(Project, "GPI-0001", **a_project("The first one again"))
    stream = FundingStream.objects.get(code="joint-rd")
    chief.add_row(stream, "calls", code="EOI-JOINT-RD", position=9, envelope_qualifier="exact", **named("Again"))
    chief.add(Recipient, "none", **named("Nobody"))
    chief.publish(chief.add(Mineral, "None", **named("No mineral", "Aucun minéral")))
    chief.add(Mineral, "a-draft", **named("A draft"))
    chief.add(Source, "a-draft", kind="page", language="en", url="https://example.org/", **a_source())
    for number in (1, 2, 3):
        chief.add(Recipient, f"ecole-{number}", **named("École des mines"))
    chief.publish(recipient("ecole-1"))


def a_source():
    texts = {"title": "A page", "publisher": "A publisher"}
    return {f"{name}_{language}": text for name, text in texts.items() for language in ("en", "fr")}


def texts_and_days():
    """Letters that are not composed, characters of no width, days that no filter knows; published and not."""
    chief = Desk("chief")
    chief.add(Project, "gpi-0012", **a_project(f"{UNTIDY} (draft)", start_date="0024-03-01", end_date="2105-03-31"))
    chief.publish(chief.add(Project, "gpi-0013", **a_project(UNTIDY, announced_on="0024-10-09", amount="1000")))
    chief.publish(chief.add(Project, "gpi-0014", **a_project("The year 2105", announced_on="2105-10-09")))
    federal = {"origin": "federal", "title_fr": "", "description_fr": "", "amount": "-1000000", "currency": "JPY"}
    chief.publish(chief.add(Project, "gpi-0015", **{**a_project("As the department disclosed it"), **federal}))
    chief.publish(chief.add(Recipient, "bidi", **named("Turned \u202earound")))
    chief.publish(chief.add(Recipient, "ghost", **named(INVISIBLE)))
    chief.edit(project("gpi-0006"), title_en=f"  {project('gpi-0006').title_en} ")
    chief.edit(project("gpi-0007"), description_en=f"{project('gpi-0007').description_en}\n\u200bMore.")
    chief.client.post(admin_url(Project, "changelist"), {"action": "send_to_review", "_selected_action": [12, 13]})


def reverts():
    """Public records whose working row says "draft": one as it was, one deleted, one published under a second code."""
    chief = Desk("chief")
    for code in ("reverted", "deleted", "renamed"):
        record = chief.add(Recipient, code, **named(f"Recipient {code}"))
        if code == "renamed":
            chief.edit(record, code="renamed-later")
        chief.publish(Recipient.objects.get(pk=record.pk))
        chief.revert(record)
    chief.publish(recipient("renamed"))
    chief.client.post(admin_url(recipient("deleted"), "delete", recipient("deleted").pk), {"post": "yes"})


def reports():
    for text in ("It waits.", "It was accepted.", "It was declined."):
        reported(text=text)
    waiting, accepted, declined = ErrorReport.objects.order_by("pk")
    chief, decider = Desk("chief"), Desk("decider")
    chief.edit(project("gpi-0001"), amount="7700000")
    chief.publish(project("gpi-0001"), correction="on")
    decider.decide(accepted, "accept", field="amount")
    decider.decide(declined, "decline", reason_fr=INVISIBLE)
    assert waiting.is_waiting


def clock_ahead():
    chief = Desk("chief")
    chief.edit(project("gpi-0008"), title_en="Edited tomorrow")
    chief.publish(project("gpi-0008"))


def clock_back():
    chief = Desk("chief")
    chief.edit(project("gpi-0009"), title_en="Edited after tomorrow")
    chief.publish(project("gpi-0009"))


def half_a_year_later():
    """What was written in the decided reports is gone; two more came, of which one waits."""
    call_command("delete_old_reports", stdout=io.StringIO())
    reported(url=form_address(code="gpi-0005"), text="It came late.")
    report = reported(url=form_address(code="gpi-0003"), text="It was declined late.")
    Desk("decider").decide(report, "decline")


#: What was done on which day.
DAYS = [
    (datetime.date(2025, 1, 7), edits),
    (datetime.date(2025, 1, 8), lambda: [amendments(number) for number in (0, 1)]),
    (datetime.date(2025, 1, 9), rows),
    (datetime.date(2025, 1, 10), withdrawals),
    (datetime.date(2025, 1, 13), codes),
    (datetime.date(2025, 1, 14), texts_and_days),
    (datetime.date(2025, 1, 15), reverts),
    (datetime.date(2025, 1, 16), reports),
    (datetime.date(2025, 1, 17), lambda: amendments(2)),
    (datetime.date(2025, 1, 21), clock_ahead),
    (datetime.date(2025, 1, 20), clock_back),
    (datetime.date(2025, 8, 4), half_a_year_later),
]
