"""Error reports as a reader sends them, for the tests of both ends."""

import html
import re

from django.core.cache import cache
from django.test import Client

from gpi_portal.models import ErrorReport, RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Project
from tests.site import address

NOUNS = {
    "program": "programs",
    "focus_area": "programs",
    "stream": "programs",
    "initiative": "programs",
    "project": "projects",
    "recipient": "projects",
    "mineral": "projects",
    "source": "projects",
}
#: What a reader writes: words that stand nowhere else.
WORDS = {"field": "amount", "text": "zibeline", "suggestion": "quokka", "contact": "reader@example.org"}
PRIVATE_WORDS = ("zibeline", "quokka", "reader@example.org")
REASONS = {"reason_en": "The release says so.", "reason_fr": "Le communiqué le dit."}
VALUES = {"before_en": "Old", "before_fr": "Ancien", "after_en": "New", "after_fr": "Nouveau"}
HOME = {"origin": "http://testserver"}


def form_address(language="en", noun="project", code="gpi-0001"):
    return address(f"{NOUNS[noun]}:{noun}-report", language, code=code)


def token(client, url):
    return re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())[1]


def send(client, url=None, headers=HOME, **values):
    """Opens the form and sends it."""
    url = url or form_address()
    return client.post(url, {"token": token(client, url), **WORDS, **values}, headers=headers)


def kept(response):
    """What the form still holds of what the reader typed."""
    page = html.unescape(response.content.decode())
    return [word for word in (*PRIVATE_WORDS, 'value="amount" selected') if word in page]


def nothing_is_lost(response):
    return len(kept(response)) == 4 and not ErrorReport.objects.exists()


def reported(**values) -> ErrorReport:
    """A report that a reader has sent."""
    cache.clear()
    send(Client(), **values)
    return ErrorReport.objects.order_by("pk").last()


def correct(amount: int = 7_400_000) -> RegistryVersion | None:
    """What staff do about it."""
    project = Project.objects.get(code="gpi-0001")
    project.amount = amount
    project.save()
    return publish([project], reason="Wrong amount", correction=True)
