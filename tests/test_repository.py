"""Laws of the whole repository, read off its files."""

import ast
import re
import subprocess
from pathlib import Path

import polib
import pytest

from gpi_portal.nouns import nouns

ROOT = Path(__file__).parents[1]
FRENCH = ROOT / "locale" / "fr" / "LC_MESSAGES"
# Each may import those before it.
APPS = ("gpi_portal", "programs", "projects")
APP_FILES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
LONGEST_FILE = 300
LONGEST_STYLE_SHEET = 400
LONGEST_FUNCTION = 40


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


@pytest.mark.parametrize("path", [path for path in APP_FILES if "templatetags" not in path.parts], ids=named)
def test_what_python_uses_is_no_template_tag(path):
    assert not [name for name in imported_modules(path) if ".templatetags" in name]


# --- The rooms of the toolkit -----------------------------------------------------------------------

# Each may import those before it that it names; what stands flat in the folder is a leaf or the frame.
LEAVES = {"addresses", "environment", "nouns"}
FRAME = {"__init__", "admin", "apps", "routes", "settings", "urls", "wsgi"}
ROOMS = {
    "i18n": set(),
    "search": {"i18n"},
    "models": {"i18n", "search"},
    "publishing": {"i18n", "models", "search"},
    "query": {"i18n", "models", "publishing", "search"},
    "drawing": {"i18n", "publishing", "query"},
    "web": {"i18n", "models", "publishing"},
    "exports": {"i18n", "models", "publishing", "query"},
    "staff": {"i18n", "models", "publishing", "query", "search", "web"},
    "pages": {"exports", "i18n", "models", "publishing", "query", "search", "staff", "web"},
    "corrections": {"i18n", "models", "pages", "publishing", "query", "staff", "web"},
    "gallery": {"drawing", "i18n", "models", "query"},
    "templatetags": {"i18n", "pages", "publishing", "query", "search"},
    "management": {"models", "publishing", "search", "staff"},
    "migrations": {"i18n", "models", "publishing", "staff"},
}
TOOLKIT = [path for path in APP_FILES if path.relative_to(ROOT).parts[0] == "gpi_portal"]


def room_of(module):
    """``i18n`` of ``gpi_portal.i18n.text``; empty for the whole toolkit."""
    return [*module.split("."), ""][1]


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "gpi_portal":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gpi_portal."):
            yield room_of(node.module)
        elif isinstance(node, ast.Import):
            yield from (room_of(alias.name) for alias in node.names if alias.name.startswith("gpi_portal."))


def test_every_room_is_in_the_table_and_stands_above_those_that_it_imports():
    inside = {path.relative_to(ROOT / "gpi_portal").parts[0] for path in TOOLKIT}
    assert inside == {*ROOMS, *(f"{name}.py" for name in LEAVES | FRAME)}
    order = list(ROOMS)
    assert not [(room, below) for room in order for below in ROOMS[room] if order.index(below) >= order.index(room)]


@pytest.mark.parametrize("path", TOOLKIT, ids=named)
def test_rooms_import_one_way(path):
    room = path.relative_to(ROOT / "gpi_portal").parts[0].removesuffix(".py")
    if room in LEAVES:
        allowed = {"i18n"} if room == "addresses" else set()
    else:
        allowed = {room, *LEAVES, *((*ROOMS, *FRAME) if room in FRAME else ROOMS[room])}
    assert set(imported_rooms(path)) <= allowed


# --- The toolkit knows no noun and no app -----------------------------------------------------------


def texts_in(path):
    """The strings of a module but what documents it and, in the gallery, what the parameters of a component are called.

    Components are templates, which may speak of nouns.
    """
    tree = ast.parse(path.read_text())
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    if "gallery" in path.parts:
        said |= {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@pytest.mark.parametrize("path", [path for path in TOOLKIT if "migrations" not in path.parts], ids=named)
def test_the_toolkit_names_no_noun_and_no_app(path):
    if path.name in ("settings.py", "urls.py") and path.parent == ROOT / "gpi_portal":
        return
    apps = [re.escape(app) for app in APPS[1:]]
    known = re.compile(rf"(?:{'|'.join([*nouns(), *apps])})(?:-report)?|(?:{'|'.join(apps)})[:./].*", re.DOTALL)
    assert not [text for text in texts_in(path) if known.fullmatch(text)]


# --- Size -------------------------------------------------------------------------------------------


def too_long(longest, *endings):
    """The committed files of these endings, or names, that have more lines."""
    code = [path for path in committed_files() if path.name.endswith(endings) and "migrations" not in path.parts]
    lines = {named(path): len(path.read_text().splitlines()) for path in code}
    assert lines
    return {name: number for name, number in lines.items() if number > longest}


def test_no_file_is_too_long_to_read():
    assert too_long(LONGEST_FILE, ".py", ".html", ".js", "portal") == {}


def test_no_style_sheet_is_too_long_to_read():
    assert too_long(LONGEST_STYLE_SHEET, ".css") == {}


def test_no_function_is_too_long_to_read():
    long = {}
    for path in [
        *APP_FILES,
        *(path for name in ("tests", "tools") for path in (ROOT / name).rglob("*.py")),
        ROOT / "portal",
    ]:
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
    names = set(re.findall(r'environment\.(?!pair)\w+\(\s*"([A-Z_]+)"', source))
    names |= {f"{name}_{code}" for name in re.findall(r'pair\(\s*"([A-Z_]+)"', source) for code in ("EN", "FR")}
    manual = (ROOT / "docs" / "operations.md").read_text()
    assert names
    assert not [name for name in names if f"`{name}`" not in manual]


def test_every_decision_says_when_it_was_taken_and_whether_it_holds():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    status = r"accepted|superseded by \[decision \d+\]\(\d{4}-[a-z-]+\.md\)"
    head = re.compile(rf"# (\d+)\. \S.*\n\nDate: 20\d\d-[01]\d-[0-3]\d · Status: (?:{status})\n\n")
    found = {path.name: head.match(path.read_text()) for path in decisions}
    assert decisions
    assert not [name for name, words in found.items() if words is None or int(name[:4]) != int(words[1])]


def test_every_link_between_documents_leads_somewhere():
    links = [
        (path, target)
        for path in committed_files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    ]
    assert not [f"{named(path)} -> {target}" for path, target in links if not (path.parent / target).exists()]
