"""Jobs that keep entries true after something they show has changed. Each may run any number of times."""

from django_tasks import task

from catalogue.models import Listing, ProductImage
from discovery.entries import rebuild
from discovery.models import Kind
from producers.models import Producer


@task()
def rebuild_entry_of_product(product_id: int) -> None:
    rebuild([product_id])


@task()
def rebuild_entries_of_producer(producer_id: int) -> None:
    rebuild([producer_id], Kind.PRODUCER)
    rebuild(Listing.objects.filter(producer_id=producer_id).values_list("product_id", flat=True))


@task()
def rebuild_entries_of_picture(picture_id: int) -> None:
    rebuild(Producer.objects.filter(picture_id=picture_id).values_list("pk", flat=True), Kind.PRODUCER)
    rebuild(ProductImage.objects.filter(original_id=picture_id).values_list("product_id", flat=True))
