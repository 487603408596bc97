"""On which pages each group works. The groups themselves and the workflow are made by a migration."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from accounts.roles import CHIEF_EDITOR, EDITOR, GROUPS, TRANSLATOR

WRITING = ("add_page", "change_page")
PUBLISHING = (*WRITING, "publish_page", "lock_page", "unlock_page")


def let_teams_work_below(homes) -> None:
    """Editors write and chief editors publish below every home, translators write below those of other languages than
    the site's first. What an administrator has added stays."""
    rights = dict(
        Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page").values_list(
            "codename", "pk"
        )
    )
    groups = dict(Group.objects.filter(name__in=GROUPS.values()).values_list("name", "pk"))
    wanted = {
        (groups[GROUPS[role]], home.pk, rights[codename])
        for home in homes
        for role, codenames in _teams_of(home.locale.language_code).items()
        for codename in codenames
    }
    present = set(GroupPagePermission.objects.values_list("group_id", "page_id", "permission_id"))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=right)
        for group, page, right in sorted(wanted - present)
    )


def _teams_of(language: str) -> dict[str, tuple[str, ...]]:
    teams = {EDITOR: WRITING, CHIEF_EDITOR: PUBLISHING}
    return teams if language == settings.LANGUAGE_CODE else teams | {TRANSLATOR: WRITING}
