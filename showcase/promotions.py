"""Giới thiệu khi tìm: editors set what stands above the results of some words."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from areas.folding import fold
from discovery.models import PromotedWord, Promotion
from discovery.promoting import MOST
from outbox.wording import day
from showcase.found import PAGES

MOST_LINES, LONGEST_LINE = 30, 60
TAKEN = gettext_lazy("“%(word)s” đã có ở một mục giới thiệu khác. Hãy sửa mục ấy, hoặc bỏ từ này.")


class PromotionForm(WagtailAdminModelForm):
    words = forms.CharField(
        label=gettext_lazy("Từ người đọc gõ"),
        help_text=gettext_lazy("Mỗi dòng một từ hay một cụm từ, tiếng Việt hay tiếng Anh; không cần dấu."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        if self.instance.pk:
            self.initial["words"] = "\n".join(word.text for word in self.instance.promoted_words.all())

    def clean_words(self) -> dict[str, str]:
        """Folded word → the line as it was written."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        words = {fold(line): line for line in reversed(lines) if fold(line)}  # of two spellings the first
        words = dict(reversed(words.items()))
        if not words:
            raise ValidationError(_("Hãy gõ ít nhất một từ có chữ hoặc số."))
        if len(words) > MOST_LINES:
            raise ValidationError(_("Nhiều nhất %(most)s từ một mục.") % {"most": MOST_LINES})
        if long := [line for line in words.values() if len(line) > LONGEST_LINE]:
            raise ValidationError(
                _("“%(word)s” dài quá: nhiều nhất %(most)s chữ.") % {"word": long[0], "most": LONGEST_LINE}
            )
        taken = PromotedWord.objects.filter(typed__in=words).exclude(promotion_id=self.instance.pk).order_by("pk")
        if taken:
            raise ValidationError([TAKEN % {"word": words[word.typed]} for word in taken])
        return words

    def save(self, commit=True):
        promotion = super().save(commit)
        words = self.cleaned_data["words"]
        PromotedWord.objects.filter(promotion=promotion).delete()
        PromotedWord.objects.bulk_create(
            PromotedWord(promotion=promotion, typed=typed, text=text) for typed, text in words.items()
        )
        return promotion


class TellingOfTakenWords:
    """Somebody else may take a word between this form's question and its answer: the database lets one of them."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            words = form.cleaned_data["words"]
            taken = PromotedWord.objects.filter(typed__in=words).exclude(promotion_id=self.promotion_id)
            if not taken:
                raise
            form.add_error("words", [TAKEN % {"word": words[word.typed]} for word in taken])
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class PromotionCreateView(TellingOfTakenWords, CreateView):
    promotion_id = None


class PromotionEditView(TellingOfTakenWords, EditView):
    @property
    def promotion_id(self):
        return self.object.pk


class PromotionIndexView(IndexView):
    def get_base_queryset(self):
        shown = ("promoted_words", "things__product", "things__producer", "things__page")
        return super().get_base_queryset().prefetch_related(*shown)


def days_of(promotion: Promotion) -> str:
    """On which days it stands."""
    if promotion.starts_on and promotion.ends_on:
        return _("%(start)s – %(end)s") % {"start": day(promotion.starts_on), "end": day(promotion.ends_on)}
    if promotion.starts_on:
        return _("từ %(start)s") % {"start": day(promotion.starts_on)}
    return _("đến %(end)s") % {"end": day(promotion.ends_on)} if promotion.ends_on else _("luôn luôn")


class Promotions(ModelViewSet):
    model = Promotion
    icon = "pick"
    menu_label = gettext_lazy("Giới thiệu khi tìm")
    menu_order = 8800
    add_to_admin_menu = True
    copy_view_enabled = False  # a word belongs to one of them
    search_fields = []
    ordering = ["-pk"]
    index_view_class = PromotionIndexView
    add_view_class = PromotionCreateView
    edit_view_class = PromotionEditView
    list_display = [
        "__str__",
        Column("things", label=gettext_lazy("Giới thiệu"), accessor=lambda row: ", ".join(map(str, row.things.all()))),
        Column("days", label=gettext_lazy("Ngày hiện"), accessor=days_of),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("words"),
            InlinePanel(
                "things",
                heading=gettext_lazy("Giới thiệu"),
                label=gettext_lazy("Mục"),
                help_text=gettext_lazy("Hiện trên đầu kết quả tìm, theo thứ tự này, khi ai cũng xem được."),
                min_num=1,
                max_num=MOST,
                panels=[
                    FieldPanel("product"),
                    FieldPanel("producer"),
                    PageChooserPanel("page", page_type=[model._meta.label for model in PAGES.values()]),
                ],
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        ],
        base_form_class=PromotionForm,
    )


promotions = Promotions("promotions", url_prefix="gioi-thieu-khi-tim")
