"""Settings for tests: fast hashing, a media folder and a database of their own, mails in memory."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "for tests only, never served to anyone but the test runner itself")
os.environ.setdefault("ENV_FILE", "/nonexistent")

from config.settings import *  # noqa: E402, F403 - a settings file is its parent with a few changes

TEST_DIR = Path(os.environ.get("TEST_DIR", tempfile.gettempdir())) / f"ocop-test-{os.getuid()}"
TEST_DIR.mkdir(exist_ok=True)
MEDIA_ROOT = TEST_DIR / "media"
EMAIL_FILE_PATH = TEST_DIR / "mails"
TALLY_SHARE = 1_000_000  # a change is counted at once
SEARCHES_WRITTEN_EVERY = 1_000_000  # not among a test's own queries
SEARCH_TIMEOUT = 30  # where Elasticsearch is asked, a busy machine is no failure
ELASTICSEARCH_PREFIX = f"test-{os.getpid()}"
MAINTENANCE_FILE = TEST_DIR / "maintenance"
SAMPLE_LOGINS_FILE = TEST_DIR / "sample-logins.txt"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
TRANSFER_ACCOUNT = {"bin": "970403", "number": "0011012345678", "holder": "CHUONG TRINH OCOP"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - from the parent
    # A file, so that server processes of a test see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}  # noqa: F405 - from the parent
