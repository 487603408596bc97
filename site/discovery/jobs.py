"""Jobs that keep entries true after something they show has changed. Each may run any number of times."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from catalogue.models import Listing, Product, ProductImage
from discovery.entries import rebuild, rebuild_all
from discovery.models import Kind
from producers.models import Producer


@task()
def rebuild_entry_of_product(product_id: int) -> None:
    """Of a product, or of the one whose size it is."""
    parent_id = Product.objects.filter(pk=product_id).values_list("parent_id", flat=True).first()
    rebuild([parent_id or product_id])


@task()
def rebuild_entry_of_producer(producer_id: int) -> None:
    rebuild([producer_id], Kind.PRODUCER)


@task()
def rebuild_entries_of_producer(producer_id: int) -> None:
    """The producer's own and its products'."""
    rebuild([producer_id], Kind.PRODUCER)
    rebuild(Listing.objects.filter(producer_id=producer_id).values_list("product_id", flat=True))


@task()
def rebuild_entries_of_picture(picture_id: int) -> None:
    rebuild(Producer.objects.filter(picture_id=picture_id).values_list("pk", flat=True), Kind.PRODUCER)
    rebuild(ProductImage.objects.filter(original_id=picture_id).values_list("product_id", flat=True))


@task()
def rebuild_entries_of_village(village_id: int) -> None:
    rebuild(Listing.objects.filter(village_id=village_id).values_list("product_id", flat=True))


@task()
def rebuild_every_entry() -> None:
    """Where many such jobs wait, the last one does it for all."""
    if not DBTaskResult.objects.ready().filter(task_path=rebuild_every_entry.module_path).exists():
        rebuild_all()
