"""What a product's story still lacks, after criterion 5 ("Câu chuyện sản phẩm") of Decision 26/2026/QĐ-TTg.

The Decision scores whether a story is told on leaflet and website with pictures or films (5.1), how it is built (5.2),
and whether it is the product's own, of its place and culture (5.3). How moving it is no program can tell; what a
program can see is listed here. The number of words is our own measure: the Decision names none.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from areas.folding import fold
from catalogue.models import Listing

WORDS = 300
HEADINGS = 2
SHOWN = ("picture", "gallery", "film")


@dataclass(frozen=True)
class Point:
    criterion: str  # of the Decision; empty for what this site asks besides
    text: str
    is_met: bool
    advice: str


def checklist(page) -> list[Point]:
    """Each point for a story, in the state that its editor sees. Two queries."""
    kinds = [block.block_type for block in page.body]
    words, told = words_of(page), fold(" ".join([page.title, page.summary, *texts_of(page)]))
    names = names_told_of(page)
    count, headings = len(words), kinds.count("heading")
    return [
        Point(
            "5.1",
            _("Được kể thành bài trên website, từ %(words)s chữ") % {"words": WORDS},
            count >= WORDS,
            _("Bài có %(count)s chữ. Hãy kể thêm: ai làm, làm thế nào, vì sao làm.") % {"count": count},
        ),
        Point(
            "5.1",
            _("Có ảnh hoặc phim"),
            bool(page.picture_id) or any(kind in kinds for kind in SHOWN),
            _("Hãy thêm ảnh đầu bài, một khối ảnh, bộ ảnh hay phim."),
        ),
        Point(
            "5.2",
            _("Có bố cục: từ %(headings)s tiêu đề trở lên") % {"headings": HEADINGS},
            headings >= HEADINGS,
            _("Bài có %(count)s tiêu đề. Hãy chia bài thành các đoạn, mỗi đoạn một ý.") % {"count": headings},
        ),
        Point(
            "5.3",
            _("Gọi tên sản phẩm"),
            "products" in kinds or is_told(names["products"], told),
            _("Hãy chọn sản phẩm ở mục “Sản phẩm”, và gọi tên nó trong bài."),
        ),
        Point(
            "5.3",
            _("Gọi tên người làm ra"),
            "producer" in kinds or is_told(names["producers"], told),
            _("Hãy nhắc tên hợp tác xã hay hộ sản xuất, hoặc thêm khối “Nhà sản xuất”."),
        ),
        Point(
            "5.3",
            _("Nói rõ nơi làm ra"),
            "places" in kinds or is_told(names["places"], told),
            _("Hãy nhắc tên xã, bản, hoặc thêm khối “Bản đồ các nơi”."),
        ),
        Point(
            "",
            _("Đọc được bằng cả hai tiếng"),
            page.get_translations().live().exists(),
            _("Bản tiếng kia chưa có hoặc chưa đăng. Hãy nhờ người dịch."),
        ),
        Point(
            "",
            _("Ghi nguồn"),
            any(block.block_type == "sources" and len(block.value) for block in page.body),
            _("Hãy thêm khối “Nguồn” ở cuối bài: báo, văn bản, hay người đã kể."),
        ),
    ]


def texts_of(page) -> list[str]:
    """All that the body says, without its sources."""
    return [
        text
        for block in page.body
        if block.block_type != "sources"
        for text in block.block.get_searchable_content(block.value)
    ]


def words_of(page) -> list[str]:
    """Vietnamese words are counted as they are written: a syllable each."""
    return " ".join(str(text) for text in texts_of(page)).split()


def names_told_of(page) -> dict[str, list[str]]:
    """The names, in both languages, of the story's products, of who makes them and of where. One query."""
    listings = Listing.objects.filter(product__in=page.product_ids()).select_related("product", "producer", "area")
    found = {"products": [], "producers": [], "places": []}
    for listing in listings:
        found["products"] += [listing.product.title, listing.name_en]
        found["producers"] += [listing.producer.name, listing.producer.name_en]
        found["places"].append(listing.area.name)
    return found


def is_told(names: list[str], told: str) -> bool:
    """Does a folded text hold one of these names?"""
    return any(f" {fold(name)} " in f" {told} " for name in names if fold(name))
