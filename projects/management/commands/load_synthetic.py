import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from gpi_portal.management.lock import alone_on
from gpi_portal.models import RegistryVersion
from gpi_portal.models.trace import one_act
from gpi_portal.publishing.publish import publish
from gpi_portal.staff.searching import read_again
from projects.models import Project, Recipient, Source
from projects.synthetic import CHUNK, GREAT, PREFIX, SOURCE, Chunk, Maker, World, code_of, source


class Command(BaseCommand):
    help = (
        "Load and publish N made-up projects beside what is there, to measure with; never on a portal that is public. "
        "An interrupted loading goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="N", help="how many made-up projects there shall be in the end")
        parser.add_argument("--seed", type=int, default=7, help="another number makes other records; 7 unless told")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted, begun = options["number"], time.process_time()
        if wanted < 1:
            raise CommandError("N is the number of projects: 1 or more.")
        if not RegistryVersion.objects.exists():
            raise CommandError("Load the registry first: ./portal manage load_registry")
        with alone_on(connection):
            self.load(wanted, options["seed"], begun)

    def load(self, wanted: int, seed: int, begun: float) -> None:
        present = Project.objects.filter(code__startswith=PREFIX).count()
        if present % CHUNK and present < wanted:
            raise CommandError(f"There are {present} of them: more can be added to a multiple of {CHUNK} only.")
        world = World.present(self.source())
        for start in range(present, wanted, CHUNK):
            great = [code_of(number) for number in range(GREAT)]
            receivers: Any = Recipient.objects.filter(code__in=great).order_by("code")
            world.great = list(receivers)
            with collected_at_the_end():
                store_and_publish(Maker(seed, start // CHUNK, world).make(min(CHUNK, wanted - start)))
            done = min(start + CHUNK, wanted)
            speed = (done - present) / (time.process_time() - begun)
            self.stdout.write(f"{done} of {wanted} projects, {speed:.0f} a second of processor time")
        for model in (Source, Recipient, Project):
            read_again(model)

    def source(self) -> Source:
        found: Any = Source.objects.filter(code=SOURCE).first() or source()
        if found.pk is None:
            found.save()
            publish([found], reason="Made-up source")
        return found  # type: ignore[no-any-return]


@contextmanager
def collected_at_the_end() -> Iterator[None]:
    """The rows of a chunk are many and go together: looking for what can go already takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def store_and_publish(chunk: Chunk) -> None:
    """Store a chunk and publish it, or neither."""
    with transaction.atomic(), one_act() as moment:
        stored: dict[Any, list[Any]] = {Recipient: chunk.recipients, Project: chunk.projects, **chunk.rows}
        for model, rows in stored.items():
            model.objects.bulk_create(rows, batch_size=CHUNK)
        link(chunk)
        for model, rows in stored.items():
            model.history.bulk_history_create(rows, batch_size=CHUNK, default_date=moment)
        first, last = chunk.recipients[0].code, chunk.recipients[-1].code
        publish(Recipient.objects.filter(code__range=(first, last)), reason="Made-up recipients")
        publish(Project.objects.filter(pk__in=[project.pk for project in chunk.projects]), reason="Made-up projects")


def link(chunk: Chunk) -> None:
    for name in ("minerals", "focus_areas"):
        column: Any = Project._meta.get_field(name)
        through, other = column.remote_field.through, column.m2m_reverse_field_name()
        pairs = [
            through(**{f"{column.m2m_field_name()}_id": project.pk, f"{other}_id": record.pk})
            for project, links in chunk.links
            for record in links[name]
        ]
        through.objects.bulk_create(pairs, batch_size=CHUNK)
