"""The two suites of `./portal test`: what each runs, and what is said of those that did not."""

from types import SimpleNamespace

import pytest

from tests.conftest import LEFT_TO_THE_OTHER
from tools.suites import Outcome, chosen, command_of, is_measured, left_out

BOTH = ["SQLite", "PostgreSQL"]


@pytest.mark.parametrize(
    ("arguments", "names", "for_pytest"),
    [
        ([], BOTH, []),
        (["tests/projects", "-k", "search"], BOTH, ["tests/projects", "-k", "search"]),
        (["--only", "sqlite", "-k", "search"], ["SQLite"], ["-k", "search"]),
        (["--only=postgresql", "tests/projects"], ["PostgreSQL"], ["tests/projects"]),
    ],
)
def test_the_suites_are_chosen_first_and_the_rest_goes_to_pytest(arguments, names, for_pytest):
    assert chosen(arguments) == (names, for_pytest)


@pytest.mark.parametrize("arguments", [["--only"], ["--only", "-k"], ["--only", "mysql"], ["--only=", "sqlite"]])
def test_another_database_is_one_sentence_and_exit_2(arguments, capsys):
    with pytest.raises(SystemExit) as refusal:
        chosen(arguments)
    assert refusal.value.code == 2
    assert "--only takes sqlite or postgresql" in capsys.readouterr().err


def test_postgresql_is_the_server_that_is_named_or_one_of_the_tests_own():
    server = "postgres://user@host/name"
    command, variables = command_of("PostgreSQL", {"TEST_DATABASE_URL": server})
    assert "tests.postgres" not in command
    assert variables["DATABASE_URL"] == server
    command, _variables = command_of("PostgreSQL", {})
    assert command[1:3] == ["-m", "tests.postgres"]


@pytest.mark.parametrize(
    ("ci", "name", "arguments", "alone", "measured"),
    [
        ("true", "SQLite", [], False, True),
        ("", "SQLite", [], False, False),
        ("true", "PostgreSQL", [], False, False),
        ("true", "SQLite", ["-k", "search"], False, False),
        ("true", "SQLite", [], True, False),
    ],
)
def test_branches_are_measured_where_everything_runs(monkeypatch, ci, name, arguments, alone, measured):
    monkeypatch.setenv("CI", ci)
    assert is_measured(name, arguments, alone=alone) == measured


# --- Who runs what ----------------------------------------------------------------------------------


def item(*marks: str, fixtures: tuple[str, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(get_closest_marker=lambda name: name if name in marks else None, fixturenames=fixtures)


@pytest.mark.parametrize(
    ("test", "suites"),
    [
        (item(), ["first"]),
        (item(fixtures=("tmp_path", "client")), ["first"]),
        (item("django_db"), ["first", "second"]),
        (item(fixtures=("db",)), ["first", "second"]),
        (item(fixtures=("scratch_database",)), ["first", "second"]),
        (item("browser"), ["first", "second"]),
        (item("browser", "only_looks"), ["first"]),
        (item("django_db", "compares"), ["second"]),
    ],
)
def test_the_second_suite_leaves_out_what_no_database_can_change(test, suites):
    assert [suite for suite, leaves_out in LEFT_TO_THE_OTHER.items() if not leaves_out(test)] == suites


# --- Tests that did not run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "complaints"),
    [
        ("ab", "bc", []),
        ("abd", "bc", ["SQLite: 2 of 3 tests ran."]),
        ("ab", "bcd", ["PostgreSQL: 2 of 3 tests ran."]),
        ("", "bc", ["SQLite: 2 of 0 tests ran.", "In neither suite: a."]),
        ("ab", "bb", ["In neither suite: c."]),
    ],
)
def test_fewer_tests_than_there_are_is_a_complaint(first, second, complaints):
    tests = {None: set("abc"), "first": set(first), "second": set(second)}
    outcomes = [Outcome(name, 0, 1, 1, 5) for name in BOTH]
    assert list(left_out(outcomes, tests.__getitem__)) == complaints
