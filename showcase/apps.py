"""What the public reads: Wagtail pages."""

from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "showcase"
