"""Who may begin a translation: whoever may write in the tree where it will stand."""

from copy import deepcopy

from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from showcase.models import HomePage


def trees_open_to(user) -> list[int]:
    """The keys of the languages below whose home a person may write."""
    homes = HomePage.objects.all()
    return [home.locale_id for home in homes if home.permissions_for_user(user).can_edit()]


class TranslatePageView(SubmitPageTranslationView):
    """wagtail-localize's, which asks only whether a person may translate at all. The translation begins as a draft."""

    def get_form(self):
        form = super().get_form()
        offered = form.fields["locales"].queryset & Locale.objects.filter(pk__in=trees_open_to(self.request.user))
        form.fields["locales"].queryset = offered
        return form

    def form_valid(self, form):
        """What is copied now is what later changes are told from (showcase/originals.py)."""
        TranslationSource.update_or_create_from_instance(self.object)
        return super().form_valid(form)


def named(original, label):
    """A filter as it is, with a label of ours."""
    named = deepcopy(original)
    named.label = label
    return named


class TranslationsFilters(TranslationsReportFilterSet):
    """wagtail-localize's, where two labels are the English names of fields."""

    source_locale = named(TranslationsReportFilterSet.base_filters["source_locale"], _("Tiếng của bản gốc"))
    target_locale = named(TranslationsReportFilterSet.base_filters["target_locale"], _("Tiếng của bản dịch"))


class TranslationsPaginator(WagtailPaginator):
    verbose_name = verbose_name_plural = _("bản dịch")


class TranslationsReport(TranslationsReportView):
    """wagtail-localize's, which counts its rows by the English name of the model."""

    filterset_class = TranslationsFilters
    paginator_class = TranslationsPaginator
