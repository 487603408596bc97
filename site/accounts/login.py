"""Who is this? Log-in by e-mail or telephone, the same time and answer for every miss."""

from django import forms
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import BadPhone, parse_phone
from accounts.throttle import client_address, count_try, forget_try

MISSES_AN_ADDRESS = 20  # in 15 minutes, whoever is guessed; each person has five tries of django-axes besides
QUARTER_HOUR = 15 * 60  # seconds


class TooManyTries(Exception):
    """This network address has guessed enough for now."""


class EmailOrPhoneBackend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **credentials):
        username = username or credentials.get(User.USERNAME_FIELD)
        if not username or password is None:
            return None
        user = find_person(username)
        if user is None:
            User().set_password(password)  # takes as long as a real check, so that time tells nothing
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None


class LoginForm(forms.Form):
    name = forms.CharField(
        label=_("Thư điện tử hoặc số điện thoại"),
        max_length=254,
        error_messages={"required": _("Hãy nhập thư điện tử hoặc số điện thoại của bạn.")},
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )


def one_spelling(name: str) -> str:
    """A log-in name as it is kept: "0912 345 678" → "+84912345678", "Hoa@Example.vn" → "hoa@example.vn".

    Guesses are counted by name: a person who can be written in twenty ways has five tries all the same.
    """
    name = name.strip().lower()
    if "@" in name:
        return name
    try:
        return parse_phone(name)
    except BadPhone:
        return name


def find_person(name: str) -> User | None:
    """The person with this e-mail address or telephone number, as typed."""
    name = one_spelling(name)
    field = "email" if "@" in name else "phone"
    return User.objects.filter(**{field: name}).first()


def check_person(request, name: str, password: str) -> User | None:
    """The person with this name and password; None for every miss alike. Raises TooManyTries.

    A person's own five tries are counted by django-axes, which answers the request itself when they are used up.
    """
    address = client_address(request)
    if not count_try("login", address, limit=MISSES_AN_ADDRESS, seconds=QUARTER_HOUR):
        raise TooManyTries
    user = auth.authenticate(request, **{User.USERNAME_FIELD: one_spelling(name)}, password=password)
    if user is not None:
        forget_try("login", address)
    return user
