"""Settings, read from the environment once.

Every variable is described in .env.example. A value that cannot be right stops the start with a
sentence that names its variable. A secret may come from a file: SECRET_KEY_FILE=/run/secrets/key.
"""

from __future__ import annotations

import os
import secrets
import sys
from email.utils import parseaddr
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from careers.web.environment import (
    database_from,
    is_loopback,
    mailers_from,
    read,
    read_count,
    read_flag,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where things are ---------------------------------------------------------------------------


def find_data_dir() -> Path:
    """DATA_DIR, else the folder that `make run` would serve: var/own when there is one."""
    if chosen := read("DATA_DIR"):
        return Path(chosen).expanduser().resolve()
    own = BASE_DIR / "var" / "own"
    return own if own.exists() else BASE_DIR / "var" / "demo"


DATA_DIR = find_data_dir()
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"DATA_DIR is {DATA_DIR}, which cannot be made a folder: {error.strerror}."
    ) from None
os.umask(0o077)  # databases, keys and files are their owner's only

DEBUG = read_flag("DEBUG")

# A demo is a data folder that `manage.py demo` filled: anybody may enter it as Maya.
IS_DEMO = (DATA_DIR / "demo").exists()


def find_secret_key() -> str:
    """SECRET_KEY, else the key in the data folder, made there the first time."""
    if key := read("SECRET_KEY"):
        if len(key) < 50:
            raise ImproperlyConfigured(
                "SECRET_KEY is shorter than 50 characters; leave it out and one is made for you "
                "in DATA_DIR."
            )
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists():
        try:
            # whole or not at all: of two processes that start at once both read the same key
            with NamedTemporaryFile("w", dir=DATA_DIR) as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                os.link(file.name, path)
        except FileExistsError:
            pass
        except OSError as error:
            raise ImproperlyConfigured(f"DATA_DIR cannot be written: {error.strerror}.") from None
    return path.read_text()


SECRET_KEY = find_secret_key()
SECRET_KEY_FALLBACKS = [key for key in read("SECRET_KEY_FALLBACKS").split(",") if key]

# --- who may ask, and under which name ----------------------------------------------------------


def find_site_url() -> str:
    """SITE_URL, what links in mails and shares begin with: scheme and host, nothing after."""
    url = read("SITE_URL", "http://localhost:8000").rstrip("/")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"SITE_URL is {url!r}, which is not an address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"SITE_URL is {url!r}; write a scheme and a host, as in https://careers.example.org."
        )
    if parts.scheme == "http" and not DEBUG and not is_loopback(parts.hostname):
        raise ImproperlyConfigured(
            f"SITE_URL is {url!r}: a journal is served over https, or on this machine alone "
            "(http://localhost:8000)."
        )
    return url


SITE_URL = find_site_url()
IS_HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [SITE_HOST, *(host.strip() for host in read("ALLOWED_HOSTS").split(",") if host)]
if is_loopback(SITE_HOST):
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS holds '*'; name each host, separated by commas.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# How many proxies of one's own stand in front; their forwarded addresses and scheme are believed.
TRUSTED_PROXY_COUNT = read_count("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- the application ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "careers.home",
    "careers.sharing",
    "careers.packets",
    "careers.coverage",
    "careers.feedback",
    "careers.journal",
    "careers.ladders",
    "careers.people",
    "careers.web",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "careers.web.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "careers.web.middleware.private_pages",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "careers.sharing.middleware.shared_pages",
    "careers.web.middleware.readable_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "careers.web.middleware.sign_in_for_htmx",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careers.people.middleware.own_time_zone",
    "careers.web.middleware.refused_forms",
    "careers.web.middleware.OvertakenSaves",
]

ROOT_URLCONF = "careers.urls"
WSGI_APPLICATION = "careers.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data ---------------------------------------------------------------------------------------

DATABASES = {"default": database_from(read("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Throttling counts here, and every process must see the same count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A full cache drops counts that still matter; at 300, Django's default, a crowd fills it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes of a form; a larger one is answered with 413
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Engineer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "careers.people.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "careers.people.adapters.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by their owner or an administrator
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "careers.people.forms.SignInForm",
    "change_password": "careers.people.forms.PasswordChangeForm",
    "reset_password": "careers.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "careers.people.forms.NewPasswordForm",
    "reauthenticate": "careers.people.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "careers.people.adapters.EncryptingMFAAdapter"
MFA_FORMS = {
    "activate_totp": "careers.people.forms.SealedTotpForm",
    "add_webauthn": "careers.people.forms.PasskeyForm",
    "authenticate_webauthn": "careers.people.forms.SecondPasskeyForm",
    "login_webauthn": "careers.people.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "careers.people.forms.ConfirmPasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is given by an administrator, not claimed
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Careers"

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "careers.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what a browser may do ----------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- mail ---------------------------------------------------------------------------------------

MAILERS = mailers_from(read("EMAIL_URL"))
CAN_SEND_MAIL = bool(read("EMAIL_URL"))
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL", f"Careers <careers@{SITE_HOST}>")
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise ImproperlyConfigured(f"DEFAULT_FROM_EMAIL is {DEFAULT_FROM_EMAIL!r}, not an address.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- words and logs -----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

LOG_LEVEL = read("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(
        f"LOG_LEVEL is {LOG_LEVEL!r}; write DEBUG, INFO, WARNING, ERROR or CRITICAL."
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "careers.web.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django names the path in these; careers.request says the same without it.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL"},
        # SQL holds what people wrote.
        "django.db.backends": {"level": "WARNING"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    # A demo is thrown away: the warning about faulty SQLite versions would only be noise.
    *(["web.W001"] if IS_DEMO or sys.argv[1:2] == ["demo"] else []),
]
