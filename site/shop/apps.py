"""How things are bought."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"
