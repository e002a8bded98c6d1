"""The catalogue: programs, focus areas, funding streams with their calls, partner initiatives."""

from programs.models.criteria import ANSWERS, Criterion
from programs.models.focus_area import FocusArea, SupportedActivity
from programs.models.initiative import PartnerInitiative
from programs.models.program import Program, ProgramPurpose
from programs.models.stream import Call, FundingStream, StreamCondition

__all__ = [
    "ANSWERS",
    "Call",
    "Criterion",
    "FocusArea",
    "FundingStream",
    "PartnerInitiative",
    "Program",
    "ProgramPurpose",
    "StreamCondition",
    "SupportedActivity",
]
