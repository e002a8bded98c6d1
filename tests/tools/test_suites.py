"""The suites of `./portal test`: what each runs, and what is said of those that did not."""

from types import SimpleNamespace

import pytest

from tests.conftest import LEFT_TO_THE_OTHERS
from tools.suites import Outcome, chosen, command_of, failed, is_measured, left_out

ALL = ["SQLite", "PostgreSQL", "Browser"]


@pytest.mark.parametrize(
    ("arguments", "names", "for_pytest"),
    [
        ([], ALL, []),
        (["tests/projects", "-k", "search"], ALL, ["tests/projects", "-k", "search"]),
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
        (item("browser"), ["second", "browser"]),
        (item("browser", "on_one_database"), ["browser"]),
        (item("django_db", "compares"), ["second"]),
    ],
)
def test_the_second_suite_leaves_out_what_no_database_can_change(test, suites):
    assert [suite for suite, leaves_out in LEFT_TO_THE_OTHERS.items() if not leaves_out(test)] == suites


# --- Tests that did not run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "browser", "complaints"),
    [
        ("ab", "bc", "cd", []),
        ("abd", "bc", "cd", ["SQLite: 2 of 3 tests ran."]),
        ("ab", "bcd", "cd", ["PostgreSQL: 2 of 3 tests ran."]),
        ("", "bc", "cd", ["SQLite: 2 of 0 tests ran.", "In no suite: a."]),
        ("ab", "bc", "cb", ["In no suite: d."]),
    ],
)
def test_fewer_tests_than_there_are_is_a_complaint(first, second, browser, complaints):
    tests = {None: set("abcd"), "first": set(first), "second": set(second), "browser": set(browser)}
    outcomes = [Outcome(name, 0, 1, 1, 5) for name in ALL]
    assert list(left_out(outcomes, tests.__getitem__)) == complaints


@pytest.mark.parametrize(
    ("codes", "complaints"),
    [
        ((0, 0), []),
        ((1, 0), ["SQLite: pytest ended with code 1."]),
        ((0, 5), []),
        ((5, 5), ["SQLite: pytest ended with code 5.", "PostgreSQL: pytest ended with code 5."]),
    ],
)
def test_a_suite_may_have_none_of_the_tests_that_were_chosen_if_another_one_has_some(codes, complaints):
    passed = [int(code != 5) for code in codes]
    outcomes = [Outcome(name, *found, 0, 0) for name, *found in zip(ALL, codes, passed, strict=False)]
    assert list(failed(outcomes)) == complaints
