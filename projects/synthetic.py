"""A made-up registry in the shape of the federal disclosure, to measure with: nothing in it is true.

What a chunk holds follows from the seed and its number alone, so that a smaller registry is the beginning of a larger
one and an interrupted loading goes on where it was.
"""

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gpi_portal.i18n.countries import PROVINCES
from gpi_portal.models import TranslationStatus
from programs.models import FocusArea, FundingStream, Program
from projects.models import Amendment, Citation, Location, Mineral, Project, Recipient, Source

CHUNK = 500
#: Recipients of a chunk; a tenth of the projects goes to one of the first of all, as a few receive very much.
RECIPIENTS = 75
GREAT = 20
PREFIX = "synthetic-"
SOURCE = "made-up-disclosure"
#: Beginnings and ends of words; the more frequent a word, the earlier in its list it is.
WORDS = {
    "en": "mineral critical mining community research training supply battery northern water climate lithium nickel "
    "recycling extraction refinery pilot engineering tailings copper graphite cobalt energy partnership",
    "fr": "minéral critique minier communauté recherche formation approvisionnement batterie nordique eau climat "
    "lithium nickel recyclage extraction raffinerie pilote ingénierie résidu cuivre graphite cobalt énergie",
}
ROOTS = {language: words.split() for language, words in WORDS.items()}
ENDS = {
    "en": ["", "s", " project", " study", " site", " partner", " method", " of the north", " and data", " for all"],
    "fr": ["", "s", " du projet", " d’étude", " du site", " partenaire", " de méthode", " du Nord", " et données"],
}
KINDS = ("Inc.", "Ltd.", "Society", "First Nation", "University", "Institute", "Foundation", "Cooperative")
TYPES = dict(zip(KINDS, "FFNASSNN", strict=True))
LETTERS = "ba be bi bo ca co da de di do fa fe ga go ha la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si ta"
SYLLABLES = [*LETTERS.split()]
FIELDS = ("title", "amount", "start_date", "recipient", "description")


@dataclass
class World:
    """What the made-up records point to: the catalogue and the minerals that are there."""

    programs: Sequence[Program]
    streams: dict[int, list[FundingStream]]
    focus_areas: Sequence[FocusArea]
    minerals: Sequence[Mineral]
    source: Source
    great: Sequence[Recipient] = ()

    @classmethod
    def present(cls, source: Source) -> "World":
        of_program: dict[int, list[Any]] = {}
        streams: Any = FundingStream.objects.order_by("code")
        for stream in streams:
            of_program.setdefault(stream.program_id, []).append(stream)
        found: Any = (model.objects.order_by("code") for model in (Program, FocusArea, Mineral))
        programs, focus_areas, minerals = map(list, found)
        return cls(programs, of_program, focus_areas, minerals, source)


@dataclass
class Chunk:
    """The rows of one chunk, none of them stored; ``links``: project → list → the records in it."""

    recipients: list[Recipient] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    rows: dict[type[Any], list[Any]] = field(default_factory=lambda: {Amendment: [], Location: [], Citation: []})
    links: list[tuple[Project, dict[str, list[Any]]]] = field(default_factory=list)


def code_of(number: int) -> str:
    return f"{PREFIX}{number:07d}"


def source() -> Source:
    """The source that every made-up value cites."""
    return Source(
        code=SOURCE,
        kind=Source.Kind.DATASET,
        title_en="Made-up disclosure",
        title_fr="Divulgation inventée",
        publisher_en="Nobody",
        publisher_fr="Personne",
        url="https://example.org/made-up",
        language="en",
        retrieved_on=datetime.date(2026, 1, 1),
    )


class Maker:
    """Makes the rows of one chunk."""

    def __init__(self, seed: int, number: int, world: World) -> None:
        self.number, self.world = number, world
        self.random = random.Random(f"{seed} {number}")  # noqa: S311  # nothing secret
        self.chunk = Chunk()

    def make(self, count: int) -> Chunk:
        """A chunk of this many projects."""
        for place in range(RECIPIENTS):
            self.chunk.recipients.append(self.recipient(self.number * RECIPIENTS + place))
        for place in range(count):
            self.project(self.number * CHUNK + place + 1)
        return self.chunk

    def words(self, language: str, least: int, most: int) -> str:
        """So many words of a language, the frequent ones more often."""
        roots, ends, dice = ROOTS[language], ENDS[language], self.random.random
        found: list[str] = []
        length = least + int(dice() * (most - least))
        while len(found) < length:
            found.append(roots[int(len(roots) * dice() ** 2)] + ends[int(len(ends) * dice() ** 2)])
            if dice() < 0.2:
                found.append(self.name(2))
        return " ".join(found)

    def name(self, syllables: int = 3) -> str:
        return "".join(self.random.choices(SYLLABLES, k=syllables))

    def both(self, name: str, least: int, most: int) -> dict[str, str]:
        """A text in both languages, as columns."""
        return {f"{name}_{language}": self.words(language, least, most).capitalize() + "." for language in ("en", "fr")}

    def recipient(self, number: int) -> Recipient:
        kind = self.random.choice(KINDS)
        name = f"{self.name().title()} {self.name().title()} {kind}"
        is_here = self.random.random() < 0.96
        return Recipient(
            code=code_of(number),
            name_en=name,
            name_fr=name,
            legal_name_en=f"{name} of Canada",
            legal_name_fr=f"{name} du Canada",
            recipient_type=TYPES[kind],
            country="CA" if is_here else self.random.choice(("US", "FR", "GB", "CL")),
            province=self.random.choice(list(PROVINCES)) if is_here else "",
            city_en=(city := self.name().title()),
            city_fr=city,
            name_translation=TranslationStatus.OFFICIAL,
        )

    def project(self, number: int) -> None:
        begins = datetime.date(2005, 4, 1) + datetime.timedelta(days=int(7600 * self.random.random() ** 0.6))
        ends = begins + datetime.timedelta(days=self.random.randrange(30, 1800))
        value = Decimal(round(self.random.lognormvariate(10.6, 1.9), 2)).quantize(Decimal("0.01"))
        program = self.random.choice(self.world.programs)
        streams = self.world.streams.get(program.pk, [])
        to_great = self.world.great and self.random.random() < 0.1
        project = Project(
            code=code_of(number),
            origin=Project.Origin.FEDERAL,
            recipient=self.random.choice(self.world.great if to_great else self.chunk.recipients),
            program=program,
            stream=self.random.choice(streams) if streams and self.random.random() < 0.8 else None,
            agreement_type=self.random.choices("GCO", (55, 42, 3))[0],
            amount=value,
            start_date=begins,
            end_date=ends,
            status=self.random.choice((Project.Status.ACTIVE, Project.Status.COMPLETED)),
            reference_number=f"001-2024-2025-Q1-{number:07d}",
            naics=str(self.random.randrange(111110, 928120)),
            **self.both("title", 4, 10),
            **self.both("description", 20, 80),
            **(self.both("expected_results", 10, 26) if self.random.random() < 0.3 else {}),
        )
        self.chunk.projects.append(project)
        self.rows_of(project, value, begins, ends)

    def rows_of(self, project: Project, value: Decimal, begins: datetime.date, ends: datetime.date) -> None:
        rows, dice = self.chunk.rows, self.random
        if dice.random() < 0.22:
            for step in range(dice.randrange(2, 5)):
                on = begins + datetime.timedelta(days=200 * step) if step else None
                rows[Amendment].append(
                    Amendment(project=project, number=step, value=value, end_date=ends, amended_on=on)
                )
        if dice.random() < 0.33:
            place = self.name().title()
            rows[Location].append(
                Location(
                    project=project,
                    kind=Location.Kind.SITE,
                    name_en=place,
                    name_fr=place,
                    country="CA",
                    province=dice.choice(list(PROVINCES)),
                )
            )
        said = (Citation(project=project, field=name, certainty="stated", source=self.world.source) for name in FIELDS)
        rows[Citation].extend(said)
        links = {
            "minerals": some(dice, self.world.minerals, 3),
            "focus_areas": some(dice, self.world.focus_areas, 1),
        }
        self.chunk.links.append((project, links))


def some(dice: random.Random, records: Iterable[Any], most: int) -> list[Any]:
    """Up to so many of the records, the first ones more often."""
    found = list(records)
    chosen = {int(len(found) * dice.random() ** 2) for _time in range(dice.randrange(most + 1))}
    return [found[place] for place in sorted(chosen)]
