"""The whole country, loaded once for this module and taken away after it."""

import pytest
from django.core.management import call_command

from areas.finding import find_units, resolve_commune
from areas.history import former_names, today
from areas.models import Area, Level, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def test_the_country_is_whole():
    assert Area.objects.present().provinces().count() == 34
    assert Area.objects.former().provinces().count() == 29
    assert Area.objects.filter(level=Level.DISTRICT).count() == 696
    assert Area.objects.present().communes().count() == 3321
    assert Area.objects.former().communes().count() == 10040


def test_every_unit_has_a_present_answer():
    told = set(Succession.objects.values_list("former_id", flat=True))
    former = Area.objects.former().exclude(level=Level.DISTRICT)
    assert set(former.values_list("pk", flat=True)) == told
    assert not Succession.objects.exclude(present__held_until__isnull=True).exists()


def test_471_communes_were_divided():
    counts = {}
    for former_id in Succession.objects.filter(former__level=Level.COMMUNE).values_list("former_id", flat=True):
        counts[former_id] = counts.get(former_id, 0) + 1
    assert len([pk for pk, successors in counts.items() if successors > 1]) == 471


def test_loading_the_country_again_changes_nothing(capsys):
    before = set(Area.objects.values_list("pk", "code", "full_name")), set(Succession.objects.values_list())
    call_command("load_areas")
    assert (set(Area.objects.values_list("pk", "code", "full_name")), set(Succession.objects.values_list())) == before
    assert "0 created, 0 changed" in capsys.readouterr().out.splitlines()[-1]


def test_a_divided_ward_answers_all_its_successors_main_first():
    old = Area.objects.former().communes().get(code="00019")
    assert old.full_name == "Phường Điện Biên"
    assert [area.code for area in today(old)] == ["00004", "00070", "00190", "00226"]
    resolution = resolve_commune("00019")
    assert (resolution.one, len(resolution.choices)) == (None, 4)


def test_a_former_province_answers_the_one_that_took_it_in():
    old = Area.objects.former().provinces().get(name="Yên Bái")
    assert [area.full_name for area in today(old)] == ["Tỉnh Lào Cai"]
    assert [area.full_name for area in former_names(today(old)[0])] == ["Tỉnh Yên Bái"]


def test_a_former_island_district_is_found_once_and_answers_its_special_zone():
    matches = find_units("huyện Lý Sơn")
    assert [(match.area.full_name, [area.full_name for area in match.today]) for match in matches] == [
        ("Huyện Lý Sơn", ["Đặc khu Lý Sơn"]),
        ("Đặc khu Lý Sơn", ["Đặc khu Lý Sơn"]),
    ]


def test_a_name_typed_with_its_marks_is_that_name_first():
    assert {match.area.name for match in find_units("Tân Thành", limit=10)} == {"Tân Thành"}


def test_a_name_that_many_bear_is_told_by_its_district():
    (match,) = find_units("tan thanh, yen thanh")
    assert match.label == "Xã Bình Minh, tỉnh Nghệ An (cũ: Xã Tân Thành, huyện Yên Thành)"


def test_a_name_that_begins_like_a_kind_is_still_a_name():
    assert {match.area.name for match in find_units("quan son", limit=3)} == {"Quan Sơn"}
    assert find_units("Phường Đúc")[0].area.full_name == "Phường Phường Đúc"


def test_old_names_are_found_in_one_province_only_when_asked_so():
    lai_chau = Area.objects.present().provinces().get(code="12")
    assert {unit.parent for match in find_units("tân", province=lai_chau) for unit in match.today} <= {lai_chau, None}
    assert len({unit.parent_id for match in find_units("tân") for unit in match.today}) > 1


@pytest.mark.parametrize("text", ["an", "1", "tân thành", "hà", "thành phố hà"])
def test_the_whole_country_is_searched_in_four_queries_at_most(django_assert_max_num_queries, text):
    with django_assert_max_num_queries(4):
        assert len([match.label for match in find_units(text)]) == 20


def test_addresses_of_communes_differ_within_a_province():
    pairs = list(Area.objects.present().communes().values_list("parent_id", "slug"))
    assert len(set(pairs)) == 3321
    assert Area.objects.present().get(full_name="Xã Sơn Hà", parent__code="51").slug.startswith("son-ha-")
