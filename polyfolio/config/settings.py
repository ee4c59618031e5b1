"""Every setting of an installation, read from the environment once, at start.

Nothing has to be set: without any variable Polyfolio keeps all its state in one folder beside the
checkout, on SQLite. `docs/guides/running-it.md` lists the variables; `polyfolio check` says which are wrong.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from polyfolio.config import environment
from polyfolio.config.databases import database_settings
from polyfolio.config.logs import logging_settings

django_stubs_ext.monkeypatch()

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent

# Where state lives ------------------------------------------------------------------------------
_CHECKOUT = PACKAGE.parent
_HOME = _CHECKOUT / "var" if (_CHECKOUT / "pyproject.toml").exists() else Path("~/.local/share/polyfolio")
POLYFOLIO_DATA = Path(env("POLYFOLIO_DATA", default=str(_HOME))).expanduser().resolve()
if _WRONG := environment.problems(os.environ, POLYFOLIO_DATA):
    raise ImproperlyConfigured("\n".join(_WRONG))
POLYFOLIO_INDEX = Path(env("POLYFOLIO_INDEX", default=str(POLYFOLIO_DATA / "index"))).expanduser()
MEDIA_ROOT = Path(env("POLYFOLIO_MEDIA", default=str(POLYFOLIO_DATA / "media"))).expanduser()
POLYFOLIO_UPLOAD_LIMIT_MB = env.int("POLYFOLIO_UPLOAD_LIMIT_MB", default=512)
POLYFOLIO_ALLOW_PRIVATE_ADDRESSES = env.bool("POLYFOLIO_ALLOW_PRIVATE_ADDRESSES", default=False)
POLYFOLIO_ATTACHMENT_LIMIT_MB = env.int("POLYFOLIO_ATTACHMENT_LIMIT_MB", default=25)

# Who we are to the outside ----------------------------------------------------------------------
POLYFOLIO_PUBLIC_URL = env("POLYFOLIO_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_LOCAL = POLYFOLIO_PUBLIC_URL.startswith(("http://127.0.0.1", "http://localhost"))
DEBUG = env.bool("POLYFOLIO_DEBUG", default=False)
POLYFOLIO_DEMO = env.bool("POLYFOLIO_DEMO", default=False)
ALLOWED_HOSTS: list[str] = env.list("POLYFOLIO_ALLOWED_HOSTS", default=[])
if IS_LOCAL:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [POLYFOLIO_PUBLIC_URL]


def _secret_key() -> str:
    """The installation's own key: from the environment, or made once and kept readable by its owner only."""
    given: str = env("POLYFOLIO_SECRET_KEY", default="")
    if given:
        return given
    kept = POLYFOLIO_DATA / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text().strip()


SECRET_KEY = _secret_key()

# The house --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_cotton.apps.SimpleAppConfig",
    "polyfolio.people",
    "polyfolio.audit",
    "polyfolio.search",
    "polyfolio.notify",
    "polyfolio.files",
    "polyfolio.vocabulary",
    "polyfolio.network",
    "polyfolio.portfolios",
    "polyfolio.reporting",
    "polyfolio.funding",
    "polyfolio.sensemaking",
    "polyfolio.exchange",
    "polyfolio.demo",
    "polyfolio.web",
    "polyfolio.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_vite",
    "huey.contrib.djhuey",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "polyfolio.web.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "polyfolio.web.middleware.OwnLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "polyfolio.config.urls"
WSGI_APPLICATION = "polyfolio.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "polyfolio.web.context.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "polyfolio.web.templatetags.polyfolio"],
        },
    }
]
COTTON_DIR = "cotton"

# Data -------------------------------------------------------------------------------------------
DATABASES = database_settings(env("DATABASE_URL", default=""), POLYFOLIO_DATA)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL: str = env("REDIS_URL", default="")
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(POLYFOLIO_DATA / "cache"),
    }
}
HUEY: dict[str, Any] = {
    "huey_class": "huey.RedisHuey" if REDIS_URL else "huey.SqliteHuey",
    "name": "polyfolio",
    "immediate": False,
    "utc": True,
    "results": False,
    "connection": {"url": REDIS_URL} if REDIS_URL else {"filename": str(POLYFOLIO_DATA / "jobs.sqlite3")},
    "consumer": {
        "workers": 2,
        "worker_type": "thread",
        "max_delay": 0.2,
        "initial_delay": 0.1,
        "backoff": 1.1,
    },
}
if not REDIS_URL:
    HUEY |= HUEY.pop("connection")

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/next-steps/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "polyfolio.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none" if POLYFOLIO_DEMO else "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "login": "30/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "polyfolio.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only for addresses that the provider says it has confirmed
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env("POLYFOLIO_OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env("POLYFOLIO_OIDC_NAME", default="your organisation"),
                "client_id": env("POLYFOLIO_OIDC_CLIENT_ID", default=""),
                "secret": env("POLYFOLIO_OIDC_SECRET", default=""),
                "settings": {"server_url": env("POLYFOLIO_OIDC_SERVER_URL")},
            }
        ],
    }

# Mail -------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("POLYFOLIO_MAIL_FROM", default="Polyfolio <no-reply@localhost>")

# Words, dates -----------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("fr", "Français"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# Static files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = POLYFOLIO_DATA / "static"
BASE_ASSETS = PACKAGE / "web" / "assets"
STATICFILES_DIRS = [BASE_ASSETS] if BASE_ASSETS.exists() else []
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/files/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DJANGO_VITE = {
    "default": {
        "dev_mode": env.bool("POLYFOLIO_VITE", default=False),
        "manifest_path": PACKAGE / "web" / "assets" / "manifest.json",
        "static_url_prefix": "",
    }
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Safety -----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("POLYFOLIO_BEHIND_PROXY", default=False) else None
)
_IS_HTTPS = POLYFOLIO_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _IS_HTTPS
SECURE_SSL_REDIRECT = _IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _IS_HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W021"]

LOGGING = logging_settings(
    level=env("POLYFOLIO_LOG_LEVEL", default="INFO"), is_json=env.bool("POLYFOLIO_LOG_JSON", default=False)
)

# What stewards may tune per installation (networks override most of it) --------------------------
POLYFOLIO_DORMANT_MONTHS = env.int("POLYFOLIO_DORMANT_MONTHS", default=24)
POLYFOLIO_UNDO_DAYS = env.int("POLYFOLIO_UNDO_DAYS", default=30)
POLYFOLIO_OPEN_REGISTRATION = env.bool("POLYFOLIO_OPEN_REGISTRATION", default=False)

# The API: requests a minute that one token (or signed-in person) may make; others share less per address ----------
_API_RATE = env.int("POLYFOLIO_API_RATE", default=600)
POLYFOLIO_API_RATES = {"read": _API_RATE, "write": _API_RATE // 2, "anonymous": _API_RATE // 4}
NINJA_NUM_PROXIES = 1 if SECURE_PROXY_SSL_HEADER else 0
