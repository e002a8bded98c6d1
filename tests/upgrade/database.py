"""A database as the portal of then left it, beside the one that all other tests use."""

import json
import lzma
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache as kept_answers
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FILE = Path(__file__).with_name("before.json.xz")
INDEX = {"sqlite": "%s", "postgresql": "%s::tsvector"}


@cache
def before() -> dict[str, Any]:
    """What `make_before` wrote down."""
    return json.loads(lzma.decompress(FILE.read_bytes()))


@contextmanager
def empty_database() -> Iterator[None]:
    """The default connection leads to a new database, which is dropped at the end."""
    usual = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        other = f"{usual}_upgrade" if connection.vendor == "postgresql" else f"{folder}/upgrade.sqlite3"
        if connection.vendor == "postgresql":
            execute(f'DROP DATABASE IF EXISTS "{other}"', f'CREATE DATABASE "{other}"')
        try:
            switch_to(other)
            yield
        finally:
            switch_to(usual)
            if connection.vendor == "postgresql":
                execute(f'DROP DATABASE "{other}"')


def switch_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    kept_answers.clear()


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def restore_before() -> None:
    """The tables of then, made by the migrations of then, with the rows of then as they were."""
    executor = MigrationExecutor(connection)
    targets = [tuple(migration) for migration in before()["migrations"]]
    executor.migrate(targets)
    models = executor.loader.project_state(targets).apps.get_models(include_auto_created=True)
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            insert(cursor, model, **before()["tables"][model._meta.label_lower])
        lexemes = [(pk, texts[connection.vendor == "postgresql"]) for pk, *texts in before()["search_index"]]
        place = INDEX[connection.vendor]
        cursor.executemany(f"INSERT INTO gpi_portal_searchindex (rowid, lexemes) VALUES (%s, {place})", lexemes)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def insert(cursor: Any, model: Any, columns: list[str], rows: list[list[Any]]) -> None:
    """Past the models' own `save`, which would set what is set at each saving."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[column] for column in columns]
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [
        [field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)]
        for row in rows
    ]
    if values:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({quoted}) VALUES ({places})", values)
