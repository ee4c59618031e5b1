"""Settings of a test run: its own folder for all state, jobs at once, PostgreSQL only where its address is given."""

import os
import tempfile

os.environ["POLYFOLIO_DATA"] = tempfile.mkdtemp(prefix="polyfolio-tests-")
os.mkdir(os.path.join(os.environ["POLYFOLIO_DATA"], "static"))  # noqa: PTH102, PTH118  # WhiteNoise warns without it
os.environ["POLYFOLIO_PUBLIC_URL"] = "http://127.0.0.1:8000"
os.environ["DATABASE_URL"] = (
    os.environ.get("POLYFOLIO_TEST_POSTGRES_URL", "") if os.environ.get("POLYFOLIO_TEST_ON") == "postgresql" else ""
)
os.environ.pop("REDIS_URL", None)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # browser journeys read the database beside Playwright's loop

from polyfolio.config.settings import *
from polyfolio.config.settings import ALLOWED_HOSTS, HUEY, STORAGES

ALLOWED_HOSTS += ["testserver"]
HUEY |= {"immediate": True, "immediate_use_memory": True}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
POLYFOLIO_API_RATES = {"read": 1_000_000, "write": 1_000_000, "anonymous": 1_000_000}
