"""Currency codes (ISO 4217) and their names."""

import functools

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gpi_portal.i18n.languages import active_language, capitalized

#: In Canadian usage; the Unicode CLDR capitalizes every word in English.
OWN_NAMES = {"CAD": _("Canadian dollar"), "USD": _("US dollar")}
OWN_UNITS = {"USD": _("US dollars")}


@functools.cache
def currency_names(language: str) -> dict[str, str]:
    """Currency code → its name in ``en`` or ``fr``."""
    return dict(Locale(language, "CA").currencies)


def currency_name(code: str) -> str:
    """The name of a currency in the page's language, capitalized."""
    name = OWN_NAMES.get(code) or currency_names(active_language()).get(code, code)
    return capitalized(name)


def currency_unit(code: str) -> str:
    """The plural that follows "in" or an amount: ``Canadian dollars``, ``dollars canadiens``."""
    return str(OWN_UNITS.get(code) or get_currency_name(code, count=2, locale=f"{active_language()}_CA"))


currency_unit_lazy = lazy(currency_unit, str)


@functools.cache
def known_currencies() -> frozenset[str]:
    """The codes of the currencies that an amount can be in."""
    return frozenset(code for code, _name in currency_choices())


def currency_choices() -> list[tuple[str, str]]:
    """(code, name in the page's language) of the currencies in use today, Canadian and US dollars first."""
    return list(_choices_in(active_language()))


@functools.cache
def _choices_in(language: str) -> tuple[tuple[str, str], ...]:
    in_use = {
        code
        for codes in get_global("territory_currencies").values()
        for code, _from, to, tender in codes
        if tender and to is None
    }
    others = sorted((in_use & set(currency_names("en"))) - set(OWN_NAMES))
    with override(language):
        return tuple((code, currency_name(code)) for code in (*OWN_NAMES, *others))
