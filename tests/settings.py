"""Settings of the tests: production's, from an environment made here, fast where nobody looks."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

DATABASE_URL = os.environ.get("DATABASE_URL", "")  # set by scripts/postgres.sh

# The shell's own settings must not decide a test; whoever reads these names is careers.settings.
for name in (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "LOG_LEVEL",
    "SECRET_KEY_FALLBACKS",
    "TRUSTED_PROXY_COUNT",
):
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)
os.environ |= {
    "DATABASE_URL": DATABASE_URL,
    "DATA_DIR": tempfile.mkdtemp(prefix="careers-tests-"),
    "SECRET_KEY": "known to every reader of the tests and used nowhere else",
    "SITE_URL": "http://localhost:8000",
}
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from careers.settings import *  # noqa: E402, F403 the environment comes first
from careers.settings import (  # noqa: E402
    DATA_DIR,
    DATABASES,
    LOGGING,
    MIDDLEWARE,
    STORAGES,
)

if not DATABASE_URL:
    # A file, as in production: the live server's threads have connections of their own to it.
    # Tests survive no power cut, so nothing waits for the disk.
    DATABASES["default"]["TEST"] = {"NAME": Path(DATA_DIR) / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# A good hash is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Django serves the files as they lie in static/: no collectstatic before the tests.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

# Records still reach pytest's caplog.
LOGGING["handlers"] = {"stderr": {"class": "logging.NullHandler"}}
