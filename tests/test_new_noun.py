"""A new noun appears everywhere, in both languages, with few lines of its own and no edit elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOUN = ROOT / "tests" / "results"
MOST_LINES = 120


def test_the_noun_has_few_lines():
    own = [
        path for path in NOUN.rglob("*") if path.suffix in (".py", ".po", ".html") and "migrations" not in path.parts
    ]
    written = [path for path in own if path.name not in ("test_result.py", "conftest.py")]
    assert sum(len(path.read_text().splitlines()) for path in written) <= MOST_LINES


def test_the_noun_is_everywhere(scratch_database):
    """Its own tests, on settings that have the noun."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NOUN, "--ds", "tests.results.settings"]
    own = {**os.environ, "DATABASE_URL": scratch_database}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
