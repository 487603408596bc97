"""Người đọc tìm gì: the words that readers search, those that found nothing first; to read, and as a spreadsheet."""

from dataclasses import dataclass
from datetime import timedelta

import django_filters
from django.conf import settings
from django.db.models import Sum
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from discovery.looked_for import words_looked_for
from discovery.models import SearchCount

SPANS = [
    (7, gettext_lazy("7 ngày")),
    (90, gettext_lazy("90 ngày")),
    (365, gettext_lazy("365 ngày")),
]
USUAL_SPAN = 30  # days, where no other is chosen
MOST_WORDS = 500
HEADINGS = {
    "word": gettext_lazy("Từ khóa"),
    "searched": gettext_lazy("Lượt tìm"),
    "failed": gettext_lazy("Không có kết quả"),
    "opened": gettext_lazy("Mở kết quả"),
    "share": gettext_lazy("Tỷ lệ mở (%)"),
}


@dataclass(frozen=True)
class Row:
    """What came of a word's searches; without a word, of all that are not shown one by one."""

    typed: str
    searched: int
    failed: int
    opened: int

    @property
    def word(self) -> str:
        return self.typed or _("Những từ khác")

    @property
    def address(self) -> str | None:
        """What readers see who type the word."""
        return f"{reverse('search')}?{urlencode({'q': self.typed})}" if self.typed else None

    @property
    def share(self) -> int:
        """Searches after which a result was opened, of a hundred."""
        return min(100, round(100 * self.opened / self.searched)) if self.searched else 0


class SearchesFilterSet(WagtailFilterSet):
    span = django_filters.ChoiceFilter(
        label=gettext_lazy("Thời gian"), choices=SPANS, empty_label=gettext_lazy("30 ngày"), method="leave"
    )
    language = django_filters.ChoiceFilter(label=gettext_lazy("Tiếng"), choices=settings.LANGUAGES)
    part = django_filters.ChoiceFilter(
        label=gettext_lazy("Kết quả"), choices=[("failed", gettext_lazy("Không có kết quả"))], method="leave"
    )

    class Meta:
        model = SearchCount
        fields = ["span", "language", "part"]

    def leave(self, counts, _name, _value):
        """What this field asks is answered where the days are known."""
        return counts


class SearchesReport(ReportView):
    page_title = gettext_lazy("Người đọc tìm gì")
    header_icon = "search"
    index_url_name = "searches_report"
    index_results_url_name = "searches_report_results"
    filterset_class = SearchesFilterSet
    is_searchable = False
    paginate_by = 50
    columns = [
        TitleColumn("word", label=HEADINGS["word"], get_url=lambda row: row.address),
        *(Column(name, label=HEADINGS[name]) for name in ("searched", "failed", "opened", "share")),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    export_filename = "tim-kiem"

    @cached_property
    def no_results_message(self):
        return _("Những ngày này chưa ai tìm gì.")

    def get_queryset(self):
        return SearchCount.objects.all()

    def get_filtered_queryset(self):
        counts = self.filter_queryset(self.get_queryset())
        asked = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        return rows_of(counts, days=int(asked.get("span") or USUAL_SPAN), only_failed=bool(asked.get("part")))


def rows_of(counts, *, days: int, only_failed: bool = False) -> list[Row]:
    """The words of the last days, today's among them; behind them what is not shown: words that one visitor may have
    typed alone, and texts of which no word is kept. Two queries."""
    counts = counts.filter(day__gt=timezone.localdate() - timedelta(days=days))
    words = words_looked_for(counts)
    found = (words.filter(failed__gt=0) if only_failed else words)[:MOST_WORDS]
    rows = [Row(row["typed"], row["searched"], row["failed"], row["opened"]) for row in found]
    if only_failed:
        return rows
    sums = counts.aggregate(searched=Sum("searches"), failed=Sum("without_result"), opened=Sum("clicks"))
    rest = {name: (total or 0) - sum(getattr(row, name) for row in rows) for name, total in sums.items()}
    return [*rows, Row("", **rest)] if rest["searched"] else rows


def searches_addresses():
    return [
        path("reports/tim-kiem/", SearchesReport.as_view(), name="searches_report"),
        path("reports/tim-kiem/results/", SearchesReport.as_view(results_only=True), name="searches_report_results"),
    ]
