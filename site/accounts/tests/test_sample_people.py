"""Sample people and their passwords."""

import re
import stat

import pytest

from accounts.loading import PEOPLE, load_people
from accounts.models import User
from factories import make_province

pytestmark = pytest.mark.django_db
LINE = re.compile(r"(.+): (\S+@ocop\.example)  (([2-9a-z]{4}-){2}[2-9a-z]{4})")


def test_passwords_are_told_once_and_kept_in_a_file_that_only_its_owner_reads(tmp_path):
    file = tmp_path / "var" / "sample-logins.txt"
    lines = load_people(make_province(), kept_in=file)
    assert file.read_text(encoding="utf-8").splitlines() == lines
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    passwords = {match[2]: match[3] for match in map(LINE.fullmatch, lines)}
    assert set(passwords) == set(PEOPLE) and len(set(passwords.values())) == len(PEOPLE)
    assert all(user.check_password(passwords[user.email]) for user in User.objects.all())


def test_a_second_load_makes_nobody_and_tells_nothing(tmp_path):
    file = tmp_path / "sample-logins.txt"
    load_people(make_province(), kept_in=file)
    before, text = list(User.objects.values()), file.read_text(encoding="utf-8")
    assert load_people(make_province(), kept_in=file) == []
    assert (list(User.objects.values()), file.read_text(encoding="utf-8")) == (before, text)


def test_whoever_was_taken_away_comes_back_with_another_password_in_place_of_the_old(tmp_path):
    file = tmp_path / "sample-logins.txt"
    first = load_people(make_province(), kept_in=file)
    User.objects.get(email="nguoi-mua@ocop.example").delete()
    [line] = load_people(make_province(), kept_in=file)
    assert line.startswith("Người mua mẫu: nguoi-mua@ocop.example") and line not in first
    old = [one for one in first if "nguoi-mua@" not in one]
    assert len(old) == 8
    assert file.read_text(encoding="utf-8").splitlines() == [*old, line]


def test_a_file_that_others_could_read_is_closed(tmp_path):
    file = tmp_path / "sample-logins.txt"
    file.touch(mode=0o644)
    load_people(make_province(), kept_in=file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
