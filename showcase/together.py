"""Two editors of one page: Wagtail keeps both versions, and whoever saves the later one is told of the other."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin import messages


def other_version_since(page, opened_at, user):
    """The newest version of a page that somebody else has saved since it was opened; None where there is none."""
    others = page.revisions.exclude(pk=page.latest_revision_id).exclude(user=user)
    return others.filter(created_at__gt=opened_at).select_related("user").order_by("-created_at").first()


def tell_of_other_version(request, page) -> None:
    """For Wagtail's hook after an edit form was saved: a browser asks only where it has heard of the other in time."""
    try:
        opened_at = parse_datetime(request.POST.get("loaded_revision_created_at", ""))
    except ValueError:  # a day that no calendar has: nobody's browser sent it
        return
    other = opened_at and other_version_since(page, opened_at, request.user)
    if other:
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id])
        messages.warning(
            request,
            _("Trong lúc bạn viết, %(who)s đã lưu một bản khác của trang này. Cả hai bản đều còn trong lịch sử.")
            % {"who": other.user or _("Ai đó")},
            buttons=[messages.button(compare, _("So sánh hai bản"))],
        )
