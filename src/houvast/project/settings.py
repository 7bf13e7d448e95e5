"""All settings of the installation. Every `HOUVAST_*` variable is described in docs/settings.md."""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("HOUVAST_DATA", ROOT / "var")).resolve()
DEMO = os.environ.get("HOUVAST_DEMO") == "1"
DEBUG = os.environ.get("HOUVAST_DEBUG") == "1"


def _secret(name: str) -> str:
    """The secret from the environment, else from a private file in the data folder, made once."""
    if given := os.environ.get(f"HOUVAST_{name.upper()}"):
        return given
    file = DATA / name.replace("_", "-")
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name` or `sqlite:///path` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or str(DATA / "houvast.sqlite3"),
            # To open the file and read its schema anew costs a page a tenth of its time.
            "CONN_MAX_AGE": int(os.environ.get("HOUVAST_CONN_MAX_AGE", "60")),
            "OPTIONS": {
                # Writers begin IMMEDIATE so that two of them wait instead of fail; `reading` begins DEFERRED.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": int(os.environ.get("HOUVAST_CONN_MAX_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
        # The scope is set inside each transaction, so a pooler in transaction mode is possible.
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": query,
    }


def _mail_server(url: str) -> dict[str, Any]:
    """Turn `smtp://user:password@host:port` (STARTTLS), `smtps://` or `smtp+plain://` into Django's form."""
    parts = urlsplit(url)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "HOUVAST_MAIL_URL begins with smtp://, smtps:// or smtp+plain:// and names a host."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


SECRET_KEY = _secret("secret_key")

ALLOWED_HOSTS = os.environ.get("HOUVAST_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("HOUVAST_TRUSTED_ORIGINS", "").split(",") if origin
]
DATABASES = {"default": _database(os.environ.get("HOUVAST_DATABASE_URL", "sqlite:///"))}
DATABASE_NAME = " ".join(str(DATABASES["default"].get(part, "")) for part in ("ENGINE", "HOST", "NAME"))
DEMO_MARK = DATA / "demo-database"


def _made_by_demo() -> bool:
    """Whether the demo marked this very database as its own, so that every command treats it alike."""
    said = DEMO_MARK.read_text(encoding="utf-8") if DEMO_MARK.exists() else ""
    return said.partition(" ")[2] == DATABASE_NAME


# Signs the audit trail and the digests of claims. Kept outside the database on purpose; the demo's
# own key is public, since its rows are, and makes its digests the same on every machine.
KNOWN_KEY = (DEMO or _made_by_demo()) and "HOUVAST_SIGNING_KEY" not in os.environ
SIGNING_KEY = "houvast-demo" if KNOWN_KEY else _secret("signing_key")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The end of every chain at the last check; `verify --heads` names another place.
TRAIL_HEADS = DATA / "trail-heads.json"

# A copy of every certificate of destruction, to destroy again what an older backup brings back.
DESTRUCTION_CERTIFICATES = DATA / "destruction-certificates"

INSTALLED_APPS = [
    "houvast.project",
    "houvast.core.ui",
    "houvast.core.commitments",
    "houvast.core.report",
    "houvast.core.documents",
    "houvast.core.terms",
    "houvast.core.events",
    "houvast.core.api",
    "houvast.core.tokens",
    "houvast.core.references",
    "houvast.core.post",
    "houvast.core.notices",
    "houvast.core.jobs",
    "houvast.core.files",
    "houvast.core.configuration",
    "houvast.core.administration",
    "houvast.core.retention",
    "houvast.core.public",
    "houvast.core.viewlog",
    "houvast.core.privacy",
    "houvast.core.agenda",
    "houvast.core.audit",
    "houvast.core.search",
    "houvast.core.access",
    "houvast.core.people",
    "houvast.core.orgs",
    "houvast.modules.structure",
    "houvast.modules.security",
    "houvast.modules.trajectory",
    "houvast.modules.values",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # Above whatever answers by itself: a static file or a redirect to the address with a slash has it too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above the session: a program is known by its token alone, and every error becomes what programs read.
    "houvast.core.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    # After the sign-in check: a stale sign-in deletes its session row, which a page's reading refuses.
    "houvast.core.http.ScopeMiddleware",
]

ROOT_URLCONF = "houvast.project.urls"
WSGI_APPLICATION = "houvast.project.wsgi.application"
FORM_RENDERER = "houvast.core.ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "houvast.core.ui.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
        },
    },
]

AUTH_USER_MODEL = "access.Account"
SESSION_ENGINE = "houvast.core.access.sessions"
AUTHENTICATION_BACKENDS = ["houvast.core.access.backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "houvast.core.access.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# A demo is entered by choosing whom one is; elsewhere that page does not exist.
LOGIN_URL = LOGOUT_REDIRECT_URL = "demo" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "houvast.core.access.adapters.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ONLY = os.environ.get("HOUVAST_OIDC_ONLY") == "1"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("HOUVAST_OIDC_NAME", "Organisatieaccount"),
                    "client_id": os.environ.get("HOUVAST_OIDC_CLIENT_ID", ""),
                    "secret": os.environ.get("HOUVAST_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ["HOUVAST_OIDC_SERVER"]},
                },
            ],
        },
    }
    if "HOUVAST_OIDC_SERVER" in os.environ
    else {}
)

# Attempts to sign in and sendings of public forms, counted for all processes together: `migrate` makes the table.
CACHES = {
    "default": {
        "BACKEND": "houvast.core.access.attempts.Attempts",
        "LOCATION": "sign_in_attempts",
    }
}

# Where security.txt sends who found a vulnerability (RFC 9116); without these, to the organisations' own forms.
SECURITY_CONTACTS = [one for one in os.environ.get("HOUVAST_SECURITY_CONTACT", "").split(",") if one]
SECURITY_POLICY = os.environ.get("HOUVAST_SECURITY_POLICY", "")

# How many questions a minute one token may ask.
API_PER_MINUTE = int(os.environ.get("HOUVAST_API_PER_MINUTE", "300"))

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Where people reach the application: what a mail links to.
PUBLIC_URL = os.environ.get("HOUVAST_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
MAIL_URL = os.environ.get("HOUVAST_MAIL_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("HOUVAST_MAIL_FROM", "Houvast <houvast@localhost>")
MAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
# Without a mail server the messages of the application are kept and shown; what signing in sends is printed.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_URL else 'console'}.EmailBackend"
EMAIL_TIMEOUT = 20
globals().update(_mail_server(MAIL_URL) if MAIL_URL else {})
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = os.environ.get("HOUVAST_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Asking browsers to know the domain beforehand is for whoever holds the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_NAME = "__Host-houvast"
    CSRF_COOKIE_NAME = "__Host-csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The worker tells of each task at INFO, whatever its logger is set to.
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
