"""Currency codes (ISO 4217) and their names."""

import functools

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext_lazy as _

from gpi_portal.languages import active_language, capitalized

#: Written as Canadian usage has it; the Unicode CLDR capitalizes every word in English.
OWN_NAMES = {"CAD": _("Canadian dollar"), "USD": _("US dollar")}


@functools.cache
def currency_names(language: str) -> dict[str, str]:
    """Currency code → its name in ``en`` or ``fr``."""
    return dict(Locale(language, "CA").currencies)


def currency_name(code: str) -> str:
    """The name of a currency in the page's language, as a text begins with it."""
    name = OWN_NAMES.get(code) or currency_names(active_language()).get(code, code)
    return capitalized(name)


def currency_choices() -> list[tuple[str, str]]:
    """(code, name in the page's language) of the currencies in use today, Canadian and US dollars first."""
    in_use = {
        code
        for codes in get_global("territory_currencies").values()
        for code, _from, to, tender in codes
        if tender and to is None
    }
    others = sorted((in_use & set(currency_names("en"))) - set(OWN_NAMES))
    return [(code, currency_name(code)) for code in (*OWN_NAMES, *others)]
