from django.db import migrations

# Tokens stay as the analyser made them: its tags count as part of a word, and "ascii" folds none of our letters.
FTS5 = """
    CREATE VIRTUAL TABLE gpi_portal_searchindex
    USING fts5(lexemes, columnsize=0, tokenize="ascii tokenchars '=~:^'")
"""

TSVECTOR = "CREATE TABLE gpi_portal_searchindex (rowid bigint PRIMARY KEY, lexemes tsvector NOT NULL)"
GIN = "CREATE INDEX gpi_portal_searchindex_lexemes ON gpi_portal_searchindex USING gin (lexemes)"
# The planner underestimates the cost of a long tsvector: it would read all of them instead of the index, or walk a
# page's order and test row by row. A function with a SET clause is planned separately and runs once.
FOUND = """
    CREATE FUNCTION gpi_portal_found(query tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off
    AS 'SELECT rowid FROM gpi_portal_searchindex WHERE lexemes @@ query'
"""

CREATE = {"sqlite": [FTS5], "postgresql": [TSVECTOR, GIN, FOUND]}
DROP = {
    "sqlite": ["DROP TABLE gpi_portal_searchindex"],
    "postgresql": ["DROP FUNCTION gpi_portal_found", "DROP TABLE gpi_portal_searchindex"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("gpi_portal", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
