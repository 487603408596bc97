"""Editors' pages can be found: one entry for a page's languages, true again after whatever becomes of the page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from discovery.browsing import Wish, browse
from discovery.entries import rebuild_all
from discovery.models import Entry
from factories import make_commune, make_product
from outbox.events import tell
from outbox.timers import run_due_timers
from showcase.found import PAGES
from showcase.loading import load_pages
from showcase.models import StoryIndexPage, StoryPage
from showcase.tests.kinds import village, write
from showcase.tests.writing import index_of, picture_of, publish_story

pytestmark = pytest.mark.django_db
KINDS = [str(kind) for kind in PAGES]


@pytest.fixture(autouse=True)
def tree():
    load_pages()


@pytest.fixture
def entry(jobs):
    """`entry(page)` is what there is to be found of a page, once the jobs have run; None where there is nothing."""

    def of(page):
        jobs()
        return Entry.objects.filter(key=str(page.translation_key)).first()

    return of


def publish_anew(page, **fields):
    """As an editor does: change, keep, publish."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def found_by(typed: str) -> list[Entry]:
    cards = browse(Wish(typed=typed), every_kind=True).page(slice(0, 100))
    return [Entry.objects.get(pk=card.entry.pk) for card in cards]


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_languages_of_a_page_share_an_entry(entry, kind):
    vi = write(kind, title="Chè cổ thụ", slug="che-co-thu", summary="Mười cây.")
    about = {"village": vi.village} if kind == "village" else {}
    en = write(kind, "en", title="Old tea", slug="old-tea", summary="Ten.", translation_key=vi.translation_key, **about)
    found = entry(vi)
    assert Entry.objects.count() == 1
    assert (found.kind, found.slug) == (kind, "che-co-thu")
    assert (found.name, found.summary, found.path) == ("Chè cổ thụ", "Mười cây.", vi.url)
    assert (found.name_en, found.summary_en, found.path_en) == ("Old tea", "Ten.", en.url)
    assert found.listed_at == vi.first_published_at
    assert not found.is_alcohol and not found.is_sold_here and found.price is None and found.recognition is None


def test_a_language_that_is_missing_has_no_path_and_borrows_the_name(entry):
    vi, en = publish_story(slug="mat-ong"), publish_story(language="en", slug="honey", title="Honey")
    found, other = entry(vi), entry(en)
    assert (found.path, found.path_en, found.name_en) == ("/cau-chuyen/mat-ong/", "", "Mật ong ba vùng")
    assert (other.path, other.path_en, other.name, other.slug) == ("", "/en/stories/honey/", "Honey", "honey")


def test_a_village_is_found_by_its_people_its_commune_and_its_seasons(entry):
    place = village(name="Bản Hon", name_en="Hon village", people="Lự", people_en="Lu")
    page = write("village", village=place, title="Nhà sàn", access="Đi từ Bình Lư", seasons="Mùa hoa ban")
    found = entry(page)
    assert (found.village, found.area, found.people, found.people_en) == (place, place.commune, "Lự", "Lu")
    assert (found.area_name, found.area_name_en) == (place.commune.full_name, place.commune.full_name_en)
    for typed in ("nhà sàn", "bản hon", "hon village", "lự", "binh lu", "hoa ban", place.commune.name):
        assert found in found_by(typed), typed


def test_a_fair_has_its_days_and_its_place_also_when_it_is_cancelled(entry):
    commune, first = make_commune(), date(2026, 12, 4)
    days = {"starts_on": first, "ends_on": first + timedelta(days=2)}
    page = write("fair", commune=commune, place="Sân vận động", **days)
    found = entry(page)
    assert (found.area, found.starts_on, found.ends_on) == (commune, *days.values())
    assert found in found_by("san van dong")
    publish_anew(page, is_cancelled=True, cancel_reason="Bão")
    assert entry(page) == found


def test_what_stands_in_the_body_is_not_looked_for(entry):
    page = publish_story(make_product(title="Thảo quả"), body=[("text", "<p>Cá suối nướng.</p>")])
    assert entry(page)
    assert not [each for typed in ("cá suối", "thảo quả") for each in found_by(typed) if each.path]


def test_names_that_are_marked_are_found_as_they_are_spelled(entry):
    page = publish_story(
        language="en", title="Seng Cu rice", marked_title="[vi:Séng Cù] rice", summary="Of [vi:Bản Bo]."
    )
    found = entry(page)
    assert found.name_en == "[vi:Séng Cù] rice"
    assert {"xséng", "nseng", "ybản", "obo"} <= set(found.words.split())
    assert not {"xvi", "nvi", "yvi", "ovi"} & set(found.words.split())
    assert found.folded == "seng cu rice seng cu rice"


def test_it_follows_what_editors_publish_and_take_back(entry):
    page = publish_story()
    assert entry(page).name == "Mật ong ba vùng"
    page = publish_anew(page, title="Mật ong bốn vùng")
    assert entry(page).name == "Mật ong bốn vùng"
    page.title = "Bản nháp"
    page.save_revision()
    assert entry(page).name == "Mật ong bốn vùng"
    page.unpublish()
    assert entry(page) is None


def test_a_draft_that_is_kept_leaves_no_job(jobs):
    page = publish_story()
    jobs()
    page.title = "Bản nháp"
    page.save_revision()
    assert not DBTaskResult.objects.ready().filter(task_path__contains="rebuild")


def test_it_follows_the_hours_that_editors_have_set(entry):
    now = timezone.now()
    past = publish_story(slug="xong", expire_at=now)
    coming = publish_story(slug="sap-dang", live=False, go_live_at=now)
    revision = coming.save_revision()
    revision.approved_go_live_at = now
    revision.save()
    assert entry(past) and not entry(coming)
    run_due_timers()
    assert not entry(past) and entry(coming)


def test_it_follows_its_address_and_that_of_its_index(entry):
    page = publish_anew(publish_story(slug="mat-ong"), slug="mat-rung")
    assert (entry(page).slug, entry(page).path) == ("mat-rung", "/cau-chuyen/mat-rung/")
    publish_anew(index_of(StoryIndexPage), slug="chuyen")
    assert entry(page).path == "/chuyen/mat-rung/"


def test_it_follows_a_page_that_is_moved(entry):
    page = publish_story(slug="mat-ong")
    assert entry(page)
    page.move(index_of(StoryIndexPage, "en"), "last-child")
    assert entry(page).path == StoryPage.objects.get(pk=page.pk).url


@pytest.mark.parametrize("where", ["page", "index", "home"])
def test_what_is_closed_is_not_found_until_it_is_opened(entry, where):
    page = publish_story()
    assert entry(page)
    closed = {"page": page, "index": page.get_parent(), "home": page.get_parent().get_parent()}[where]
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert entry(page) is None
    restriction.delete()
    assert entry(page)


def test_where_one_language_is_closed_the_other_leads(entry):
    vi = publish_story(title="Mật ong")
    publish_story(language="en", title="Honey", slug="honey", translation_key=vi.translation_key)
    PageViewRestriction.objects.create(page=vi, restriction_type=PageViewRestriction.LOGIN)
    found = entry(vi)
    assert (found.name, found.path, found.slug, found.path_en) == ("Honey", "", "honey", "/en/stories/honey/")


@pytest.mark.parametrize("with_index", [False, True])
def test_what_is_deleted_is_gone(entry, with_index):
    page = publish_story()
    assert entry(page)
    (page.get_parent() if with_index else page).delete()
    assert entry(page) is None


def test_it_follows_its_picture(entry):
    picture = picture_of()
    page = publish_story(picture=picture)
    found = entry(page)
    assert (found.picture_alt, found.picture_alt_en, found.picture_files) == ("Ảnh che", "Picture che", picture.files)
    picture.alt, picture.files = "Một con ong", {"jpeg": [[336, 168, "/media/ong-336.jpeg"]]}
    type(picture).objects.bulk_update([picture], ["alt", "files"])
    tell("picture_changed", picture_id=picture.pk)
    assert (entry(page).picture_alt, entry(page).picture_files) == ("Một con ong", picture.files)
    picture.delete()
    assert (entry(page).picture_alt, entry(page).picture_files) == ("", {})


def test_an_address_longer_than_an_entry_holds_is_not_found(entry):
    assert entry(publish_story(slug="a" * 250)) is None


def test_thirty_are_built_with_as_many_questions_as_one():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rebuild_all()
        return sum(query["sql"].startswith("SELECT") for query in queries)

    for number in range(30):
        for kind in KINDS:
            write(kind, slug=f"trang-{number}", **({"commune": make_commune()} if kind == "fair" else {}))
        if not number:
            asked()  # the site and its languages are kept from now on
            asked_for_one = asked()
    assert asked() == asked_for_one
    assert Entry.objects.count() == 30 * len(KINDS)
