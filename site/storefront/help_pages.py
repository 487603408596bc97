"""The help pages: one table of their names, addresses in both languages, and titles."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpPage:
    """`name` is also the English slug and the name of the two text files in templates/storefront/help/."""

    name: str
    vietnamese_slug: str
    title: str
    summary: str

    def slug(self, language: str) -> str:
        return self.name if language == "en" else self.vietnamese_slug

    @property
    def address(self) -> str:
        """The page's address in the active language."""
        return reverse("help_page", args=[self.slug(get_language() or "vi")])


HELP_PAGES = (
    HelpPage("delivery", "giao-hang", _("Giao hàng"), _("Phí, thời gian, giao ở đâu và khi hàng đến chậm.")),
    HelpPage("payment", "thanh-toan", _("Thanh toán"), _("Trả khi nhận hàng hoặc chuyển khoản bằng mã VietQR.")),
    HelpPage("returns", "doi-tra", _("Đổi trả và hoàn tiền"), _("Hàng vỡ, sai hoặc hỏng thì làm gì.")),
    HelpPage("complaints", "khieu-nai", _("Khiếu nại"), _("Gửi cho ai, trả lời trong bao lâu.")),
    HelpPage("privacy", "quyen-rieng-tu", _("Quyền riêng tư"), _("Trang giữ gì về bạn, giữ bao lâu, để làm gì.")),
    HelpPage("terms", "dieu-khoan", _("Điều khoản sử dụng"), _("Ai bán, ai chịu trách nhiệm, quy tắc của trang.")),
)


def help_page_of(slug: str, language: str) -> HelpPage | None:
    """The page with this slug in this language."""
    return next((page for page in HELP_PAGES if page.slug(language) == slug), None)
