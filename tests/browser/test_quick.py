"""Where scripts run, a list takes a new query without loading the page again, and search boxes suggest records."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

REGISTRY = "/en/projects/"
# Ticks a box, stops the browser while it waits for the answer, and says what is there then.
# All in one go: Playwright believes for ever that the browser is on its way.
STOPPED_MIDWAY = """async (box) => {
  const isBusy = () => document.getElementById("results").hasAttribute("aria-busy");
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  document.querySelector(box).click();
  for (let turn = 0; turn < 100 && !isBusy(); turn += 1) await pause(20);
  const wasBusy = isBusy();
  window.stop();
  await pause(200);
  const { length: number } = document.querySelectorAll("#results > li");
  return { wasBusy, isBusy: isBusy(), address: location.pathname + location.search, number };
}"""
# Ticks a box and, before the answer of a slow link is there, fills in a field and ticks another box.
CHOSEN_ON_A_SLOW_LINK = """async ([first, text, second]) => {
  const { fetch } = window;
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  const asked = new Promise((resolve) => {
    window.fetch = async (...request) => {
      const answer = await fetch(...request);
      resolve();
      await arrived;
      return answer;
    };
  });
  document.querySelector(first).click();
  await asked;
  document.querySelector(text).value = "1000";
  document.querySelector(text).dispatchEvent(new Event("change", { bubbles: true }));
  document.querySelector(second).click();
  arrive();
}"""
TEXT = "element => element.textContent"


@pytest.fixture
def page(visitor):
    """The window that all tests share."""
    yield visitor
    visitor.unroute_all()


@pytest.fixture
def registry(page):
    """The registry's page, which knows whether it was ever loaded again."""
    page.goto(REGISTRY)
    page.evaluate("window.isFirst = true")
    yield page
    assert page.evaluate("window.isFirst")


@pytest.fixture
def search(page):
    """The search box in the header."""
    page.goto(REGISTRY)
    return page.locator("#site-search")


def results(page):
    return page.locator("#results > li")


def choose(page, name, value):
    """Ticks one value of a filter; what is shown is then the answer to it."""
    page.locator(f"#group-{name}").evaluate("group => { group.open = true; }")
    page.locator(f"#choice-{name}-{value}").check()
    expect(page.locator(".chip")).not_to_have_count(0)


def shorten(page):
    page.locator("#field-page_size").select_option("10")
    expect(results(page)).to_have_count(10)


def test_a_filter_applies_at_once_and_keeps_the_focus(registry):
    choice = registry.locator("#choice-program-cmtp")
    number = int(choice.locator("xpath=..").locator(".choice-count").inner_text())
    choice.focus()
    registry.keyboard.press("Space")
    expect(results(registry)).to_have_count(number)
    expect(choice).to_be_focused()
    expect(choice).to_be_checked()
    assert registry.url.endswith("/en/projects/?program=cmtp")


def test_the_new_number_is_announced_by_the_region_that_was_there(registry):
    region = registry.locator(".results-bar [role=status]").element_handle()
    before = region.inner_text()
    choose(registry, "program", "cmtp")
    assert region.evaluate("region => region.isConnected")
    assert region.inner_text() != before


def test_a_group_stays_open_or_closed_as_the_reader_left_it(registry):
    registry.locator("#group-program summary").click()
    choose(registry, "agreement_type", "G")
    assert registry.locator("#group-agreement_type").evaluate("group => group.open")
    assert not registry.locator("#group-program").evaluate("group => group.open")


def test_the_language_link_follows_the_query(registry):
    choose(registry, "agreement_type", "G")
    expect(registry.locator(".language-link")).to_have_attribute("href", "/fr/projets/?agreement_type=G")


def test_back_and_forward_show_what_was_there(registry):
    number = results(registry).count()
    choose(registry, "program", "cmtp")
    filtered = results(registry).count()
    registry.go_back()
    expect(results(registry)).to_have_count(number)
    expect(registry.locator("#choice-program-cmtp")).not_to_be_checked()
    registry.go_forward()
    expect(results(registry)).to_have_count(filtered)
    expect(registry.locator("#choice-program-cmtp")).to_be_checked()


def test_back_leads_to_the_place_on_the_page_too(registry):
    shorten(registry)
    link = registry.locator(".pagination a[rel=next]")
    link.scroll_into_view_if_needed()
    link.click()
    expect(registry.locator(".pagination [aria-current=page]")).to_contain_text("2")
    expect(registry.locator(".results-count")).to_be_focused()
    expect(registry.locator(".results-count")).to_be_in_viewport()
    expect(link).not_to_be_in_viewport()
    registry.go_back()
    expect(results(registry)).to_have_count(10)
    expect(registry.locator(".pagination a[rel=next]")).to_be_in_viewport()


def test_a_filter_that_is_gone_gives_the_focus_to_the_results(registry):
    choose(registry, "program", "cmtp")
    registry.locator(".chip").click()
    expect(registry.locator(".chip")).to_have_count(0)
    expect(registry.locator(".results-count")).to_be_focused()


def test_a_wrong_value_is_shown_beside_its_field(registry):
    field = registry.locator("#field-amount_min")
    registry.locator("#group-amount summary").click()
    field.fill("much")
    field.press("Enter")
    expect(registry.locator("#error-amount_min")).to_be_visible()
    expect(field).to_be_focused()
    expect(results(registry)).to_have_count(0)
    field.fill("")
    field.press("Enter")
    expect(results(registry)).not_to_have_count(0)


def test_words_typed_on_stay(registry):
    field = registry.locator("#field-q")
    field.fill("uranium")
    field.press("Enter")
    expect(registry.locator("#results mark").first).to_be_visible()
    expect(field).to_have_value("uranium")
    expect(field).to_be_focused()


@pytest.mark.parametrize("address", ["/fr/beneficiaires/", "/fr/recherche/?q=uranium"])
def test_other_lists_do_the_same(page, address):
    page.goto(address)
    page.evaluate("window.isFirst = true")
    page.locator("#field-q").fill("cobalt")
    page.locator("#field-q").press("Enter")
    page.wait_for_url("**q=cobalt*")
    expect(page.locator(".results-bar")).to_be_visible()
    assert page.evaluate("window.isFirst")


def test_the_same_address_gives_the_same_results_without_scripts(page, open_window):
    page.goto(REGISTRY)
    choose(page, "agreement_type", "none")
    shown = page.locator("main .results-bar, #results").evaluate_all(f"parts => parts.map({TEXT})")
    plain = open_window(java_script_enabled=False)
    plain.goto(page.url)
    assert [part.text_content() for part in plain.locator("main .results-bar, #results").all()] == shown


def test_where_the_answer_does_not_come_the_browser_asks_itself(page):
    page.goto(REGISTRY)
    page.evaluate("window.isFirst = true")
    page.route("**/*?*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    choose(page, "program", "cmtp")
    page.wait_for_load_state()
    assert not page.evaluate("window.isFirst")
    expect(page.locator("#choice-program-cmtp")).to_be_checked()


def test_what_is_chosen_while_an_answer_is_on_its_way_is_kept_and_applied(registry):
    registry.evaluate(CHOSEN_ON_A_SLOW_LINK, ["#choice-country-CA", "#field-amount_min", "#choice-country-FR"])
    expect(registry.locator(".chip")).to_have_count(3)
    for value in ("CA", "FR"):
        expect(registry.locator(f"#choice-country-{value}")).to_be_checked()
    expect(registry.locator("#field-amount_min")).to_have_value("1000")
    assert registry.url.endswith("?country=CA&country=FR&amount_min=1000")


def test_whoever_stops_before_the_answer_comes_stays_with_the_list_and_its_address(registry):
    number = results(registry).count()
    registry.route("**/*?*", lambda route: None)
    found = registry.evaluate(STOPPED_MIDWAY, "#choice-agreement_type-G")
    assert found == {"wasBusy": True, "isBusy": False, "address": REGISTRY, "number": number}


def test_a_link_opened_elsewhere_leaves_the_page_alone(registry):
    shorten(registry)
    with registry.context.expect_page() as other:
        registry.locator(".pagination a[rel=next]").click(modifiers=["Control"])
    assert "page=2" in other.value.url
    assert "page=2" not in registry.url
    other.value.close()


# --- Suggestions ------------------------------------------------------------------------------------


def test_a_suggestion_is_chosen_from_the_keyboard(page, search):
    search.press_sequentially("uran")
    options = page.locator("#site-search-suggestions [role=option]")
    expect(options).to_have_text(["Uranium Mineral"])
    expect(search).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("1 suggestion")
    search.press("ArrowDown")
    expect(search).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(search).to_be_focused()
    search.press("Enter")
    page.wait_for_url("**/en/minerals/uranium/")


def test_the_arrows_go_round_by_way_of_the_field(page, search):
    search.press_sequentially("min")
    options = page.locator("#site-search-suggestions [role=option]")
    expect(options).to_have_count(8)
    search.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    search.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    assert search.get_attribute("aria-activedescendant") is None


def test_escape_closes_the_suggestions_and_keeps_the_words(page, search):
    search.press_sequentially("uran")
    expect(page.locator("#site-search-suggestions")).to_be_visible()
    search.press("Escape")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(search).to_have_value("uran")


def test_enter_searches_where_no_suggestion_is_chosen(page, search):
    search.press_sequentially("uran")
    expect(page.locator("#site-search-suggestions")).to_be_visible()
    search.press("Enter")
    page.wait_for_url("**/en/search/?q=uran")


def test_a_suggestion_is_chosen_with_the_mouse(page):
    page.goto("/fr/projets/")
    page.locator("#field-q").press_sequentially("optel")
    page.locator("#field-q-suggestions [role=option]").first.click()
    page.wait_for_url("**/fr/beneficiaires/optel/")


def test_the_suggestions_close_when_the_reader_goes_on(page, search):
    search.press_sequentially("uran")
    expect(page.locator("#site-search-suggestions")).to_be_visible()
    search.press("Tab")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()
