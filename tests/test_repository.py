"""Laws of the whole repository, read off its files."""

import ast
import re
import subprocess
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
FRENCH = ROOT / "locale" / "fr" / "LC_MESSAGES"
# Each may import those before it.
APPS = ("gpi_portal", "programs", "projects")
APP_FILES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_SHEET = 400


def named(path):
    return str(path.relative_to(ROOT))


def committed_files():
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def imported_modules(path):
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield ".".join((*package[: len(package) - node.level + 1], node.module or ""))
        elif isinstance(node, ast.ImportFrom):
            yield node.module


# --- Imports ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", APP_FILES, ids=named)
def test_imports_run_one_way(path):
    own = APPS.index(path.relative_to(ROOT).parts[0])
    forbidden = {*APPS[own + 1 :], "tests"}
    assert not [name for name in imported_modules(path) if name.split(".")[0] in forbidden]


@pytest.mark.parametrize("path", APP_FILES, ids=named)
def test_no_import_hides_in_a_function(path):
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    late = [
        node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not late


# --- Size -------------------------------------------------------------------------------------------


def test_no_file_is_too_long_to_read():
    code = [path for path in committed_files() if path.suffix in (".py", ".html", ".js") or path.name == "portal"]
    long = {named(path): len(path.read_text().splitlines()) for path in code if "migrations" not in path.parts}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_style_sheet_is_too_long_to_read():
    long = {named(path): len(path.read_text().splitlines()) for path in committed_files() if path.suffix == ".css"}
    assert len(long) > 2
    assert {name: lines for name, lines in long.items() if lines > LONGEST_SHEET} == {}


def test_no_function_is_too_long_to_read():
    long = {}
    for path in [*APP_FILES, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "portal"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "migrations" not in path.parts:
                long[f"{named(path)}:{node.name}"] = node.end_lineno - node.lineno + 1
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


# --- Lock files -------------------------------------------------------------------------------------


def requirements(name):
    """What the lock file asks for, without the hashes: name==version."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", "").splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_package_is_pinned_with_hashes_and_no_address(name):
    lines = requirements(name)
    assert lines
    assert all(re.match(r"[a-z0-9.-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line) for line in lines)
    assert "://" not in (ROOT / "requirements" / f"{name}.txt").read_text()


def test_tests_run_on_the_versions_that_the_portal_runs_on():
    versions = {line.split()[0] for line in requirements("test")}
    assert {line.split()[0] for line in requirements("run")} <= versions


# --- Messages ---------------------------------------------------------------------------------------


def test_every_message_is_translated():
    catalogue = polib.pofile(str(FRENCH / "django.po"))
    assert not [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete or not entry.translated()]


def test_the_compiled_messages_are_those_of_the_catalogue():
    catalogue, compiled = polib.pofile(str(FRENCH / "django.po")), polib.mofile(str(FRENCH / "django.mo"))

    def content(entries):
        return {(entry.msgctxt, entry.msgid): (entry.msgstr, str(entry.msgstr_plural)) for entry in entries}

    assert content(compiled) == content(catalogue)


# --- Documentation ----------------------------------------------------------------------------------


def test_every_setting_is_documented():
    source = (ROOT / "gpi_portal" / "settings.py").read_text()
    names = set(
        re.findall(r'environment\.(?:text|words|flag|number|email|link|database|cache)\(\s*"([A-Z_]+)"', source)
    )
    names |= {f"{name}_{code}" for name in re.findall(r'pair\(\s*"([A-Z_]+)"', source) for code in ("EN", "FR")}
    manual = (ROOT / "docs" / "operations.md").read_text()
    assert names
    assert not [name for name in names if f"`{name}`" not in manual]


def test_every_link_between_documents_leads_somewhere():
    links = [
        (path, target)
        for path in committed_files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    ]
    assert not [f"{named(path)} -> {target}" for path, target in links if not (path.parent / target).exists()]
