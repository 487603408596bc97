"""Settings of a server that a test starts: those of the tests, on the tests' database, with static files as served."""

import os

from config import settings
from config.settings_test import *  # noqa: F403 - a settings file is its parent with a few changes
from config.settings_test import DATABASES, TEST_DIR

DATABASES["default"]["NAME"] = os.environ.get("TEST_DATABASE", DATABASES["default"]["NAME"])
STORAGES = settings.STORAGES
STATIC_ROOT = TEST_DIR / "static"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
