"""What follows when Wagtail keeps or deletes a picture."""

from django.db import transaction

from outbox.events import tell
from pictures.renditions import discard, is_made, make_renditions, names_of


def after_save(instance, created=False, raw=False, **kwargs):
    """A picture whose files are not made of its present original gets them by a job; who shows it learns of them then,
    and of other words about it at once."""
    if raw:
        return
    if not is_made(instance):
        make_renditions.enqueue(picture_id=instance.pk)
    elif not created:
        tell("picture_changed", picture_id=instance.pk)


def after_delete(instance, **kwargs):
    """Files go with their picture, at once: it may have been taken down."""
    names = names_of(instance.files)
    transaction.on_commit(lambda: discard.call(names=names), robust=True)
