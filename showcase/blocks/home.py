"""The parts of a home page, which editors put in order. Each is drawn from what the page has gathered for all of them
(showcase/home_parts.py); a part that has nothing to say is not drawn."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from accounts.phones import BadPhone, parse_phone
from showcase.blocks.links import HeldPageBlock, LinkBlock
from showcase.blocks.live import HeldChoiceBlock, commune_choices, group_choices
from showcase.blocks.words import ParagraphBlock
from showcase.home_parts import shown_alone

MOST_CARDS, MOST_POINTS = 12, 24


class Level(TextChoices):
    BRANCHES = "branches", _("6 ngành, có ảnh")
    GROUPS = "groups", _("17 nhóm, chỉ tên")


class Part:
    """A block that is given what it shows as `shown`; in the preview of one block it finds that for itself."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context if "shown" in context else context | {"shown": shown_alone(self.name, value)}


class PartBlock(Part, StructBlock):
    pass


def title_of_part():
    return CharBlock(
        label=_("Tên phần này"), required=False, max_length=80, help_text=_("Để trống thì dùng tên sẵn có.")
    )


def how_many(default: int, most: int = MOST_CARDS):
    return IntegerBlock(label=_("Nhiều nhất"), min_value=1, max_value=most, default=default)


class LeadBlock(PartBlock):
    story = HeldPageBlock(
        page_type="showcase.StoryPage",
        label=_("Câu chuyện"),
        required=False,
        help_text=_("Để trống thì là câu chuyện mới nhất."),
    )

    class Meta:
        icon = "home"
        label = _("Câu chuyện mở đầu")
        description = _("Một câu chuyện với ảnh lớn; đặt đầu trang thì tên nó là tên của trang.")
        template = "showcase/home/lead.html"
        preview_value = {"story": None}


class GroupsBlock(PartBlock):
    title = title_of_part()
    level = ChoiceBlock(Level.choices, label=_("Chia theo"), default=Level.BRANCHES)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Ngành và nhóm sản phẩm")
        description = _("Lối vào danh sách sản phẩm, kèm số sản phẩm hôm nay.")
        template = "showcase/home/groups.html"
        preview_value = {"title": "", "level": "branches"}


class RatedBlock(PartBlock):
    title = title_of_part()
    stars = ChoiceBlock([("5", _("5 sao")), ("4", _("4 sao trở lên")), ("3", _("có sao"))], label=_("Sao"), default="3")
    group = HeldChoiceBlock(group_choices, label=_("Nhóm"), required=False)
    count = how_many(8)

    class Meta:
        icon = "pick"
        label = _("Sản phẩm có sao")
        description = _("Sản phẩm mới nhất đang có sao, ưu tiên mỗi nhà sản xuất một món; tự đổi theo ngày.")
        template = "showcase/home/rated.html"
        preview_value = {"title": "", "stars": "3", "group": "", "count": 4}


class SeasonBlock(PartBlock):
    title = title_of_part()
    group = HeldChoiceBlock(group_choices, label=_("Nhóm"), required=False)
    count = how_many(4)

    class Meta:
        icon = "calendar-check"
        label = _("Đang vào mùa")
        description = _("Sản phẩm mà tháng này là mùa của nó; ngoài mùa thì phần này tự ẩn.")
        template = "showcase/home/season.html"
        preview_value = {"title": "", "group": "", "count": 4}


class HowBlock(Part, StaticBlock):
    class Meta:
        icon = "list-ol"
        label = _("Một ngôi sao từ đâu mà có")
        description = _("Bốn bước từ hồ sơ đến sao, theo Quyết định 26/2026; lời có sẵn.")
        admin_text = _("Lời của phần này có sẵn, theo Quyết định 26/2026.")
        template = "showcase/home/how.html"
        preview_value = None

    @property
    def is_previewable(self):
        return True


class StoriesBlock(PartBlock):
    title = title_of_part()
    count = how_many(3)

    class Meta:
        icon = "doc-full"
        label = _("Câu chuyện mới")
        description = _("Những câu chuyện mới nhất, trừ câu chuyện mở đầu.")
        template = "showcase/home/stories.html"
        preview_value = {"title": "", "count": 3}


class FeatureBlock(PartBlock):
    feature = HeldPageBlock(page_type="showcase.FeaturePage", label=_("Chuyên đề"))

    class Meta:
        icon = "openquote"
        label = _("Chuyên đề")
        description = _("Một chuyên đề bạn chọn, với khẩu hiệu và ảnh của nó.")
        template = "showcase/home/feature.html"

    def get_preview_value(self):
        features = Page.objects.live().filter(content_type__model="featurepage")
        return self.normalize({"feature": features.values_list("pk", flat=True).first()})


class FairsBlock(PartBlock):
    title = title_of_part()
    count = how_many(2, most=6)

    class Meta:
        icon = "date"
        label = _("Hội chợ sắp tới")
        description = _("Hội chợ đang họp và sắp họp, gần nhất trước; không có thì phần này tự ẩn.")
        template = "showcase/home/fairs.html"
        preview_value = {"title": "", "count": 2}


class PhoneBlock(CharBlock):
    """A Vietnamese telephone number, kept as accounts.phones keeps it."""

    def clean(self, value):
        typed = super().clean(value)
        try:
            return parse_phone(typed) if typed else ""
        except BadPhone as wrong:
            raise ValidationError(wrong.message) from wrong


class PointBlock(StructBlock):
    name = CharBlock(label=_("Tên điểm bán"), max_length=120)
    address = CharBlock(label=_("Địa chỉ"), required=False, max_length=200)
    commune = HeldChoiceBlock(commune_choices, label=_("Xã, phường"), required=False)
    hours = CharBlock(label=_("Giờ mở cửa"), required=False, max_length=120)
    phone = PhoneBlock(label=_("Điện thoại"), required=False, max_length=40)

    class Meta:
        icon = "site"
        label = _("Điểm bán")


class PointsBlock(PartBlock):
    title = title_of_part()
    points = ListBlock(PointBlock(), label=_("Các điểm bán"), min_num=1, max_num=MOST_POINTS)

    class Meta:
        icon = "site"
        label = _("Điểm bán")
        description = _("Nơi xem và mua tận tay: tên, địa chỉ, giờ mở cửa, điện thoại.")
        template = "showcase/home/points.html"
        preview_value = {
            "title": "",
            "points": [{"name": "Tên điểm bán", "address": "Địa chỉ", "commune": "", "hours": "7–19 giờ", "phone": ""}],
        }


class VillagesBlock(PartBlock):
    title = title_of_part()
    count = how_many(24, most=48)

    class Meta:
        icon = "group"
        label = _("Những bản làng")
        description = _("Tên các bản, người ở đó và xã; dẫn đến trang của bản hoặc của xã.")
        template = "showcase/home/villages.html"
        preview_value = {"title": "", "count": 6}


class SloganBandBlock(PartBlock):
    text = CharBlock(label=_("Khẩu hiệu"), max_length=120)
    link = LinkBlock()

    class Meta:
        icon = "bold"
        label = _("Dải khẩu hiệu")
        description = _("Một câu chữ lớn giữa hai dải hoa văn thổ cẩm, có thể kèm liên kết.")
        template = "showcase/home/slogan.html"
        preview_value = {
            "text": "Sản phẩm của bản làng, sao của hội đồng",
            "link": {"words": "", "page": None, "address": ""},
        }


class TextBlock(PartBlock):
    title = CharBlock(label=_("Tiêu đề"), max_length=80)
    text = ParagraphBlock(label=_("Lời"), features=["bold", "italic", "ol", "ul"])  # a link is a field of its own
    picture = ImageChooserBlock(label=_("Ảnh"), required=False)
    link = LinkBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Lời tự viết")
        description = _("Tiêu đề, vài câu, ảnh và liên kết; cho điều mà các phần khác không nói.")
        template = "showcase/home/text.html"
        preview_value = {
            "title": "Mùa này ở Lai Châu",
            "text": "<p>Sương xuống từ chiều, sáng ra lá chè còn ướt.</p>",
            "picture": None,
            "link": {"words": "", "page": None, "address": ""},
        }


class HomeBlock(StreamBlock):
    lead = LeadBlock()
    groups = GroupsBlock()
    rated = RatedBlock()
    season = SeasonBlock()
    how = HowBlock()
    stories = StoriesBlock()
    feature = FeatureBlock()
    fairs = FairsBlock()
    points = PointsBlock()
    villages = VillagesBlock()
    slogan = SloganBandBlock()
    text = TextBlock()

    class Meta:
        label = _("Các phần")
        max_num = 20
        block_counts = {
            "lead": {"max_num": 1},
            "groups": {"max_num": 2},
            "rated": {"max_num": 6},
            "season": {"max_num": 2},
            "how": {"max_num": 1},
            "stories": {"max_num": 1},
            "fairs": {"max_num": 1},
            "villages": {"max_num": 1},
        }
