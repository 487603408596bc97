"""Who people are, and in which area they serve."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
