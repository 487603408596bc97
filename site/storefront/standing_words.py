"""What a product's stars are worth today, in sentences and lines: the product page and the check page say the same."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from outbox.wording import day
from programme.standing import EXPIRED, EXPIRING, IN_FORCE, NONE, RE_EVALUATED, Standing

PARTS = (("score_a", 40), ("score_b", 25), ("score_c", 35))  # Decision 26/2026, appendix II


@dataclass(frozen=True)
class Score:
    """The council's mean for one part of the sheet, `points` of `most`."""

    name: str
    points: Decimal
    most: int

    @property
    def width(self) -> str:
        """The points as a drawing writes them: with a dot in any language."""
        return str(self.points)


def scores_of(standing: Standing) -> list[Score]:
    """The three part scores; none where the data has none."""
    if standing.recognition is None or standing.recognition.line.score is None:
        return []
    names = (_("Sản phẩm và sức mạnh cộng đồng"), _("Khả năng tiếp thị"), _("Chất lượng sản phẩm"))
    line = standing.recognition.line
    return [Score(name, getattr(line, field), most) for name, (field, most) in zip(names, PARTS, strict=True)]


def sentence_of(standing: Standing) -> str:
    """One sentence that says whether the stars hold, and until when or since when not."""
    if standing.state == NONE:
        return _("Sản phẩm này chưa được xếp hạng OCOP.")
    recognition, line = standing.recognition, standing.recognition.line
    words = {
        "stars": line.stars,
        "year": line.decision.year,
        "expires": day(recognition.expires_on),
        "until": day(recognition.holds_until),
        "filed": day(recognition.re_evaluation_filed_on),
        "withdrawn": day(recognition.withdrawn_on),
        "cause": recognition.get_withdrawal_cause_display(),
    }
    if standing.state == RE_EVALUATED:
        return (
            _(
                "%(stars)s sao, đang được đánh giá lại từ ngày %(filed)s. "
                "Sao được giữ đến khi có kết quả, muộn nhất là %(until)s."
            )
            % words
        )
    if standing.state == IN_FORCE and not recognition.expires_on:
        return (
            _(
                "%(stars)s sao, công nhận năm %(year)s, còn hiệu lực. Ngày hết hạn chưa có trong dữ liệu, "
                "nên trang chỉ hiện sao đến hết ngày %(until)s."
            )
            % words
        )
    if standing.state == IN_FORCE:
        return _("%(stars)s sao, còn hiệu lực đến hết ngày %(expires)s.") % words
    if standing.state == EXPIRING:
        return _("%(stars)s sao, sắp hết hạn: còn hiệu lực đến hết ngày %(expires)s.") % words
    if standing.state == EXPIRED and recognition.expires_on:
        return (
            _(
                "Sao của sản phẩm này đã hết hạn ngày %(expires)s. "
                "Trang không hiện sao cho đến khi sản phẩm được công nhận lại."
            )
            % words
        )
    if standing.state == EXPIRED:
        return (
            _(
                "Sản phẩm được công nhận năm %(year)s; ngày hết hạn chưa có trong dữ liệu. "
                "Sau ngày %(until)s sao không còn chắc chắn, nên trang không hiện sao."
            )
            % words
        )
    return _("Sao của sản phẩm này đã bị thu hồi ngày %(withdrawn)s. Lý do: %(cause)s.") % words
