"""How a product earns its stars."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "programme"
