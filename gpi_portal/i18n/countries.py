"""Names of countries and of Canada's provinces and territories, in both languages."""

import functools

from babel import Locale
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gpi_portal.i18n.languages import LANGUAGES, active_language, sort_key

#: The federal two-letter codes; `CA-` before one gives the ISO 3166-2 code used for places of work.
PROVINCES = {
    "AB": _("Alberta"),
    "BC": _("British Columbia"),
    "MB": _("Manitoba"),
    "NB": _("New Brunswick"),
    "NL": _("Newfoundland and Labrador"),
    "NS": _("Nova Scotia"),
    "NT": _("Northwest Territories"),
    "NU": _("Nunavut"),
    "ON": _("Ontario"),
    "PE": _("Prince Edward Island"),
    "QC": _("Quebec"),
    "SK": _("Saskatchewan"),
    "YT": _("Yukon"),
}


@functools.cache
def country_names(language: str) -> dict[str, str]:
    """ISO 3166-1 code → name of the country in ``en`` or ``fr``, as the Unicode CLDR gives it for Canada."""
    territories = Locale(language, "CA").territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}


def country_choices() -> list[tuple[str, str]]:
    """(code, name in the page's language), in alphabetical order."""
    return list(_choices_in(active_language()))


@functools.cache
def _choices_in(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(country_names(language).items(), key=lambda item: sort_key(item[1])))


def split_codes(value: str) -> list[str]:
    """``"AU, ca US"`` → ``["AU", "CA", "US"]``."""
    return value.replace(",", " ").upper().split()


def place_name(code: str, language: str) -> str:
    """The name of a place of work: a country (``CL``) or a province or territory (``CA-NT``)."""
    if code.startswith("CA-"):
        with override(language):
            return str(PROVINCES[code[3:]])
    return country_names(language)[code]


def place(code: str) -> str:
    """The name of a place in the page's language; empty for an empty code."""
    return place_name(code, active_language()) if code else ""


def province_name(code: str) -> str:
    """The name of a province or territory by its federal code; empty for an empty code."""
    return place(code and f"CA-{code}")


def place_names(*codes: str) -> list[str]:
    """The names of these places in both languages, for the search, without empty codes."""
    return [place_name(code, language) for code in codes if code for language in LANGUAGES]
