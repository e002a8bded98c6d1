from django.db import migrations

# The index of the working rows, made like that of the published versions; 0002 explains it.
FTS5 = """
    CREATE VIRTUAL TABLE gpi_portal_workingindex
    USING fts5(lexemes, columnsize=0, tokenize="ascii tokenchars '=~:^'")
"""

TSVECTOR = "CREATE TABLE gpi_portal_workingindex (rowid bigint PRIMARY KEY, lexemes tsvector NOT NULL)"
GIN = "CREATE INDEX gpi_portal_workingindex_lexemes ON gpi_portal_workingindex USING gin (lexemes)"
FOUND = """
    CREATE FUNCTION gpi_portal_working_found(query tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off
    AS 'SELECT rowid FROM gpi_portal_workingindex WHERE lexemes @@ query'
"""

CREATE = {"sqlite": [FTS5], "postgresql": [TSVECTOR, GIN, FOUND]}
DROP = {
    "sqlite": ["DROP TABLE gpi_portal_workingindex"],
    "postgresql": ["DROP FUNCTION gpi_portal_working_found", "DROP TABLE gpi_portal_workingindex"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("gpi_portal", "0009_indexed_row")]

    operations = [migrations.RunPython(create, drop)]
