"""The one image library."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class PicturesConfig(AppConfig):
    name = "pictures"

    def ready(self):
        from pictures import signals  # the registry must be complete first
        from pictures.models import Picture

        post_save.connect(signals.after_save, sender=Picture, dispatch_uid="pictures")
        post_delete.connect(signals.after_delete, sender=Picture, dispatch_uid="pictures")
