"""What waits for a person in the CMS: the first thing that its home page says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, TaskState, WorkflowState

from accounts.roles import ADMINISTRATOR, CHIEF_EDITOR, EDITOR, TRANSLATOR, roles_of
from outbox.wording import day

MOST = 15  # of a list
DEEPEST_INDEX = 3  # the root, the homes, the indexes: pages to be read lie below


@dataclass(frozen=True)
class Task:
    title: str
    address: str
    note: str


@dataclass(frozen=True)
class Waiting:
    """One list; `nothing` is said where it is empty."""

    heading: str
    tasks: list[Task]
    nothing: str


def waiting_for(user) -> list[Waiting]:
    """The lists for all offices that a person holds. At most three queries a list, however long it is."""
    held, found = roles_of(user), []
    if held & {CHIEF_EDITOR, ADMINISTRATOR}:
        found.append(Waiting(_("Bài chờ bạn duyệt"), in_review_by(user), _("Không có bài nào chờ duyệt.")))
    if held & {EDITOR, CHIEF_EDITOR, TRANSLATOR}:
        found += [
            Waiting(_("Bài được gửi lại để sửa"), came_back_to(user), _("Không có bài nào phải sửa.")),
            Waiting(_("Bản nháp của bạn"), drafts_of(user), _("Bạn không có bản nháp nào.")),
        ]
    if TRANSLATOR in held:
        found += [
            Waiting(_("Bài chưa có bản dịch"), untranslated(), _("Bài nào cũng đã có bản dịch.")),
            Waiting(_("Bài gốc vừa đổi"), changed_since_translated(), _("Bản dịch nào cũng theo kịp bài gốc.")),
        ]
    return found


def in_review_by(user) -> list[Task]:
    """Pages whose next step is this person's."""
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("revision", "workflow_state__requested_by")
        .order_by("started_at")[:MOST]
    )
    return [
        Task(
            state.revision.object_str,
            edit_address(state.revision.object_id),
            _("%(who)s gửi ngày %(day)s")
            % {"who": state.workflow_state.requested_by or _("Ai đó"), "day": day(state.started_at)},
        )
        for state in states
    ]


def came_back_to(user) -> list[Task]:
    """Pages that this person sent for review and that are to be changed, with what the reviewer wrote."""
    states = (
        WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
        .select_related("current_task_state__revision")
        .order_by("-current_task_state__finished_at")[:MOST]
    )
    return [
        Task(
            state.current_task_state.revision.object_str,
            edit_address(state.object_id),
            state.current_task_state.comment or _("Không kèm lời nhắn"),
        )
        for state in states
        if state.current_task_state
    ]


def drafts_of(user) -> list[Task]:
    """Pages with changes that nobody sees yet, made by this person and not on their way to a reviewer."""
    drafts = (
        Page.objects.filter(has_unpublished_changes=True, alias_of=None)
        .filter(Q(owner=user) | Q(latest_revision__user=user))
        .exclude(pk__in=[int(key) for key in WorkflowState.objects.active().values_list("object_id", flat=True)])
        .order_by("-latest_revision_created_at")
    )
    return tasks_of(drafts, lambda page: _("sửa lần cuối ngày %(day)s") % {"day": day(page.latest_revision_created_at)})


def untranslated() -> list[Task]:
    """Published pages in the site's first language that are not in the other one, not even as a draft."""
    ours, theirs = languages()
    translated = Page.objects.filter(locale=theirs, alias_of=None, translation_key=OuterRef("translation_key"))
    pages = to_be_read(ours).exclude(Exists(translated)).order_by("-first_published_at")
    return [
        Task(
            page.draft_title,
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
            _("đăng ngày %(day)s") % {"day": day(page.first_published_at)},
        )
        for page in pages[:MOST]
    ]


def changed_since_translated() -> list[Task]:
    """Translations that are older than what was last published of their originals."""
    ours, theirs = languages()
    original = to_be_read(ours).filter(translation_key=OuterRef("translation_key"))
    translations = (
        Page.objects.filter(locale=theirs, alias_of=None)
        .annotate(original_at=Subquery(original.values("last_published_at")[:1]))
        .filter(original_at__isnull=False)
        .filter(Q(latest_revision_created_at__lt=F("original_at")) | Q(latest_revision_created_at=None))
        .order_by("-original_at")
    )
    return tasks_of(translations, lambda page: _("bài gốc đổi ngày %(day)s") % {"day": day(page.original_at)})


def to_be_read(locale_id: int):
    """Published pages of a language, but for its home and indexes."""
    return Page.objects.live().filter(locale=locale_id, depth__gt=DEEPEST_INDEX, alias_of=None)


def languages() -> tuple[int, int]:
    """The keys of the site's first language and of the other one; of none, where the other is not set up."""
    keys = dict(Locale.objects.values_list("language_code", "pk"))
    ours = keys.pop(settings.LANGUAGE_CODE, 0)
    return ours, next(iter(keys.values()), 0)


def tasks_of(pages: Iterable[Page], note) -> list[Task]:
    return [Task(page.draft_title, edit_address(page.pk), note(page)) for page in pages[:MOST]]


def edit_address(page_id) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


class WaitingPanel(Component):
    """The first panel of the CMS's home page."""

    name = "waiting"
    order = 50
    template_name = "showcase/cms/waiting.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        return {"lists": waiting_for(self.user)}
