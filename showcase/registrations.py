"""Who takes part in an activity of a fair: within its capacity confirmed, then waiting in the order of asking.

Everything that changes who has a place first locks the fair's desk, and counts after that. No registration waits that
would fit: whenever places become free, the first in line who fits moves up.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shop.codes import new_key
from showcase import fair_messages
from showcase.models import Activity, Desk, FairPage, Registration

S = Registration.State


@dataclass(frozen=True)
class Wish:
    """What a visitor has typed and agreed to. `phone` is E.164; one of phone and email may be empty."""

    name: str
    phone: str
    email: str
    people: int
    language: str
    consent: str
    form_key: str


class Refused(Exception):
    """Nothing was written; its text tells the person why."""


class AlreadyThere(Exception):
    """This telephone or address stands on the list; `registration` is the one."""

    def __init__(self, registration: Registration):
        super().__init__(registration.pk)
        self.registration = registration


def lock_desk(fair: FairPage) -> Desk:
    """The desk of a fair in all its languages, locked until the transaction ends; made when the first person comes."""
    Desk.objects.get_or_create(fair_key=fair.translation_key, defaults={"ends_on": fair.ends_on})
    return Desk.objects.select_for_update(no_key=True).get(fair_key=fair.translation_key)


def places_left(activity: Activity) -> int:
    """Right only while the desk is locked."""
    key = activity.translation_key
    return activity.capacity - Registration.objects.taken([key]).get(key, 0)


def register(activity_key, wish: Wish) -> Registration:
    """Write a visitor down: confirmed where places are left, else waiting. The same form sent again is the same
    registration. Raises Refused. Whoever stands on the list already is sent the way to it again, by mail only."""
    try:
        return _register(activity_key, wish)
    except AlreadyThere as twin:
        fair_messages.remind(twin.registration)
        raise Refused(
            _(
                "Số điện thoại hoặc thư điện tử này đã đăng ký hoạt động này rồi. Nếu khi ấy bạn có cho thư điện tử,"
                " chúng tôi vừa gửi lại đường dẫn của bạn vào đó."
            )
        ) from twin


def counting_now(activity_key) -> Activity:
    """The row of an activity that counts, as it is at this moment. Raises Refused."""
    activity = Activity.objects.counting(activity_key)
    if activity is None:
        raise Refused(_("Hoạt động này không còn nữa."))
    return activity


def free_form_key(people, form_key: str) -> str:
    """The key of a form, or a new one where it was used at another place: whoever sends a form can write any."""
    return new_key() if people.filter(form_key=form_key).exists() else form_key


@transaction.atomic
def _register(activity_key, wish: Wish) -> Registration:
    desk = lock_desk(counting_now(activity_key).page)
    sent_before = Registration.objects.filter(form_key=wish.form_key, activity_key=activity_key).first()
    if sent_before:
        return sent_before
    activity = counting_now(activity_key)  # anew: an editor may have changed it while this waited for the desk
    if why := activity.why_closed():
        raise Refused(why)
    if wish.people > activity.capacity:
        sentence = _("Hoạt động này chỉ có %(places)s chỗ. Hãy ghi ít người hơn.")
        raise Refused(sentence % {"places": activity.capacity})
    same_person = Q(phone=wish.phone) & ~Q(phone="") | Q(email=wish.email) & ~Q(email="")
    if twin := Registration.objects.filter(same_person, activity_key=activity_key).first():
        raise AlreadyThere(twin)
    move_up(activity_key)  # an editor may have made room that those who wait have not got yet
    told = asdict(wish) | {"form_key": free_form_key(Registration.objects, wish.form_key)}
    registration = Registration.objects.create(
        desk=desk,
        activity_key=activity_key,
        state=S.CONFIRMED if wish.people <= places_left(activity) else S.WAITING,
        key=new_key(),
        **told,
    )
    fair_messages.tell(registration)
    return registration


def place_in_line(registration: Registration) -> int:
    """1 for whoever is the first to wait."""
    waiting = Registration.objects.filter(activity_key=registration.activity_key, state=S.WAITING)
    return waiting.filter(pk__lte=registration.pk).count()


@transaction.atomic
def cancel(registration: Registration) -> None:
    """Take a registration back: who it was is erased, also from our letters, and whoever waits moves up. A second time
    nothing happens."""
    Desk.objects.select_for_update(no_key=True).get(pk=registration.desk_id)
    row = Registration.objects.filter(pk=registration.pk).exclude(state=S.CANCELLED).first()
    if row is None:
        return
    had_place = row.state == S.CONFIRMED
    row.state, row.name, row.phone, row.email = S.CANCELLED, "", "", ""
    row.save(update_fields=["state", "name", "phone", "email"])
    fair_messages.withdraw(row)
    if had_place:
        move_up(row.activity_key)


def move_up(activity_key) -> int:
    """Give free places to those who wait, each in turn who fits; how many moved up. Call it with the desk locked."""
    activity = Activity.objects.counting(activity_key)
    if activity is None or activity.has_begun or activity.page.is_called_off:
        return 0
    left, moved = places_left(activity), 0
    for row in Registration.objects.filter(activity_key=activity_key, state=S.WAITING).order_by("pk"):
        if left <= 0:
            break
        if row.people <= left:
            row.state = S.CONFIRMED
            row.save(update_fields=["state"])
            fair_messages.tell_moved_up(row)
            left, moved = left - row.people, moved + 1
    return moved


@transaction.atomic
def follow_publication(fair_key) -> None:
    """After a fair's page was published: its last day is noted, more places are given out, and if it is cancelled
    everybody is told. Doing it again changes nothing."""
    desk = Desk.objects.select_for_update(no_key=True).filter(fair_key=fair_key).first()
    fair = leading_page(fair_key)
    if desk is None or fair is None:
        return
    desk.ends_on = fair.ends_on
    desk.save(update_fields=["ends_on"])
    if fair.is_called_off:
        fair_messages.tell_cancelled(desk, fair)
        return
    for key in sorted(set(fair.activities.values_list("translation_key", flat=True))):
        move_up(key)


def leading_page(fair_key) -> FairPage | None:
    """The published page of a fair, in the site's first language where there is one."""
    pages = list(FairPage.objects.live().filter(translation_key=fair_key).select_related("locale"))
    return min(pages, key=lambda page: (page.locale.language_code != settings.LANGUAGE_CODE, page.pk), default=None)
