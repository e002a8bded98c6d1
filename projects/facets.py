"""The facets of the registry's lists, with the names of their values."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import place_name
from gpi_portal.i18n.figures import fiscal_year_name
from gpi_portal.i18n.languages import active_language, capitalized
from gpi_portal.models import Change
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.facets import Facet, choice_names, record_names
from programs.columns import AgreementType
from projects.columns import RecipientType
from projects.models import Project
from projects.models.provenance import Certainty


def place_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: place_name(code, active_language()) for code in codes}


def province_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: place_name(f"CA-{code}", active_language()) for code in codes}


def year_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: fiscal_year_name(int(code)) for code in codes}


def certainty_names(codes: list[str], moment: Moment) -> dict[str, str]:
    """Names by code: ``inferred`` means any value of the record, ``amount-inferred`` its amount."""
    words = {code: str(label) for code, label in Certainty.choices}
    any_value, amount = _("Any value: %(certainty)s"), _("Amount: %(certainty)s")
    patterns = {code: amount if code.startswith("amount-") else any_value for code in codes}
    return {code: str(patterns[code]) % {"certainty": words[code.removeprefix("amount-")]} for code in codes}


def noun_names(codes: list[str], moment: Moment) -> dict[str, str]:
    return {code: capitalized(nouns()[code]._meta.verbose_name) for code in codes}


RECIPIENT_TYPE = Facet("recipient_type", _("Type of recipient"), choice_names(RecipientType.choices), "recipient_type")

PROJECT_FACETS = (
    Facet("program", _("Program"), record_names("program"), overlaps=True),
    Facet("stream", _("Funding stream"), record_names("stream"), "stream"),
    Facet("focus_area", _("Focus area"), record_names("focus_area"), overlaps=True),
    Facet("agreement_type", _("Agreement type"), choice_names(AgreementType.choices), "agreement_type"),
    Facet("recipient", _("Recipient"), record_names("recipient"), "recipient"),
    RECIPIENT_TYPE,
    Facet("mineral", _("Mineral"), record_names("mineral"), overlaps=True),
    Facet("initiative", _("Partner initiative"), record_names("initiative"), overlaps=True),
    Facet("location", _("Place of the work"), place_names, overlaps=True),
    Facet("province", _("Recipient’s province or territory"), province_names, "province"),
    Facet("country", _("Recipient’s country"), place_names, "country"),
    Facet("status", _("Status"), choice_names(Project.Status.choices), "status"),
    Facet("fiscal_year", _("Fiscal year"), year_names, "fiscal_year", over_time=True),
    Facet("certainty", _("Certainty"), certainty_names, overlaps=True, none=_("No source recorded")),
    Facet("own_program", _("Program, without those under it"), record_names("program"), "program"),
)

CHARTED = ("stream", "focus_area", "recipient_type", "mineral", "fiscal_year")
CHART_FACETS = tuple(facet for name in CHARTED for facet in PROJECT_FACETS if facet.name == name)
PLACES = next(facet for facet in PROJECT_FACETS if facet.name == "location")

RECIPIENT_FACETS = (
    RECIPIENT_TYPE,
    Facet("province", _("Province or territory"), province_names, "province"),
    Facet("country", _("Country"), place_names, "country"),
)


def of_change(facet: Facet) -> Facet:
    """The facet of the registry for versions of every noun: by their tags, or by the row of a project."""
    if facet.name in ("stream", "recipient"):
        return replace(facet, overlaps=True)
    return replace(facet, column=f"registry_row__{facet.column}") if facet.column else facet


CHANGE_FACETS = (
    Facet("change", _("Kind of change"), choice_names(Change.choices), "change"),
    Facet("noun", _("Kind of record"), noun_names, "noun"),
    *map(of_change, PROJECT_FACETS),
)
