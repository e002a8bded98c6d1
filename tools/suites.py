"""Runs the tests on SQLite and on PostgreSQL, side by side, and those in a browser beside them.

    ./portal test [--only sqlite|postgresql] [pytest arguments]

Suites that run together share the work, as `tests/conftest.py` says; a database alone has all of it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL_BROWSER = "apt-get update && apt-get install -y --no-install-recommends chromium"
SUITES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SHARES = {"SQLite": "first", "PostgreSQL": "second", "Browser": "browser"}
NO_TEST = 5  # the code with which pytest ends where it has run none
PYTEST = ["-m", "pytest"]
#: The same, counting which lines and branches of the three apps are run; 98 in a hundred must be. Migrations are left
#: out: each runs once, on what was there then. The warning is about pytest, which is loaded before it starts.
MEASURED = [
    *("-m", "slipcover", "--branch", "--skip-covered", "--fail-under", "98"),
    *("--source", "gpi_portal,programs,projects", "--omit", "*/migrations/0*"),
    *(*PYTEST, "-W", "ignore::pytest.PytestAssertRewriteWarning"),
]
PAUSE = 30  # seconds from one line of progress to the next


class Outcome(NamedTuple):
    name: str
    code: int
    passed: int
    failed: int
    skipped: int


class Run:
    """A suite at work. Beside another one it writes into a file, which is shown when it has ended."""

    def __init__(self, name: str, folder: Path, arguments: list[str], variables: dict[str, str], *, alone: bool):
        self.name, self.report, self.log = name, folder / f"{name}.xml", folder / f"{name}.log"
        command, own = command_of(name, variables, measured=is_measured(name, arguments, alone=alone))
        command += [*arguments, f"--junit-xml={self.report}", *([] if alone else [f"--suite={SHARES[name]}"])]
        self.process = subprocess.Popen(
            command,
            env=own,
            stdout=None if alone else self.log.open("wb"),
            stderr=None if alone else subprocess.STDOUT,
        )

    def progress(self) -> str:
        found = re.findall(r"\[ *(\d+%)\]", self.log.read_text(errors="replace"))
        return f"{self.name} {found[-1] if found else 'starts'}"

    def outcome(self) -> Outcome:
        total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
        if self.report.exists():
            for suite in ElementTree.parse(self.report).iter("testsuite"):
                total = {key: total[key] + int(suite.get(key, 0)) for key in total}
        failed = total["failures"] + total["errors"]
        passed = total["tests"] - failed - total["skipped"]
        return Outcome(self.name, self.process.returncode, passed, failed, total["skipped"])


def command_of(name: str, variables: dict[str, str], *, measured: bool = False) -> tuple[list[str], dict[str, str]]:
    """How pytest is called on a database, and the variables that name it."""
    pytest = [sys.executable, *(MEASURED if measured else PYTEST)]
    server = variables.get("TEST_DATABASE_URL")
    if name != "PostgreSQL":
        return pytest, {**variables, "DATABASE_URL": "sqlite://:memory:"}
    if server:
        return pytest, {**variables, "DATABASE_URL": server}
    return [sys.executable, "-m", "tests.postgres", *pytest], variables


def is_measured(name: str, arguments: list[str], *, alone: bool) -> bool:
    """In CI the first suite says which branches were taken; a part of it would say too little."""
    return os.environ.get("CI") == "true" and SHARES[name] == "first" and not alone and not arguments


def run(names: list[str], arguments: list[str], variables: dict[str, str]) -> list[Outcome]:
    """Every suite to its end, whatever another one says; who stops them waits until they have tidied up."""
    with tempfile.TemporaryDirectory() as folder:
        alone = len(names) == 1
        runs: list[Run] = []
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            runs += (Run(name, Path(folder), arguments, variables, alone=alone) for name in names)
            follow(runs, alone=alone)
        except SystemExit:
            for started in runs:
                started.process.terminate()
            raise
        finally:
            for started in runs:
                started.process.wait()
        return [started.outcome() for started in runs]


def follow(runs: list[Run], *, alone: bool) -> None:
    """Says how far the suites are, and shows what one wrote as soon as it has ended; one that is alone shows itself."""
    if alone:
        runs[0].process.wait()
        return
    waiting, next_line = list(runs), time.monotonic() + PAUSE
    while waiting:
        time.sleep(0.5)
        for ended in [started for started in waiting if started.process.poll() is not None]:
            waiting.remove(ended)
            print(f"\n=== {ended.name} ===\n{ended.log.read_text(errors='replace')}", flush=True)
        if waiting and time.monotonic() > next_line:
            next_line += PAUSE
            print(", ".join(started.progress() for started in waiting), flush=True)


def found_browser() -> str | None:
    """The path of a Chromium, installed first where this machine lets us; None where there is none."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path or os.geteuid() != 0 or not shutil.which("apt-get"):
        return path
    print("Installing Chromium for the browser tests ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(INSTALL_BROWSER, shell=True, env=quiet, stdout=subprocess.DEVNULL, check=False)
    return shutil.which("chromium")


def failed(outcomes: list[Outcome]) -> Iterator[str]:
    """The suites that did not end well. One for which what was chosen has no test is no failure beside one that has."""
    ran = any(outcome.passed or outcome.failed for outcome in outcomes)
    for outcome in outcomes:
        if outcome.code and not (outcome.code == NO_TEST and ran):
            yield f"{outcome.name}: pytest ended with code {outcome.code}."


def left_out(outcomes: list[Outcome], listed: Any) -> Iterator[str]:
    """Of all tests that there are, those that a suite should have run and did not, and those that none runs."""
    for outcome in outcomes:
        expected, ran = len(listed(SHARES[outcome.name])), outcome.passed + outcome.failed
        if not expected or ran < expected:
            yield f"{outcome.name}: {ran} of {expected} tests ran."
    forgotten = listed(None).difference(*map(listed, SHARES.values()))
    if forgotten:
        yield f"In no suite: {', '.join(sorted(forgotten))}."


def listing(share: str | None) -> set[str]:
    """The names of the tests of one suite, or of all."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *([f"--suite={share}"] if share else [])]
    output = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return {line for line in output.splitlines() if "::" in line}


def chosen(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The suites asked for, and what is for pytest."""
    option, sign, name = (arguments[:1] or [""])[0].partition("=")
    if option != "--only":
        return list(SHARES), arguments
    rest = arguments[1:]
    if not sign:
        name, rest = "".join(rest[:1]), rest[1:]
    if name not in SUITES:
        fail("--only takes sqlite or postgresql.", 2)
    return [SUITES[name]], rest


def fail(sentence: str, code: int = 1) -> None:
    sys.stdout.flush()
    print(f"portal: {sentence}", file=sys.stderr)
    sys.exit(code)


def main() -> None:
    names, arguments = chosen(sys.argv[1:])
    server = os.environ.get("TEST_DATABASE_URL")
    if server and not server.startswith("postgres"):
        fail("TEST_DATABASE_URL names no PostgreSQL: postgres://user:password@host:5432/name", 2)
    browser = found_browser()
    names = [name for name in names if browser or name != "Browser"]
    outcomes = run(names, arguments, {**os.environ, "CHROMIUM": browser or ""})
    wrong = list(failed(outcomes))
    if os.environ.get("CI") == "true":
        wrong += [] if browser else ["The browser tests need Chromium."]
        wrong += [] if arguments or len(names) == 1 else left_out(outcomes, listing)
    print()
    for outcome in outcomes:
        print(f"{outcome.name}: {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped")
    if not browser:
        print(f"Not run, for want of Chromium: the browser tests. To install it: {INSTALL_BROWSER}")
    if wrong:
        fail(" ".join(wrong))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
