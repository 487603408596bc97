"""What is installed is what was chosen: hashed line by line, from no address, not below the floors of safety."""

import re
from importlib.metadata import version

import pytest
from django.conf import settings
from packaging.version import Version

REQUIREMENTS = settings.BASE_DIR / "requirements.txt"
FLOORS = {"Pillow": "13.0.0", "Django": "5.2.19", "wagtail": "8.0.1"}


def entries():
    """Each requirement with its hashes, as one line."""
    text = REQUIREMENTS.read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_every_requirement_has_one_version_and_its_hashes():
    pinned = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")

    assert [line for line in entries() if not pinned.fullmatch(line)] == []
    assert len(entries()) > 50


def test_no_requirement_comes_from_an_address():
    text = REQUIREMENTS.read_text()

    assert [word for word in ("://", "--index", "--extra", "--find-links", "git+", "-e ") if word in text] == []


@pytest.mark.parametrize("package", FLOORS)
def test_known_holes_are_closed(package):
    [listed] = {line.split("==")[1].split()[0] for line in entries() if line.startswith(f"{package.lower()}==")}

    assert Version(listed) >= Version(FLOORS[package])
    assert version(package) == listed


def test_every_variable_of_the_settings_stands_in_the_example():
    sources = [settings.SITE_DIR / "config/settings.py", settings.SITE_DIR / "gunicorn.conf.py"]
    read = {name for path in sources for name in re.findall(r'environ\.get\("(\w+)"', path.read_text())}
    example = (settings.BASE_DIR / ".env.example").read_text()
    listed = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE))

    assert read - {"ENV_FILE"} <= listed
