"""The terms of funding that the glossary explains."""

from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.glossary import Term

TERMS = (
    Term(
        "grant",
        _("Grant"),
        _("Money given to a recipient that meets the conditions; it does not have to account for how it is spent."),
    ),
    Term(
        "contribution",
        _("Contribution"),
        _("Money given for a stated purpose. The recipient has to account for it and can be audited."),
    ),
    Term(
        "agreement",
        _("Agreement"),
        _("What the department and the recipient sign: how much money, for what, from when to when."),
    ),
    Term(
        "amendment",
        _("Amendment"),
        _("A later change to an agreement. Each one states the new total value, not the difference."),
    ),
    Term(
        "agreement-value",
        _("Agreement value"),
        _("All the money that an agreement provides for, over all its years, after its latest amendment."),
    ),
    Term(
        "co-funding",
        _("Co-funding"),
        _("Money from another funder for the same project. It is shown apart and is in no total."),
    ),
    Term("recipient", _("Recipient"), _("The organization or person that receives the money.")),
    Term(
        "funding-stream",
        _("Funding stream"),
        _("One of the ways in which a program gives money, with its own purpose and conditions."),
    ),
    Term(
        "call-for-proposals",
        _("Call for proposals"),
        _("A period in which organizations can propose projects for funding, under published conditions."),
    ),
    Term(
        "repayable",
        _("Repayable"),
        _("Money that has to be paid back, under conditions set in the agreement. Non-repayable money does not."),
    ),
)
