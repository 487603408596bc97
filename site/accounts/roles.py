"""Which roles a person plays: the words of the table address × role."""

VISITOR, BUYER, MEMBER, EDITOR, SHOP_MANAGER, OFFICER, ADMINISTRATOR = (
    "visitor",
    "buyer",
    "member",
    "editor",
    "shop_manager",
    "provincial_officer",
    "administrator",
)
EVERYONE = frozenset({VISITOR, BUYER, MEMBER, EDITOR, SHOP_MANAGER, OFFICER, ADMINISTRATOR})
LOGGED_IN = EVERYONE - {VISITOR}


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
