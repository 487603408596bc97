"""Entries follow the rows that they are made of, whoever saves or deletes one: a form, a command, a shell.

Each such change leaves a job. What changes rows by a statement (`update`, `bulk_create`) sends no signal and tells by
itself: stock that is reserved and released, recognitions, suspensions, areas that are loaded again. Successions go by
loading alone, thousands at once, so that their deletion is not followed row by row.
"""

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from areas.models import Area, Succession, Village
from catalogue.models import Group, Listing, Product, ProductImage, ProductSet, Variant
from discovery.jobs import rebuild_entry_of_producer
from outbox.events import tell
from pictures.models import Picture
from producers.models import Producer
from shop.partner.models import StockRecord


def after_product(instance, created, **kwargs):
    if not created:  # a new one is shown once it has a listing
        tell("product_changed", product_id=instance.pk)


def after_part_of_product(instance, **kwargs):
    """An image, or the stock record of a product or of one of its sizes."""
    tell("product_changed", product_id=instance.product_id)


def after_variant(instance, **kwargs):
    for product_id in Listing.objects.filter(pk=instance.listing_id).values_list("product_id", flat=True):
        tell("product_changed", product_id=product_id)


def before_listing(instance, **kwargs):
    """A producer is as old as its first listing: the one that loses a product is to be looked at too."""
    listed = Listing.objects.filter(pk=instance.pk).exclude(producer=instance.producer_id)
    instance.producers_before = list(listed.values_list("producer_id", flat=True))


def after_listing(instance, **kwargs):
    tell("product_changed", product_id=instance.product_id)
    for producer_id in (instance.producer_id, *getattr(instance, "producers_before", ())):
        rebuild_entry_of_producer.enqueue(producer_id=producer_id)


def after_producer(instance, **kwargs):
    tell("producer_changed", producer_id=instance.pk)


def after_village(instance, created, **kwargs):
    if not created:
        tell("village_changed", village_id=instance.pk)


def before_delete_of_village(instance, **kwargs):
    """Afterwards nothing says which products were of it; their entries go with it."""
    for listing in instance.listings.all():
        tell("product_changed", product_id=listing.product_id)


def before_delete_of_picture(instance, **kwargs):
    for producer in Producer.objects.filter(picture=instance.pk):
        tell("producer_changed", producer_id=producer.pk)


def after_area(instance, created, **kwargs):
    if not created:
        tell("areas_changed")


def after_succession(instance, **kwargs):
    tell("areas_changed")


def after_classification(instance, created, **kwargs):
    if not created:
        tell("classification_changed")


def follow() -> None:
    """Called from AppConfig.ready()."""
    for signal, receiver, *senders in (
        (post_save, after_product, Product),
        (post_save, after_part_of_product, ProductImage, StockRecord),
        (post_delete, after_part_of_product, ProductImage, StockRecord),
        (post_save, after_variant, Variant),
        (post_delete, after_variant, Variant),
        (pre_save, before_listing, Listing),
        (post_save, after_listing, Listing),
        (post_delete, after_listing, Listing),
        (post_save, after_producer, Producer),
        (post_delete, after_producer, Producer),
        (post_save, after_village, Village),
        (pre_delete, before_delete_of_village, Village),
        (pre_delete, before_delete_of_picture, Picture),
        (post_save, after_area, Area),
        (post_save, after_succession, Succession),
        (post_save, after_classification, ProductSet, Group),
    ):
        for sender in senders:
            signal.connect(receiver, sender=sender)
