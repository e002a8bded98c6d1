"""All settings, from the environment; `docs/operations.md` lists every variable with its default."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gpi_portal import environment

BASE_DIR = Path(__file__).resolve().parent.parent
# What the running portal makes: its database, its secret, its collected static files.
VAR_DIR = BASE_DIR / "var"

# --- Safety -------------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False)

# Signs sessions and forms. The development key is refused outside DEBUG.
SECRET_KEY = environment.text("SECRET_KEY", "django-insecure-development-only" if DEBUG else "")
if not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-")):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or too weak: set it to at least 50 random characters, for example "
        'the output of: python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
    )

# The host names that the portal answers to.
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
if not DEBUG and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS names no host: set it to the names that the portal answers to, separated "
        "by commas, for example: portal.example.org,www.portal.example.org"
    )

# One switch for everything that makes sense only over TLS.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Preloading binds a whole domain for years: its owner decides that, not a portal on one of its hosts.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Only for a proxy that always sets this header itself: anyone else could claim TLS with it.
if environment.flag("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Likewise: with it, the last address in the header, the one that the proxy saw, is the visitor's.
TRUST_X_FORWARDED_FOR = environment.flag("TRUST_X_FORWARDED_FOR", default=False)

SESSION_COOKIE_AGE = 12 * 60 * 60  # staff sign in once a working day
# The admin has the only accounts; Django would look for pages of its own below /accounts/.
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "upgrade-insecure-requests": HTTPS,
    }
}
CSRF_FAILURE_VIEW = "gpi_portal.pages.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # an admin form with all its inlines
DATA_UPLOAD_MAX_NUMBER_FILES = 5

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Application --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "gpi_portal.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "simple_history",
    "csp",
    "gpi_portal.apps.PortalConfig",
    "programs",
    "projects",
]

# What sets a header stands above whitenoise, so that static files carry it too; what is kept has all headers already.
MIDDLEWARE = [
    "gpi_portal.web.kept.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "gpi_portal.web.headers.ResponseHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gpi_portal.web.nul.NoNulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gpi_portal.staff.sent.KeepTypedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

# An operator's own brand: its templates and static files stand before those of the portal.
BRAND_DIR = environment.folder("BRAND_DIR")

ROOT_URLCONF = "gpi_portal.urls"
WSGI_APPLICATION = "gpi_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6 does so without being asked

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder / "templates" for folder in (BRAND_DIR, BASE_DIR) if folder],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gpi_portal.web.context.portal",
            ],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR / "portal.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers wait for each other instead of failing, and readers never wait for a writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": environment.cache("CACHE_URL", "locmemcache://")}

# Public pages, once made, in files that all processes of this machine share.
KEPT_PAGES = environment.flag("KEPT_PAGES", default=not DEBUG)
KEPT_PAGES_MB = environment.number("KEPT_PAGES_MB", 200)
KEPT_PAGES_DIR = VAR_DIR / "pages"

# --- Languages and time -------------------------------------------------------------------------

LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_CODE = "en"
# Staff may choose a language for their pages; no public page gets this cookie, or sets one.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "America/Toronto"
USE_TZ = True
# Days are typed as YYYY-MM-DD in both languages, by hand or by the admin's picker.
FORMAT_MODULE_PATH = ["gpi_portal.i18n.formats"]

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [folder / "static" for folder in (BRAND_DIR, BASE_DIR) if folder and (folder / "static").is_dir()]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site is meant to build on them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Fixtures -----------------------------------------------------------------------------------

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- The site -----------------------------------------------------------------------------------

SITE_NAMES = {"en": "GPI Portal", "fr": "Portail IPM"}

# --- The operator -------------------------------------------------------------------------------

# Who runs this portal and under which terms; every page shows it. Texts end in _en and _fr.
OPERATOR = {
    **environment.pair("OPERATOR_NAME", "The operator of this portal", "L’exploitant de ce portail"),
    "operator_contact": environment.email("OPERATOR_CONTACT"),
    "operator_url": environment.link("OPERATOR_URL"),
    **environment.pair(
        "DATA_LICENCE",
        "Each source keeps its own terms of use; every record names its sources.",
        "Chaque source conserve ses propres conditions d’utilisation; chaque fiche indique ses sources.",
    ),
    "data_licence_url": environment.link("DATA_LICENCE_URL"),
    **environment.pair(
        "SITE_NOTICE",
        "This is not an official Government of Canada site.",
        "Ce site n’est pas un site officiel du gouvernement du Canada.",
    ),
}

# --- Error reports ------------------------------------------------------------------------------

# How many reports one network may send in an hour.
REPORTS_PER_HOUR = environment.number("REPORTS_PER_HOUR", 10)
# How many days after the decision what a reporter wrote is deleted.
REPORT_DAYS = environment.number("REPORT_DAYS", 180)
# How many days after its arrival a report that nobody has decided is deleted.
REPORT_WAIT_DAYS = environment.number("REPORT_WAIT_DAYS", 730)

# --- Log ----------------------------------------------------------------------------------------

# To standard output, for the service manager to keep. Django logs paths without their query string.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "gpi_portal.sign_in": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
}
