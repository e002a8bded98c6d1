"""No header of a visitor is believed unless a setting says so: not by gunicorn, not by the portal."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings

ROOT = Path(__file__).parents[3]
HOST = {"Host": "127.0.0.1"}
#: What proxies and frameworks know, claimed by a visitor; the names with a low line are no header of any proxy's.
CLAIMS = [
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": "http"},
    {"X-Forwarded-Protocol": "ssl"},
    {"X-Forwarded-Ssl": "on"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "off"},
    {"X-Forwarded-Scheme": "https"},
    {"X-Url-Scheme": "https"},
    {"Front-End-Https": "on"},
    {"Forwarded": "for=192.0.2.1;proto=https;host=evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example"},
    {"X-Forwarded-Port": "8443"},
    {"X-Forwarded-Prefix": "/x"},
    {"X-Forwarded-For": "192.0.2.1"},
    {"X-Real-Ip": "192.0.2.1"},
    {"X-Original-Url": "/admin/"},
    {"X-Rewrite-Url": "/admin/"},
    {"X-Script-Name": "/x"},
    {"X-Http-Method-Override": "POST"},
    {"SCRIPT_NAME": "/x"},
    {"SCRIPT_NAME": "/robots.txt"},
    {"PATH_INFO": "/admin/"},
    {"REMOTE_USER": "staff"},
    {"REMOTE_ADDR": "192.0.2.1"},
    {"Remote-User": "staff"},
    {"X_Forwarded_Proto": "https"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"wsgi.url_scheme": "https"},
]


@contextmanager
def gunicorn(log, *arguments, **variables):
    """A gunicorn started in the portal's folder; gives its port. No page asked for here needs a database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *arguments]
    safe = {"DJANGO_SETTINGS_MODULE": "gpi_portal.settings", "SECRET_KEY": django_settings.SECRET_KEY}
    safe["DATABASE_URL"] = "sqlite://:memory:"  # the settings want one that could be there
    environment = {**os.environ, **safe, "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "on", "DEBUG": "off", **variables}
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait(port, process, log)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait(port, process, log):
    deadline = time.monotonic() + 60
    while True:
        try:
            ask(port, "/healthz")
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)
        else:
            return


def ask(port, path, headers=HOST):
    """Status, where it leads, and content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in {**HOST, **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location"), answer.read().decode()
    finally:
        connection.close()


#: What an environment may say already for other programs.
ELSEWHERE = [{}, {"FORWARDED_ALLOW_IPS": "*"}, {"GUNICORN_CMD_ARGS": "--forwarded-allow-ips=*"}]


@pytest.mark.parametrize("variables", ELSEWHERE, ids=lambda variables: " ".join(variables) or "plain")
@pytest.mark.parametrize("https", ["on", "off"])
def test_whatever_a_visitor_claims_the_answer_and_the_log_are_the_same(tmp_path, https, variables):
    log = tmp_path / "log"
    paths = ("/robots.txt", "/healthz", "/robots.txt/nothing")
    with gunicorn(log, HTTPS=https, **variables) as port:
        plain = {path: ask(port, path) for path in paths}
        different = [(path, claim) for claim in CLAIMS for path in paths if ask(port, path, claim) != plain[path]]
    assert different == []
    assert plain["/robots.txt"][0] == (301 if https == "on" else 200)
    lines = {re.sub(r"\d+ms", "", line) for line in log.read_text().splitlines() if "/robots.txt " in line}
    assert len(lines) == 1


def test_a_proxy_that_is_trusted_says_the_scheme(tmp_path):
    with gunicorn(tmp_path / "log", TRUST_X_FORWARDED_PROTO="on") as port:
        status, _location, text = ask(port, "/robots.txt", {"X-Forwarded-Proto": "https"})
        assert (status, "Sitemap: https://127.0.0.1/sitemap.xml" in text) == (200, True)
        assert ask(port, "/robots.txt", {"X-Forwarded-Proto": "http"})[0] == 301
        assert ask(port, "/robots.txt", {"X_Forwarded_Proto": "https"})[0] == 301
        assert ask(port, "/robots.txt", {"X-Forwarded-Ssl": "on"})[0] == 301


def test_a_visitor_on_a_socket_of_this_machine_is_believed_no_more(tmp_path):
    """gunicorn trusts whoever has no address; then only the lists of headers count."""
    path = tmp_path / "socket"
    with gunicorn(tmp_path / "log", "--bind", f"unix:{path}"):
        for claim in ("SCRIPT_NAME: /x", "X-Forwarded-Proto: https"):
            with socket.socket(socket.AF_UNIX) as visitor:
                visitor.connect(str(path))
                visitor.sendall(f"GET /robots.txt HTTP/1.0\r\nHost: 127.0.0.1\r\n{claim}\r\n\r\n".encode())
                assert visitor.recv(200).split()[1] == b"301"


def test_a_line_before_the_request_is_no_address(tmp_path):
    with gunicorn(tmp_path / "log") as port, socket.create_connection(("127.0.0.1", port)) as visitor:
        visitor.sendall(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        assert visitor.recv(200).split()[1] == b"400"
