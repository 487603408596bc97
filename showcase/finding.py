"""Entries follow their pages: whatever is saved, moved, closed or deleted leaves a job in its own transaction.

Wagtail tells of publishing, moving and new addresses after the transaction, but saves a page within it, also when the
page is scheduled, expires or follows another; so saving is what is listened to.
"""

from django.db.models.signals import post_delete, post_save, pre_delete
from django_tasks import task
from wagtail.models import Page, PageViewRestriction, Site

from discovery.entries import rebuild, register
from discovery.models import Kind
from outbox.events import subscribe
from pictures.models import Picture
from showcase.found import PAGES, kind_of, rebuild_pages, source_of
from showcase.models import VillagePage
from showcase.models.plain import IndexPage

OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


@task()
def rebuild_entry_of_page(kind: str, key: str) -> None:
    rebuild([key], Kind(kind))


@task()
def rebuild_entries_below(page_id: int) -> None:
    """Of a page that is closed, opened or has another address, and of all pages below it."""
    page = Page.objects.filter(pk=page_id).first()
    if page:
        rebuild_pages(Page.objects.descendant_of(page, inclusive=True))


@task()
def rebuild_entries_of_pages_with(picture_id: int) -> None:
    for kind, model in PAGES.items():
        rebuild(model.objects.filter(picture=picture_id).values_list("translation_key", flat=True), kind)


@task()
def rebuild_entries_of_pages_about(village_id: int) -> None:
    rebuild(VillagePage.objects.filter(village=village_id).values_list("translation_key", flat=True), Kind.VILLAGE)


def after_save_of_page(instance, raw=False, update_fields=None, **kwargs):
    if raw or not isinstance(instance, Page) or (update_fields and OF_DRAFTS.issuperset(update_fields)):
        return
    model = instance.specific_class or Page
    if kind := kind_of(model):
        rebuild_entry_of_page.enqueue(kind=kind, key=str(instance.translation_key))
    elif issubclass(model, IndexPage):
        rebuild_entries_below.enqueue(page_id=instance.pk)


def after_delete_of_page(instance, **kwargs):
    if isinstance(instance, Page) and (kind := kind_of(type(instance))):
        rebuild_entry_of_page.enqueue(kind=kind, key=str(instance.translation_key))


def after_restriction(instance, **kwargs):
    rebuild_entries_below.enqueue(page_id=instance.page_id)


def after_save_of_site(instance, **kwargs):
    """All addresses begin at the site's home."""
    rebuild_entries_below.enqueue(page_id=Page.get_first_root_node().pk)


def before_delete_of_picture(instance, **kwargs):
    """Afterwards nothing says which pages had it."""
    for kind, model in PAGES.items():
        for key in model.objects.filter(picture=instance.pk).values_list("translation_key", flat=True).distinct():
            rebuild_entry_of_page.enqueue(kind=kind, key=str(key))


def let_pages_be_found() -> None:
    """Called from AppConfig.ready()."""
    for kind in PAGES:
        register(source_of(kind))
    subscribe("picture_changed", rebuild_entries_of_pages_with)
    subscribe("village_changed", rebuild_entries_of_pages_about)
    post_save.connect(after_save_of_page)
    post_delete.connect(after_delete_of_page)
    post_save.connect(after_restriction, sender=PageViewRestriction)
    post_delete.connect(after_restriction, sender=PageViewRestriction)
    post_save.connect(after_save_of_site, sender=Site)
    pre_delete.connect(before_delete_of_picture, sender=Picture)
