"""What the records of the registry consist of."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import PROVINCES, country_choices, place, province_name
from gpi_portal.i18n.currencies import currency_choices, currency_name
from gpi_portal.i18n.days import validate_year
from gpi_portal.i18n.figures import AmountQualifier, day_in_words, long_date, money
from gpi_portal.i18n.languages import Record
from gpi_portal.models import Typed, column, texts
from programs.columns import NOT_STATED, AgreementType, other_names


def coded(label: Any, length: int, pattern: str, message: Any, **traits: Any) -> "models.CharField[Any, Any]":
    """A code of somebody else's, of which only the form is known."""
    form = RegexValidator(pattern, message)
    return column(models.CharField(label, max_length=length, blank=True, validators=[form]), **traits)


def on_the_list(mineral: Record) -> dict[str, Any]:
    """Whether Canada's list of critical minerals names it, which is an answer either way."""
    day = mineral["list_version"]
    return {"value": gettext("Yes, in its version of %(day)s") % {"day": long_date(day)} if day else gettext("No")}


class MineralColumns(Typed):
    name = texts(_("name"), length=120, searched="title", in_card=True, required=True)
    list_version = column(
        models.DateField(
            _("version of Canada’s list"),
            null=True,
            blank=True,
            help_text=_("Date of the newest list that names it. Empty: not on Canada’s list."),
        ),
        in_card=True,
        is_past=True,
        term=_("On Canada’s list of critical minerals"),
        show=on_the_list,
        empty_is_answer=True,
    )
    listed_since = column(
        models.PositiveSmallIntegerField(
            _("on the list since (year)"), null=True, blank=True, validators=[validate_year]
        ),
        is_past=True,
        term=_("On the list since"),
        beside="list_version",
    )
    aliases = other_names(in_card=True)

    class Meta:
        abstract = True


class RecipientType(models.TextChoices):
    """The federal disclosure's types of recipients; empty means that none is recorded."""

    FOR_PROFIT = "F", _("for-profit organization")
    NOT_FOR_PROFIT = "N", _("not-for-profit organization or charity")
    ACADEMIA = "S", _("academia or public institution")
    INDIGENOUS = "A", _("Indigenous recipient")
    GOVERNMENT = "G", _("government")
    INTERNATIONAL = "I", _("international organization (non-government)")
    INDIVIDUAL = "P", _("individual or sole proprietorship")
    OTHER = "O", _("other")


class RecipientColumns(Typed):
    name = texts(_("name as published"), length=250, searched="title", in_card=True, required=True)
    legal_name = texts(_("legal name"), length=250, searched="title", in_card=True)
    operating_name = texts(_("operating name"), length=250, searched="title", in_card=True, rare=True)
    aliases = other_names(in_card=True)
    description = texts(_("description"), searched="body")
    recipient_type = column(
        models.CharField(_("type"), max_length=1, choices=RecipientType.choices, blank=True, help_text=NOT_STATED),
        in_card=True,
        filtered=True,
    )
    country = column(
        models.CharField(_("country"), max_length=2, choices=country_choices, blank=True),
        searched="body",
        in_card=True,
        names=place,
        filtered=True,
    )
    province = column(
        models.CharField(_("province or territory"), max_length=2, choices=PROVINCES.items(), blank=True),
        searched="body",
        in_card=True,
        names=province_name,
        filtered=True,
    )
    city = texts(_("city"), length=120, searched="body", in_card=True)
    business_number = coded(_("business number"), 9, r"^\d{9}$", _("A business number has nine digits."))
    website = column(models.URLField(_("website"), blank=True), rare=True)

    class Meta:
        abstract = True


def end_of(project: Record) -> dict[str, Any]:
    return {"value": gettext("Open-ended") if project["end_open"] else day_in_words(project["end_date"])}


def foreign_money(project: Record) -> dict[str, Any]:
    value = project["foreign_value"]
    return {"value": "" if value is None else money(value, project["foreign_currency"])}


class AgreementColumns(Typed):
    """Who gives what to whom, for what and when."""

    class Status(models.TextChoices):
        CONDITIONALLY_APPROVED = "conditionally_approved", _("conditionally approved")
        ANNOUNCED = "announced", _("announced")
        AGREEMENT_SIGNED = "agreement_signed", _("agreement signed")
        ACTIVE = "active", _("active")
        COMPLETED = "completed", _("completed")
        TERMINATED = "terminated", _("terminated")

    class Origin(models.TextChoices):
        STAFF = "staff", _("program staff")
        FEDERAL = "federal", _("federal proactive disclosure")

    title = texts(_("title"), length=250, searched="title", in_card=True, required=True, belongs_to="description")
    description = texts(_("description"), searched="body", required=True)
    recipient = column(
        models.ForeignKey("projects.Recipient", models.PROTECT, related_name="projects", verbose_name=_("recipient")),
        searched="title",
        filtered=True,
    )
    program = column(
        models.ForeignKey(
            "programs.Program",
            models.PROTECT,
            related_name="projects",
            verbose_name=_("program"),
            help_text=_("The most specific one: programs above it are included by themselves."),
        ),
        searched="body",
        filtered=True,
    )
    stream = column(
        models.ForeignKey(
            "programs.FundingStream",
            models.PROTECT,
            null=True,
            blank=True,
            related_name="projects",
            verbose_name=_("funding stream"),
        ),
        glossary="funding-stream",
        searched="body",
        filtered=True,
    )
    focus_areas = column(
        models.ManyToManyField(
            "programs.FocusArea", blank=True, related_name="projects", verbose_name=_("focus areas")
        ),
        searched="body",
        filtered=True,
    )
    initiatives = column(
        models.ManyToManyField(
            "programs.PartnerInitiative", blank=True, related_name="projects", verbose_name=_("partner initiatives")
        ),
        searched="body",
        rare=True,
        filtered=True,
    )
    minerals = column(
        models.ManyToManyField("projects.Mineral", blank=True, related_name="projects", verbose_name=_("minerals")),
        searched="body",
        filtered=True,
    )
    agreement_type = column(
        models.CharField(
            _("agreement type"), max_length=1, choices=AgreementType.choices, blank=True, help_text=NOT_STATED
        ),
        glossary="agreement",
        searched="body",
        filtered=True,
    )
    amount = column(
        models.DecimalField(_("amount"), max_digits=15, decimal_places=2, null=True, blank=True, help_text=NOT_STATED),
        given_by="amendments",
    )
    currency = column(
        models.CharField(_("currency"), max_length=3, choices=currency_choices, default="CAD"),
        names=currency_name,
        belongs_to="amount",
    )
    amount_qualifier = column(
        models.CharField(_("qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT),
        term=_("Qualifier of the amount"),
        qualifies="amount",
    )
    amount_rounded_to = column(
        models.PositiveIntegerField(
            _("stated to the nearest"), default=1, help_text=_("1 for $165,300; 100000 for $7.5 million.")
        ),
        qualifies="amount",
    )
    announced_on = column(
        models.DateField(pgettext_lazy("date", "announced"), null=True, blank=True), term=_("Announced"), is_past=True
    )
    start_date = column(models.DateField(_("agreement start"), null=True, blank=True))
    end_date = column(models.DateField(_("agreement end"), null=True, blank=True), show=end_of, given_by="amendments")
    end_open = column(
        models.BooleanField(_("open-ended: a source says that it goes on"), default=False),
        term=_("Agreement end"),
        show=end_of,
        shown_with="end_date",
    )
    status = column(
        models.CharField(_("status"), max_length=24, choices=Status.choices, blank=True, help_text=NOT_STATED),
        filtered=True,
    )
    origin = column(
        models.CharField(_("origin of the record"), max_length=8, choices=Origin.choices, default=Origin.STAFF),
        is_ours=True,
    )

    class Meta:
        abstract = True


class DisclosureColumns(Typed):
    """What the federal disclosure of grants and contributions asks of an agreement beside that."""

    reference_number = column(
        models.CharField(_("reference number"), max_length=60, blank=True),
        searched="body",
        term=_("Federal reference number"),
    )
    agreement_number = column(models.CharField(_("agreement number"), max_length=60, blank=True), searched="body")
    purpose = texts(_("purpose"), searched="body", rare=True)
    expected_results = texts(_("expected results"), searched="body", rare=True)
    coverage = texts(_("coverage"), length=250, searched="body", rare=True)
    naics = coded(_("NAICS code"), 6, r"^\d{2,6}$", _("A NAICS code has two to six digits."), rare=True)
    research_organization = texts(_("research organization"), length=250, searched="body", rare=True)
    postal_code = coded(
        _("postal code"), 7, r"^[A-Z]\d[A-Z] \d[A-Z]\d$", _("Write the postal code like A1A 1A1."), rare=True
    )
    riding_name = texts(_("federal riding"), length=120, rare=True)
    riding_number = coded(
        _("federal riding number"), 5, r"^\d{5}$", _("A federal riding number has five digits."), rare=True
    )
    foreign_currency = column(
        models.CharField(_("foreign currency"), max_length=3, choices=currency_choices, blank=True),
        belongs_to="foreign_value",
        shown_with="foreign_value",
    )
    foreign_value = column(
        models.DecimalField(_("foreign value"), max_digits=15, decimal_places=2, null=True, blank=True),
        term=_("Value in foreign currency"),
        show=foreign_money,
        rare=True,
    )
    additional_information = texts(_("additional information"), searched="body", rare=True)
    owner_organization = column(models.CharField(_("owner organization"), max_length=60, blank=True), rare=True)

    class Meta:
        abstract = True


class SourceColumns(Typed):
    class Kind(models.TextChoices):
        PAGE = "page", _("web page")
        RELEASE = "release", _("news release")
        ARTICLE = "article", _("article")
        DATASET = "dataset", _("data set")

    kind = column(models.CharField(_("kind"), max_length=8, choices=Kind.choices), is_ours=True)
    title = texts(_("title"), length=300, blank=False, searched="title", in_card=True)
    publisher = texts(_("publisher"), length=200, blank=False, searched="body", in_card=True, required=True)
    url = column(models.URLField(_("address"), max_length=500), in_card=True)
    language = column(
        models.CharField(
            _("language of the source"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))]
        ),
        in_card=True,
    )
    published_on = column(
        models.DateField(pgettext_lazy("date", "published"), null=True, blank=True), in_card=True, is_past=True
    )
    retrieved_on = column(
        models.DateField(pgettext_lazy("date", "retrieved"), null=True, blank=True), in_card=True, is_past=True
    )
    licence = texts(_("licence"), length=250)

    class Meta:
        abstract = True
