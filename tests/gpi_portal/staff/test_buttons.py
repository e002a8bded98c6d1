"""Nobody sees a link or a button that then answers 403."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve

from gpi_portal.nouns import nouns
from projects.models import Project
from tests.staff import STAFF, admin_urls, client_of, draft_of

pytestmark = [pytest.mark.django_db, pytest.mark.walks, pytest.mark.on_one_database]


NOUN = re.compile("|".join(f"{model._meta.app_label}/{model._meta.model_name}" for model in nouns().values()))


class Page(HTMLParser):
    """The links of a page, and its forms with what each of their buttons would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.forms: list[dict] = []
        self.action_names: list[str] = []
        self._is_action = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "a" and values.get("href"):
            self.links.add(values["href"])
        if values.get("data-href-template"):
            self.links.add(values["data-href-template"])
        if tag == "form" and values.get("method") == "post":
            self.forms.append({"url": values.get("action", ""), "sent": {}, "buttons": []})
        if self.forms:
            self.read_control(tag, values)

    def read_control(self, tag, values):
        form = self.forms[-1]
        if tag == "select":
            self._is_action = values.get("name") == "action"
        if tag == "option" and self._is_action and values.get("value"):
            self.action_names.append(values["value"])
        if values.get("type") == "submit":
            form["buttons"].append({values["name"]: values.get("value", "1")} if "name" in values else {})
        elif tag == "input" and values.get("name") == "_selected_action":
            form["sent"].setdefault("_selected_action", values["value"])
        elif tag == "input" and values.get("type") == "hidden" and values.get("name"):
            form["sent"][values["name"]] = values.get("value", "")

    def posts(self):
        """Every press of a button: where it goes, what else it sends, what it says itself."""
        for form in self.forms:
            actions = self.action_names if "_selected_action" in form["sent"] else ()
            for button in (*form["buttons"], *({"action": action} for action in actions)):
                yield form["url"], form["sent"], button


def kind(url: str) -> tuple[str, str]:
    route = resolve(urlsplit(url).path).route
    return route, url if "auth" in route else ""


class Walker:
    """Follows links and presses buttons, one of each kind; of accounts and groups, whose rights differ, every one."""

    def __init__(self, client) -> None:
        self.client = client
        self.answers: dict[tuple, int] = {}

    def get(self, url: str) -> HttpResponse:
        response = self.client.get(url)
        self.answers[kind(url)] = response.status_code
        return response

    def opened(self, url: str) -> int:
        return self.answers.get(kind(url)) or self.get(url).status_code

    def pressed(self, url: str, sent: dict, button: dict) -> int:
        """All nouns have the same buttons."""
        route = NOUN.sub("noun", resolve(urlsplit(url).path).route)
        key = (route, urlsplit(url).path if "auth" in route else "", button.get("action"), *button)
        if key not in self.answers:
            with transaction.atomic():
                cookies = self.client.cookies.copy()
                self.answers[key] = self.client.post(url, {**sent, **button}, follow=True).status_code
                self.client.cookies = cookies
                transaction.set_rollback(True)
        return self.answers[key]


def targets(page: Page, url: str):
    """The links of a page that lead to an address of the admin; of rows that a script fills in, an existing one."""
    for link in page.links:
        target = urljoin(url, link)
        if "__fk__" in target:
            name = urlsplit(target).path.split("/")[3]
            model = next((model for model in nouns().values() if model._meta.model_name == name), None)
            if model is None:
                continue
            target = target.replace("__fk__", str(model.objects.order_by("pk").first().pk))
        if urlsplit(target).path.startswith("/admin/") and not urlsplit(target).netloc:
            yield target


def refusals(client, urls):
    """Of these pages, what they lead to that is refused."""
    walker, refused = Walker(client), []
    for url, response in [(url, walker.get(url)) for url in urls]:
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        page = Page(response.content.decode())
        refused += [(url, target) for target in targets(page, url) if walker.opened(target) == 403]
        presses = [(urljoin(url, place), sent, button) for place, sent, button in page.posts()]
        refused += [(url, *press) for press in presses if walker.pressed(*press) == 403]
    return refused


@pytest.mark.parametrize("actor", sorted(STAFF))
def test_no_link_and_no_button_is_refused(actor):
    client = client_of(actor)
    public = Project.objects.get(code="gpi-0001")
    assert refusals(client, [*admin_urls().values(), f"/admin/projects/project/{public.pk}/change/"]) == []


def test_a_reader_is_offered_nothing_but_to_read():
    reader = client_of("reader")
    page = reader.get(f"/admin/projects/project/{Project.objects.get(code='gpi-0001').pk}/change/").content.decode()
    for word in ("Publish…", "Withdraw…", "Add a citation", 'name="_save"', "Delete"):
        assert word not in page
    assert 'name="co_funding-MAX_NUM_FORMS" value="0"' in page
    listed = reader.get("/admin/projects/project/").content.decode()
    assert 'name="action"' not in listed
    assert "addlink" not in listed


def test_a_publisher_publishes_and_edits_nothing():
    publisher, project = client_of("publisher"), Project.objects.get(code="gpi-0001")
    page = publisher.get(f"/admin/projects/project/{project.pk}/change/").content.decode()
    assert "Publish…" in page
    assert "Withdraw…" in page
    assert 'name="_save"' not in page
    assert "publish_selected" in publisher.get("/admin/projects/project/").content.decode()


def test_an_action_that_is_not_offered_does_nothing():
    draft = draft_of(Project)
    chosen = {"action": "send_to_review", "_selected_action": [draft.pk]}
    client_of("publisher").post("/admin/projects/project/", chosen)
    draft.refresh_from_db()
    assert draft.state == "draft"
    client_of("translator").post("/admin/projects/project/", chosen)
    draft.refresh_from_db()
    assert draft.state == "in_review"
