"""Everything a visitor can do is done with links and forms: it works where scripts are off."""

import re

import pytest
from playwright.sync_api import expect

from gpi_portal.i18n.languages import sort_key
from tests.browser.tour import WIDE

pytestmark = pytest.mark.browser

REGISTRY = {"en": "/en/projects/", "fr": "/fr/projets/"}


@pytest.fixture(scope="module")
def window(open_window):
    return open_window(java_script_enabled=False)


@pytest.fixture(params=REGISTRY)
def registry(window, request):
    """The registry's page in one of the languages."""
    window.set_viewport_size(WIDE)
    window.goto(REGISTRY[request.param])
    return window


def results(page):
    return page.locator("#results > li")


def update(page):
    page.locator(".results-options button").click()


def test_a_filter_keeps_as_many_projects_as_the_number_beside_it_says(registry):
    registry.locator("#group-agreement_type summary").click()
    grant = registry.locator("#filters .choice", has=registry.locator("input[name=agreement_type][value=G]"))
    number = int(grant.locator(".choice-count").inner_text())
    grant.locator("input").check()
    registry.locator(".filter-actions button").click()
    expect(results(registry)).to_have_count(number)
    registry.locator(".chip").click()
    expect(registry.locator(".chip")).to_have_count(0)
    assert results(registry).count() > number


def test_words_are_searched_for(registry):
    registry.locator("#field-q").fill("uranium")
    registry.locator("#filters button").first.click()
    expect(registry.locator("#results mark").first).to_have_text("uranium", ignore_case=True)


def test_words_bring_the_best_match_first_unless_another_order_is_chosen(registry):
    def found() -> list[str]:
        registry.locator("#field-q").fill("mining training")
        registry.locator("#filters button").first.click()
        return registry.locator("#results .result-title").all_inner_texts()

    best_first = found()
    expect(registry.locator("#field-order option:checked")).to_have_text(re.compile("Best|pertinen", re.IGNORECASE))
    registry.locator("#field-order").select_option("title")
    update(registry)
    assert found() == sorted(best_first, key=sort_key)


def test_a_list_is_sorted(registry):
    registry.locator("#field-order").select_option("title")
    update(registry)
    titles = registry.locator("#results .result-title").all_inner_texts()
    assert titles == sorted(titles, key=sort_key)


def test_a_long_list_has_pages(registry):
    registry.locator("#field-page_size").select_option("10")
    update(registry)
    expect(results(registry)).to_have_count(10)
    first = registry.locator("#results .result-title").all_inner_texts()
    registry.locator(".pagination a[rel=next]").click()
    expect(registry.locator(".pagination [aria-current=page]")).to_contain_text("2")
    assert not set(first) & set(registry.locator("#results .result-title").all_inner_texts())


def test_a_record_opens_and_is_there_in_the_other_language(registry):
    link = registry.locator("#results .result-title a").first
    title, language = link.inner_text(), registry.locator("html").get_attribute("lang")
    link.click()
    expect(registry.locator("h1")).to_have_text(title)
    code = registry.url.rstrip("/").rsplit("/", 1)[1]
    registry.locator(".language-link").click()
    expect(registry.locator("html")).to_have_attribute("lang", "fr" if language == "en" else "en")
    assert registry.url.rstrip("/").endswith(f"/{code}")


def test_the_site_is_searched_from_every_page(registry):
    registry.locator("#site-search").fill("cobalt")
    registry.locator(".site-search button").click()
    expect(results(registry).first).to_contain_text("cobalt", ignore_case=True)


def test_the_menu_of_a_small_screen_opens(registry):
    registry.set_viewport_size({"width": 320, "height": 640})
    link = registry.locator(".menu-list a").last
    expect(link).not_to_be_visible()
    registry.locator(".menu-button").click()
    link.click()
    expect(registry.locator(".menu-list a").last).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("language", REGISTRY)
def test_an_error_is_reported_from_the_foot_of_a_record(window, language):
    window.goto(f"{REGISTRY[language]}gpi-0003/")
    window.locator(".report-link a").click()
    window.locator("#field-suggestion").fill("See the release.")
    window.locator("#field-contact").fill("nobody")
    window.locator(".report-form button").click()
    for field in ("field", "text", "contact"):
        expect(window.locator(f"#field-{field}")).to_have_attribute("aria-describedby", re.compile(f"error-{field}"))
    expect(window.locator("#field-suggestion")).to_have_value("See the release.")
    expect(window.locator("#field-website")).to_be_hidden()
    window.locator("#field-field").select_option("amount")
    window.locator("#field-text").fill("The amount is wrong.")
    window.locator("#field-contact").fill("")
    window.locator(".report-form button").click()
    expect(window.locator(".receipt")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    assert window.context.cookies() == []
