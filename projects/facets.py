"""The facets of the registry's lists, with the names of their values."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import PROVINCES, country_names, place_name
from gpi_portal.i18n.figures import fiscal_year_name
from gpi_portal.i18n.languages import active_language, capitalized
from gpi_portal.models import Change
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.facets import Facet, Values, choices, facets_of
from gpi_portal.query.fields import known_choices, known_years
from projects.models import Project, Recipient, RegistryRow
from projects.models.provenance import Certainty


def place_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: place_name(code, active_language()) for code in codes}


def year_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: fiscal_year_name(int(code)) for code in codes}


def certainty_names(codes: list[str], moment: Moment) -> dict[str, str]:
    """Names by code: ``inferred`` means any value of the record, ``amount-inferred`` its amount."""
    words = {code: str(label) for code, label in Certainty.choices}
    any_value, amount = _("Any value: %(certainty)s"), _("Amount: %(certainty)s")
    patterns = {code: amount if code.startswith("amount-") else any_value for code in codes}
    return {code: str(patterns[code]) % {"certainty": words[code.removeprefix("amount-")]} for code in codes}


def known_nouns(codes: list[str]) -> set[str]:
    return set(nouns()).intersection(codes)


def noun_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: capitalized(nouns()[code]._meta.verbose_name) for code in codes}


#: The certainty of any value of a record, or of its amount.
CERTAINTIES = [*Certainty.values, *(f"amount-{certainty}" for certainty in Certainty.values)]
OF_PLACES = Values(place_names, known_choices([*country_names("en"), *(f"CA-{code}" for code in PROVINCES)]))

OWN = facets_of(Project)
OF_RECIPIENT = facets_of(Recipient, recipient_type=_("Type of recipient"))
PROGRAM = OWN["program"]

PROJECT_FACETS = (
    # The programs above that of a project are among its tags.
    replace(PROGRAM, column="", overlaps=True),
    OWN["stream"],
    OWN["focus_area"],
    OWN["agreement_type"],
    OWN["recipient"],
    OF_RECIPIENT["recipient_type"],
    OWN["mineral"],
    OWN["initiative"],
    Facet("location", _("Place of the work"), OF_PLACES, overlaps=True),
    replace(OF_RECIPIENT["province"], label=_("Recipient’s province or territory")),
    replace(OF_RECIPIENT["country"], label=_("Recipient’s country")),
    OWN["status"],
    Facet(
        "fiscal_year",
        _("Fiscal year"),
        Values(year_names, known_years(RegistryRow, "fiscal_year")),
        "fiscal_year",
        over_time=True,
    ),
    Facet(
        "certainty",
        _("Certainty"),
        Values(certainty_names, known_choices(CERTAINTIES)),
        overlaps=True,
        none=_("No source recorded"),
    ),
    replace(PROGRAM, name="own_program", label=_("Program, without those under it")),
)

CHARTED = ("stream", "focus_area", "recipient_type", "mineral", "fiscal_year")
CHART_FACETS = tuple(facet for name in CHARTED for facet in PROJECT_FACETS if facet.name == name)
PLACES = next(facet for facet in PROJECT_FACETS if facet.name == "location")

RECIPIENT_FACETS = tuple(OF_RECIPIENT[name] for name in ("recipient_type", "province", "country"))


def of_change(facet: Facet) -> Facet:
    """The facet of the registry for versions of every noun: by their tags, or by the row of a project."""
    if facet.name in ("stream", "recipient"):
        return replace(facet, column="", overlaps=True)
    return replace(facet, column=f"registry_row__{facet.column}") if facet.column else facet


CHANGE_FACETS = (
    Facet("change", _("Kind of change"), choices(Change.choices), "change"),
    Facet("noun", _("Kind of record"), Values(noun_names, known_nouns), "noun"),
    *map(of_change, PROJECT_FACETS),
)
