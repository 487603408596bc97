"""For tests: pages, pictures and papers as an editor would have made them."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.documents import get_document_model

from factories import make_product, make_recognition, show
from pictures.models import Picture
from showcase.models import StoryIndexPage, StoryPage, StoryProduct

GONE = "Sản phẩm từng được giới thiệu ở đây hiện không còn bán."


def index_of(kind, language="vi"):
    """The index page of a kind in a language."""
    return kind.objects.get(locale__language_code=language)


def publish(index, **fields):
    """A published page below an index, of the kind that it lists."""
    page = index.lists(
        **{
            "title": "Mật ong ba vùng",
            "slug": "mat-ong",
            "summary": "Ba nhãn mật.",
            "locale": index.locale,
            "translation_key": uuid4(),
            "first_published_at": timezone.now(),
            **fields,
        }
    )
    return index.add_child(instance=page)


def publish_story(*products, language="vi", **fields) -> StoryPage:
    """A published story that tells of these products."""
    links = [StoryProduct(product=product, sort_order=order) for order, product in enumerate(products)]
    return publish(index_of(StoryIndexPage, language), story_products=links, **fields)


def sold(count=1, *, stars=4, **fields) -> list:
    """So many products with stars, in the lists."""
    products = [make_product(**fields) for _ in range(count)]
    for product in products:
        if stars:
            make_recognition(product, stars=stars)
    show(*products)
    return products


def picture_of(name="che", **fields) -> Picture:
    """A picture of the library whose files are there in two widths."""
    rows = {
        kind: [[width, width // 2, f"/media/{name}-{width}.{kind}"] for width in (336, 672)]
        for kind in ("webp", "jpeg")
    }
    words = {"alt": f"Ảnh {name}", "alt_en": f"Picture {name}", "credit": "Ban biên tập"}
    picture = Picture(title=name, file=f"{name}.jpg", width=672, height=336, files=rows, **{**words, **fields})
    Picture.objects.bulk_create([picture])
    return Picture.objects.latest("pk")


def document_of(name: str):
    """A document of the library; its ending says what it is."""
    return get_document_model().objects.create(
        title=f"Tệp {name}", file=SimpleUploadedFile(name, b"content"), file_size=7
    )
