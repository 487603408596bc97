"""Who is this? Log-in by e-mail or telephone, the same time and answer for every miss."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from accounts.phones import BadPhone, parse_phone


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


def find_person(name: str) -> User | None:
    """The person with this e-mail address or telephone number, as typed."""
    name = name.strip()
    if "@" in name:
        return User.objects.filter(email=name.lower()).first()
    try:
        return User.objects.filter(phone=parse_phone(name)).first()
    except BadPhone:
        return None
