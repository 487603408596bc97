"""How things are bought."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        from shop import transfers  # noqa: F401 - registers its timers; models must be loaded first
