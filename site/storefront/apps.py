"""The public pages that join the apps."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "storefront"
