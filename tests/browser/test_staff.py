"""Staff at work: what they save stays theirs until they publish it, and the admin keeps to the security policy."""

import pytest
from playwright.sync_api import expect

from tests.browser.tour import NARROW, WIDE, Watch

pytestmark = pytest.mark.browser

CODE = "tellurium-map"
PUBLIC = {"en": f"/en/projects/{CODE}/", "fr": f"/fr/projets/{CODE}/"}
FIRST = {"en": "A map of tellurium", "fr": "Une carte du tellure"}
SECOND = {"en": "A map of tellurium and antimony", "fr": "Une carte du tellure et de l’antimoine"}
REASON = {"en": "Entered by mistake.", "fr": "Saisi par erreur."}


# --- From the desk to the public and back -----------------------------------------------------------


def write(desk, texts, name="title"):
    for language, text in texts.items():
        desk.locator(f"#id_{name}_{language}").fill(text)


def choose(desk, field, words):
    """Finds a record by typing, as in every field that names another record."""
    desk.locator(f".field-{field} .select2-selection").first.click()
    desk.locator(".select2-container--open .select2-search__field").fill(words)
    option = desk.locator(".select2-results__option--highlighted", has_text=words)
    option.click()


def save(desk):
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


def publish(desk, reason):
    desk.get_by_role("button", name="Save and publish…").first.click()
    desk.get_by_label("Reason").fill(reason)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("Published as data version")


def open_record(desk):
    desk.goto(f"/admin/projects/project/?q={CODE}")
    desk.locator("#result_list tbody th a").click()


def expect_public(visitor, status, texts):
    """What a visitor finds at the record's two addresses."""
    for language, address in PUBLIC.items():
        assert visitor.goto(address).status == status
        expect(visitor.locator("main")).to_contain_text(texts[language])


@pytest.fixture
def draft(desk):
    """A new project, saved and never published, open in the admin; none of the real ones is touched."""
    desk.goto("/admin/projects/project/add/")
    desk.locator("#id_code").fill(CODE)
    choose(desk, "recipient", "Optel")
    choose(desk, "program", "Global Partnerships")
    write(desk, FIRST)
    write(desk, {"en": "Drawn for the tests.", "fr": "Dessinée pour les essais."}, "description")
    save(desk)
    return desk


def test_what_staff_do_is_public_when_they_publish_it_and_not_before(draft, visitor):
    desk = draft
    assert [visitor.goto(address).status for address in PUBLIC.values()] == [404, 404]
    publish(desk, "A new project")
    expect_public(visitor, 200, FIRST)

    open_record(desk)
    write(desk, SECOND)
    save(desk)
    expect(desk.get_by_text("the public does not see these edits yet")).to_be_visible()
    expect_public(visitor, 200, FIRST)

    publish(desk, "Better titles")
    expect_public(visitor, 200, SECOND)

    open_record(desk)
    desk.get_by_role("link", name="History").click()
    for language in FIRST:
        expect(desk.locator("#change-history")).to_contain_text(f"{FIRST[language]} → {SECOND[language]}")

    open_record(desk)
    desk.get_by_role("link", name="Withdraw…").click()
    write(desk, REASON, "reason")
    desk.get_by_role("button", name="Withdraw").click()
    expect(desk.locator(".messagelist")).to_contain_text("Withdrawn in data version")
    expect_public(visitor, 410, REASON)

    open_record(desk)
    publish(desk, "It was right after all")
    expect_public(visitor, 200, SECOND)


def test_before_publishing_one_sees_what_will_change(desk):
    desk.goto("/admin/projects/project/?q=gpi-0002")
    desk.locator("#result_list tbody th a").click()
    title = desk.locator("#id_title_fr").input_value()
    write(desk, {"fr": "Un autre titre"})
    save(desk)
    desk.get_by_role("button", name="Save and publish…").first.click()
    expect(desk.get_by_role("row").filter(has_text="Un autre titre")).to_contain_text(title)
    desk.go_back()
    write(desk, {"fr": title})
    save(desk)


def test_a_citation_is_added_from_beside_its_field_and_nothing_typed_is_lost(desk):
    find_a_record(desk)
    write(desk, {"en": "Half a title"})
    with desk.expect_popup() as opened:
        desk.locator(".field-amount").get_by_role("link", name="Add a citation").first.click()
    row = opened.value.locator(".inline-related:not(.empty-form)")
    expect(row.locator("select[name$=-field]")).to_have_value("amount")
    expect(row.locator("select[name$=-certainty]")).to_be_visible()
    expect(desk.locator("#id_title_en")).to_have_value("Half a title")


# --- Two who edit at once ---------------------------------------------------------------------------

WIDTHS = "frame => [frame.scrollWidth, frame.clientWidth, frame.firstElementChild.offsetWidth]"


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["narrow", "wide"])
def test_what_was_saved_meanwhile_is_read_whole_and_what_was_typed_stays(desk, window):
    desk.goto("/admin/auth/group/add/")
    desk.locator("#id_name").fill(f"Officers {window['width']}")
    save(desk)
    other = desk.context.new_page()
    other.goto(desk.url)
    other.locator("#id_name").fill("Officers with a name of many words that was saved by somebody else in the meantime")
    save(other)
    other.close()
    desk.set_viewport_size(window)
    desk.locator("#id_name").fill(f"Typed {window['width']}")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.get_by_role("radio", name="Typed")).to_be_checked()
    reached, room, table = desk.locator(".changes-frame").evaluate(WIDTHS)
    assert (reached, table) == (room, room)
    save(desk)
    expect(desk.locator("#id_name")).to_have_value(f"Typed {window['width']}")


# --- The security policy ----------------------------------------------------------------------------


def find_a_record(desk):
    desk.goto("/admin/projects/project/")
    desk.get_by_role("textbox").first.fill("NICO")
    desk.get_by_role("button", name="Search").click()
    desk.locator("#result_list tbody th a").click()


def fill_a_form(desk):
    find_a_record(desk)
    choose(desk, "recipient", "Optel")
    choose(desk, "minerals", "Cobalt")
    closed = desk.locator("details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    for button in desk.locator(".add-row a").all():
        button.click()
    desk.locator(".field-announced_on .datetimeshortcuts a").nth(1).click()
    desk.locator(".calendarbox:visible .calendar td a").first.click()
    desk.locator("#id_announced_on").fill("no day")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.locator(".errornote")).to_be_visible()


def add_a_related_record(desk):
    find_a_record(desk)
    with desk.expect_popup() as popup:
        desk.locator("#add_id_recipient").click()
    expect(popup.value.locator("#id_name_en")).to_be_visible()
    popup.value.close()


def edit_a_recipient(desk):
    desk.goto("/admin/projects/recipient/?q=optel")
    desk.locator("#result_list tbody th a").click()
    expect(desk.locator("#id_name_fr")).to_be_visible()


def choose_records_to_publish(desk):
    desk.goto("/admin/projects/project/")
    desk.locator("#action-toggle").check()
    desk.locator("select[name=action]").select_option("publish_selected")
    desk.get_by_role("button", name="Go").click()
    expect(desk.get_by_label("Reason")).to_be_visible()


def start_to_withdraw(desk):
    find_a_record(desk)
    desk.get_by_role("link", name="Withdraw…").click()
    expect(desk.locator("#id_reason_fr")).to_be_visible()


def read_the_history(desk):
    find_a_record(desk)
    desk.get_by_role("link", name="History").click()
    desk.locator("#change-history a").first.click()
    expect(desk.get_by_text("what the public sees will not change")).to_be_visible()


def start_to_accept_a_report(desk):
    desk.goto("/admin/gpi_portal/errorreport/?state__exact=new")
    desk.locator("#result_list tbody th a").first.click()
    desk.get_by_role("link", name="Accept…").click()
    expect(desk.locator("#id_reason_fr")).to_be_visible()


def change_the_password(desk):
    desk.goto("/admin/password_change/")
    expect(desk.get_by_label("Old password")).to_be_visible()


TASKS = (
    find_a_record,
    fill_a_form,
    add_a_related_record,
    edit_a_recipient,
    choose_records_to_publish,
    start_to_withdraw,
    read_the_history,
    start_to_accept_a_report,
    change_the_password,
)


def expect_no_complaint(watch, portal):
    assert watch.complaints == []
    assert watch.requests
    assert [address for address in watch.requests if not address.startswith(f"{portal.url}/")] == []


@pytest.mark.on_one_database
@pytest.mark.parametrize("task", TASKS)
def test_the_admin_keeps_to_the_security_policy(desk, portal, task):
    watch = Watch()
    with watch.of(desk):
        desk.goto("/admin/")
        task(desk)
    expect_no_complaint(watch, portal)


@pytest.mark.on_one_database
def test_signing_in_keeps_to_the_security_policy(open_window, portal):
    page, watch = open_window(), Watch()
    with watch.of(page):
        page.goto("/admin/")
        page.get_by_label("Username").fill("nobody")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
        expect(page.locator(".errornote")).to_be_visible()
    expect_no_complaint(watch, portal)


@pytest.mark.on_one_database
def test_the_search_box_stands_in_one_place_with_and_without_a_link_to_the_other_language(desk):
    places = []
    for address in ("/en/", "/admin/nothing/"):
        desk.goto(address)
        places.append(desk.locator(".site-search").bounding_box())
    assert places[0] == places[1]
