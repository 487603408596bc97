"""Sample people: one for each office, so that everything can be tried. Passwords are made up at the first load."""

import secrets
from pathlib import Path

from django.db import transaction

from accounts.models import Role, User
from accounts.roles import give_role
from areas.models import Area

DOMAIN = "ocop.example"  # a domain that can never exist (RFC 2606)
OFFICERS = (f"can-bo-1@{DOMAIN}", f"can-bo-2@{DOMAIN}")
OWNER = f"chu-gian-hang@{DOMAIN}"
PEOPLE = {
    OFFICERS[0]: ("Cán bộ tỉnh mẫu 1", Role.Name.PROVINCIAL_OFFICER),
    OFFICERS[1]: ("Cán bộ tỉnh mẫu 2", Role.Name.PROVINCIAL_OFFICER),
    f"quan-ly@{DOMAIN}": ("Quản lý cửa hàng mẫu", Role.Name.SHOP_MANAGER),
    f"bien-tap@{DOMAIN}": ("Biên tập viên mẫu", Role.Name.EDITOR),
    f"bien-tap-chinh@{DOMAIN}": ("Biên tập chính mẫu", Role.Name.CHIEF_EDITOR),
    f"nguoi-dich@{DOMAIN}": ("Người dịch mẫu", Role.Name.TRANSLATOR),
    f"quan-tri@{DOMAIN}": ("Quản trị mẫu", Role.Name.ADMINISTRATOR),
    OWNER: ("Chủ gian hàng mẫu", None),
    f"nguoi-mua@{DOMAIN}": ("Người mua mẫu", None),
}
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"  # easily told apart


def new_password() -> str:
    """Twelve random signs in three groups: 30^12."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def load_people(province: Area, *, kept_in: Path) -> list[str]:
    """Write the sample people who are not there yet. Returns a line for each new one, "role: e-mail  password"; the
    lines are also kept in the file `kept_in`, which only its owner may read. Nowhere else are passwords kept."""
    present = set(User.objects.filter(email__in=PEOPLE).values_list("email", flat=True))
    lines = []
    for email, (name, role) in PEOPLE.items():
        if email in present:
            continue
        password = new_password()
        user = User.objects.create_user(name=name, email=email, password=password)
        if role:
            give_role(user, role, area=province if role == Role.Name.PROVINCIAL_OFFICER else None)
        lines.append(f"{name}: {email}  {password}")
    if lines:
        _keep(lines, kept_in)
    return lines


def _keep(lines: list[str], path: Path) -> None:
    """Write the lines into the file, in place of older ones of the same people."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)  # also where the file was there before
    new = {_email(line) for line in lines}
    old = [line for line in path.read_text(encoding="utf-8").splitlines() if _email(line) not in new]
    path.write_text("".join(f"{line}\n" for line in [*old, *lines]), encoding="utf-8")


def _email(line: str) -> str:
    return line.rpartition(": ")[2].partition(" ")[0]
