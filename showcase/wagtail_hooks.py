"""What Wagtail's admin learns from us when it starts."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.privacy import way_in
from discovery.troubles import troubles
from showcase import link_labels  # noqa: F401 - gives the windows for links their Vietnamese labels
from showcase.choosers import producer_chooser, product_chooser
from showcase.enquiry_screens import enquiry_addresses, way_to_enquiries
from showcase.fair_lists import fair_addresses, menu_items
from showcase.handbook import handbook
from showcase.promotions import promotions
from showcase.reports import ADDRESSES, report_addresses
from showcase.search_troubles import SearchTroublesPanel
from showcase.searches_report import SearchesReport, searches_addresses
from showcase.together import tell_of_other_version
from showcase.translating import TranslatePageView, TranslationsReport
from showcase.waiting import WaitingPanel


@hooks.register("register_admin_viewset")
def choosers():
    return [product_chooser, producer_chooser, promotions]


@hooks.register("register_admin_urls", order=-1)  # before wagtail-localize's, whose view of the same address is wider
def addresses():
    return [
        path("huong-dan-bien-tap/", handbook, name="handbook"),
        path("localize/submit/page/<int:page_id>/", TranslatePageView.as_view(), name="translate_page"),
        path("localize/reports/translations/", TranslationsReport.as_view(), name="translations"),
        path(
            "localize/reports/translations/results/",
            TranslationsReport.as_view(results_only=True),
            name="translations_results",
        ),
        *report_addresses(),
        *searches_addresses(),
        *enquiry_addresses(),
        *fair_addresses(),
    ]


@hooks.register("register_admin_menu_item")
def way_to_the_handbook():
    return MenuItem(_("Sổ tay biên tập"), reverse("handbook"), name="handbook", icon_name="help", order=9000)


@hooks.register("construct_main_menu")
def ways_to_the_lists_of_fairs(request, items):
    items.extend(item for item in menu_items() if item.is_shown(request))


hooks.register("register_admin_menu_item", way_to_enquiries)


@hooks.register("construct_homepage_panels")
def say_first_what_waits(request, panels):
    panels.append(WaitingPanel(request.user))
    if found := troubles():
        panels.append(SearchTroublesPanel(found))


@hooks.register("before_serve_document", order=-1)  # before Wagtail's, which sends whom it refuses to the log-in again
def keep_to_whom_its_collection_is_open(document, request):
    return way_in(request, list(document.collection.get_view_restrictions()))


@hooks.register("before_serve_page")  # before Wagtail's check, which sends whom it refuses to the log-in again
def keep_to_whom_the_page_is_open(page, request, args, kwargs):
    """Who is logged in and not let in meets a 404; strangers are left to Wagtail's check, which asks the same rows."""
    return way_in(request, list(page.get_view_restrictions())) if request.user.is_authenticated else None


def way_to(report, order: int):
    return lambda: MenuItem(
        report.page_title, reverse(report.index_url_name), icon_name=report.header_icon, order=order
    )


for number, each in enumerate([SearchesReport, *ADDRESSES]):
    hooks.register("register_reports_menu_item", way_to(each, 100 + number))

hooks.register("after_edit_page", tell_of_other_version)
