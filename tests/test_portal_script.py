"""The start script: what it says when something is wrong, and what it makes."""

import fcntl
import importlib.util
import os
import socket
import stat
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "portal"


@pytest.fixture
def portal(tmp_path, monkeypatch):
    """The script as a module whose own files lie in an empty folder."""
    loader = SourceFileLoader("portal_script", str(SCRIPT))
    # No bytecode beside a file without an ending.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("portal_script", loader))
    loader.exec_module(module)
    for name, path in {"VAR": "var", "VENV": ".venv", "PYTHON": ".venv/bin/python", "STAMP": ".venv/installed"}.items():
        monkeypatch.setattr(module, name, tmp_path / path)
    return module


def call(*arguments, cwd=ROOT, **variables):
    environment = {**os.environ, **variables}
    return subprocess.run([SCRIPT, *arguments], cwd=cwd, env=environment, check=False, capture_output=True, text=True)


# --- What it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["dance"], "there is no command 'dance'"),
        (["run", "--port"], "takes nothing but --port N"),
        (["run", "8000"], "takes nothing but --port N"),
        (["run", "--port", "http"], "--port takes a number from 1 to 65535, not 'http'"),
        (["run", "--port", "0"], "--port takes a number from 1 to 65535, not '0'"),
        (["run", "--port=65536"], "--port takes a number from 1 to 65535, not '65536'"),
        (["run", "--port=-1"], "--port takes a number from 1 to 65535, not '-1'"),
        (["dev", "--host"], "takes nothing but --port N"),
        (["check", "everything"], "takes nothing"),
        (["install", "everything"], "takes nothing"),
        (["test", "--only"], "--only takes sqlite or postgresql"),
        (["test", "--only=mysql", "-k", "search"], "--only takes sqlite or postgresql"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(arguments, sentence, tmp_path):
    answer = call(*arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_port_in_use_is_one_sentence_and_exit_2():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = call("run", "--port", str(port))
    assert answer.returncode == 2
    assert f"port {port} cannot be used (address already in use)" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_test_server_that_is_no_postgresql_is_refused():
    answer = call("test", TEST_DATABASE_URL="sqlite:///x")
    assert answer.returncode == 2
    assert "TEST_DATABASE_URL names no PostgreSQL" in answer.stderr


def test_help_names_every_command(portal):
    answer = call()
    assert answer.returncode == 0
    assert all(f"./portal {name}" in answer.stdout for name in portal.COMMANDS)


def test_an_old_python_is_told_what_to_install(portal, monkeypatch, capsys):
    monkeypatch.setattr(portal, "OLDEST", (99, 0))
    monkeypatch.setattr(portal.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        portal.require_python()
    assert "apt-get install python3 python3-venv" in capsys.readouterr().err


def test_a_missing_venv_module_is_told_what_to_install(portal, monkeypatch, capsys):
    refused = subprocess.CompletedProcess([], 1, "", "ensurepip is not available")
    monkeypatch.setattr(portal.subprocess, "run", lambda *arguments, **options: refused)
    with pytest.raises(SystemExit):
        portal.ensure_environment("run")
    assert "apt-get install python3-venv" in capsys.readouterr().err
    assert not portal.VENV.exists()


# --- The environment ------------------------------------------------------------------------------


@pytest.fixture
def installs(portal, monkeypatch):
    """The calls of pip, which fail while `installs.broken`, without a network."""

    class Calls(list):
        broken = False

    calls = Calls()

    def run(command, **options):
        calls.append(Path(command[-1]).name)
        if "venv" in command:
            portal.PYTHON.parent.mkdir(parents=True)
            portal.PYTHON.touch()
        return subprocess.CompletedProcess(command, int(calls.broken and "pip" in command), "", "")

    monkeypatch.setattr(portal.subprocess, "run", run)
    return calls


def test_the_environment_is_made_once(portal, installs):
    portal.ensure_environment("run")
    portal.ensure_environment("run")
    assert installs == [".venv", "run.txt"]


def test_tests_add_their_packages_to_the_same_environment(portal, installs):
    portal.ensure_environment("run")
    portal.ensure_environment("test")
    portal.ensure_environment("run")
    assert installs == [".venv", "run.txt", "test.txt"]


def test_an_interrupted_installation_is_repaired(portal, installs):
    installs.broken = True
    with pytest.raises(SystemExit):
        portal.ensure_environment("run")
    installs.broken = False
    portal.ensure_environment("run")
    assert installs == [".venv", "run.txt", ".venv", "run.txt"]


def test_a_changed_lock_makes_the_environment_anew(portal, installs, monkeypatch):
    portal.ensure_environment("run")
    monkeypatch.setattr(portal, "lock_file", lambda name: ROOT / "pyproject.toml")
    portal.ensure_environment("run")
    assert installs == [".venv", "run.txt", ".venv", "pyproject.toml"]


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(portal):
    first = portal.secret_key()
    assert len(first) > 50
    assert portal.secret_key() == first
    assert stat.S_IMODE((portal.VAR / "secret_key").stat().st_mode) == 0o600


def test_loopback_settings_fill_only_what_is_not_set(portal, monkeypatch):
    monkeypatch.setattr(os, "environ", {})
    assert portal.settings()["HTTPS"] == "off"
    monkeypatch.setattr(os, "environ", {"ALLOWED_HOSTS": "portal.example.org"})
    assert "HTTPS" not in portal.settings()


# --- What it becomes --------------------------------------------------------------------------------


def test_a_start_sets_up_alone_and_becomes_gunicorn_with_the_settings_of_its_file(portal, monkeypatch):
    """Nobody else is in the folder meanwhile; what the file says of visitors' headers is in test_visitor_headers.py."""
    done = []

    def set_up(command, variables):
        with (portal.VAR / "portal.lock").open("w") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        done.append(command[2])

    monkeypatch.setattr(portal, "ensure_environment", lambda name: None)
    monkeypatch.setattr(portal, "call", set_up)
    monkeypatch.setattr(portal.os, "chdir", lambda path: None)
    monkeypatch.setattr(portal.os, "execve", lambda program, line, variables: done.append(line))
    portal.run([f"--port={free_port()}"])
    *commands, gunicorn = done
    assert commands == ["migrate", "load_registry", "collectstatic"]
    assert gunicorn[1:5] == ["-m", "gunicorn", "--config", ROOT / "gunicorn.conf.py"]


def test_a_developer_gets_a_server_that_reloads_on_what_is_set_up(portal, monkeypatch):
    done = []
    monkeypatch.setattr(portal.os, "environ", {})
    monkeypatch.setattr(portal, "ensure_environment", lambda name: None)
    monkeypatch.setattr(portal, "call", lambda command, variables: done.append((command[2], variables["DEBUG"])))
    monkeypatch.setattr(
        portal.os, "execve", lambda program, line, variables: done.append((*line[2:], variables["DEBUG"]))
    )
    port = free_port()
    portal.dev(["--port", f"{port}"])
    assert done == [("migrate", "on"), ("load_registry", "on"), ("runserver", f"127.0.0.1:{port}", "on")]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
