"""The settings file, run with a given environment and nothing else."""

import os
import re
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

ROOT = Path(__file__).parents[2]
PRODUCTION = {"SECRET_KEY": "Kx7-b" * 12, "ALLOWED_HOSTS": "portal.example.org"}


@pytest.fixture
def read(monkeypatch):
    """Reads the settings under exactly the given variables."""

    def settings_for(**variables):
        monkeypatch.setattr(os, "environ", variables)
        return runpy.run_path(str(ROOT / "gpi_portal" / "settings.py"))

    return settings_for


def test_production_is_the_default_and_safe(read):
    settings = read(**PRODUCTION)
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"]
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_the_files_of_a_brand_stand_before_those_of_the_portal(read, tmp_path, client):
    header = tmp_path / "templates" / "includes" / "brand.html"
    header.parent.mkdir(parents=True)
    header.write_text("<b>Somebody else</b>")
    chosen = read(**PRODUCTION, BRAND_DIR=str(tmp_path))
    assert [folder.parent for folder in chosen["STATICFILES_DIRS"]] == [ROOT]
    (tmp_path / "static").mkdir()
    assert read(**PRODUCTION, BRAND_DIR=str(tmp_path))["STATICFILES_DIRS"][0] == tmp_path / "static"
    with override_settings(TEMPLATES=chosen["TEMPLATES"]):
        page = client.get("/fr/a-propos/avis/").content.decode()
    assert "<b>Somebody else</b>" in page
    assert "brand-mark" not in page


def test_the_policy_holds_nothing_unsafe(read):
    directives = read(**PRODUCTION)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    sources = {source for value in directives.values() if isinstance(value, list) for source in value}
    assert sources == {"'none'", "'self'"}


def test_without_https_nothing_asks_for_tls(read):
    settings = read(**PRODUCTION, HTTPS="off")
    assert not settings["SECURE_SSL_REDIRECT"]
    assert not settings["SESSION_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert not settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BRAND_DIR": "/no/such/folder"}, "BRAND_DIR is '/no/such/folder': set it to the path of a folder"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or too weak: set it to"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or too weak"),
        ({"SECRET_KEY": "k" * 49}, "SECRET_KEY is missing or too weak"),
        ({"SECRET_KEY": "k" * 60}, "SECRET_KEY is missing or too weak"),
        ({"SECRET_KEY": "django-insecure-" + "k" * 60}, "SECRET_KEY is missing or too weak"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS names no host: set it to"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS names no host"),
        ({"DEBUG": "flase"}, "DEBUG is 'flase': set it to on or off."),
        ({"HTTPS": "maybe"}, "HTTPS is 'maybe': set it to on or off."),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL names no database that the portal knows: set it to"),
        ({"DATABASE_URL": "portal"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgres://user@host:port/name"}, "DATABASE_URL is no database address"),
        ({"DATABASE_URL": "postgres://user@host:5432"}, "DATABASE_URL names no database"),
        ({"CACHE_URL": "memory"}, "CACHE_URL names no cache that the portal knows: set it to"),
        ({"REPORT_DAYS": "0"}, "REPORT_DAYS is '0': set it to a whole number from 1 to 999999."),
        ({"REPORT_WAIT_DAYS": "0"}, "REPORT_WAIT_DAYS is '0': set it to a whole number from 1 to 999999."),
        ({"REPORT_DAYS": "half a year"}, "REPORT_DAYS is 'half a year': set it to a whole number"),
        ({"REPORTS_PER_HOUR": "1.5"}, "REPORTS_PER_HOUR is '1.5': set it to a whole number"),
        ({"TRUST_X_FORWARDED_FOR": "proxy"}, "TRUST_X_FORWARDED_FOR is 'proxy': set it to on or off."),
        ({"OPERATOR_NAME_EN": "An office"}, "Set both OPERATOR_NAME_EN and OPERATOR_NAME_FR"),
        ({"OPERATOR_CONTACT": "call us"}, "OPERATOR_CONTACT is 'call us': set it to an email address"),
        (
            {"OPERATOR_URL": "example.org"},
            "OPERATOR_URL is 'example.org': set it to an address that begins with https://",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(read, variables, sentence):
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        read(**{**PRODUCTION, **variables})


def test_debug_needs_nothing(read):
    settings = read(DEBUG="on")
    assert settings["DEBUG"] is True
    assert not settings["SECURE_SSL_REDIRECT"]


def test_sqlite_in_a_file_is_the_default(read):
    database = read(**PRODUCTION)["DATABASES"]["default"]
    assert database["NAME"] == ROOT / "var" / "portal.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_address_is_read_with_its_special_characters(read):
    url = "postgres://office:p%40ss%2Fword@db.example.org:5433/registry"
    database = read(**PRODUCTION, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["PASSWORD"] == "p@ss/word"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "registry")
    assert database["CONN_HEALTH_CHECKS"]


def test_a_value_that_begins_with_a_dollar_sign_is_itself(read):
    key = "$Kx7-" * 12
    assert read(**{**PRODUCTION, "SECRET_KEY": key})["SECRET_KEY"] == key


def test_the_operator_speaks_both_languages(read):
    settings = read(**PRODUCTION, OPERATOR_NAME_EN="An office", OPERATOR_NAME_FR="Un bureau")
    assert settings["OPERATOR"]["operator_name_en"] == "An office"
    assert settings["OPERATOR"]["operator_name_fr"] == "Un bureau"
    assert settings["OPERATOR"]["site_notice_fr"]


def test_a_proxy_is_believed_only_when_told_so(read):
    settings = read(**PRODUCTION, TRUST_X_FORWARDED_PROTO="on")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
