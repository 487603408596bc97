"""Which roles a person plays: the words of the table address × role, and how an office is given and taken."""

from django.contrib.auth.models import Group
from django.db import transaction

VISITOR, BUYER, MEMBER, EDITOR, CHIEF_EDITOR, TRANSLATOR, SHOP_MANAGER, OFFICER, ADMINISTRATOR = (
    "visitor",
    "buyer",
    "member",
    "editor",
    "chief_editor",
    "translator",
    "shop_manager",
    "provincial_officer",
    "administrator",
)
EVERYONE = frozenset({VISITOR, BUYER, MEMBER, EDITOR, CHIEF_EDITOR, TRANSLATOR, SHOP_MANAGER, OFFICER, ADMINISTRATOR})
LOGGED_IN = EVERYONE - {VISITOR}
NOBODY = frozenset()
ORGANISERS = frozenset({EDITOR, CHIEF_EDITOR, ADMINISTRATOR})  # of fairs: they see who comes

# Wagtail's group of each office that works on pages; no group has a right over users, groups or the workflow itself.
GROUPS = {EDITOR: "Biên tập viên", CHIEF_EDITOR: "Biên tập chính", TRANSLATOR: "Người dịch"}


def roles_of(user) -> frozenset[str]:
    """All roles of a person; one query, kept on the object for the request."""
    if not user.is_authenticated:
        return frozenset({VISITOR})
    if not hasattr(user, "_roles"):
        held = set(user.roles.values_list("name", flat=True))
        if user.is_superuser:
            held.add(ADMINISTRATOR)
        if user.memberships.exists():
            held.add(MEMBER)
        user._roles = frozenset(held | {BUYER})
    return user._roles


@transaction.atomic
def give_role(user, name: str, area=None) -> None:
    """Let a person hold an office, in an area where the office has one. Holding it already changes nothing."""
    user.roles.get_or_create(name=name, area=area)
    let_rights_follow(user)


@transaction.atomic
def take_role(user, name: str) -> None:
    """Take an office from a person, in every area."""
    user.roles.filter(name=name).delete()
    let_rights_follow(user)


def let_rights_follow(user) -> None:
    """What Django and Wagtail ask for, made to say what the roles say: administrators may all, offices that work on
    pages are in the group of their name."""
    held = set(user.roles.values_list("name", flat=True))
    user.is_superuser = ADMINISTRATOR in held
    user.save(update_fields=["is_superuser"])
    user.groups.set(Group.objects.filter(name__in=[GROUPS[name] for name in held & GROUPS.keys()]))
    user.__dict__.pop("_roles", None)
