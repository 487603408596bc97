"""Who people are, and in which area they serve."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"


class PeopleScreensConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our own form: one name, a telephone, roles instead of groups."""

    user_viewset = "accounts.screens.PeopleViewSet"
