import pytest

from areas.history import former_names, today, today_of
from areas.models import Area, Level, Succession


def test_a_present_commune_answers_itself(present):
    commune = present("Xã Mường Than")
    assert today(commune) == [commune]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Xã Mường Than", "Xã Than Uyên"),
        ("Xã Phúc Than", "Xã Mường Than"),
        ("Xã Mường Mít", "Xã Mường Than"),
        ("Thị trấn Tam Đường", "Xã Bình Lư"),
        ("Xã Mường So", "Xã Phong Thổ"),
        ("Thị trấn Nậm Nhùn", "Xã Nậm Hàng"),
        ("Thị trấn Mường Tè", "Xã Bum Tở"),
        ("Phường Quyết Thắng", "Phường Đoàn Kết"),
    ],
)
def test_an_old_name_leads_to_the_unit_that_took_it_in(former, present, old, new):
    assert today(former(old)) == [present(new)]


def test_a_former_district_answers_the_units_of_all_its_communes_by_name(former, names):
    assert names(today(former("Huyện Than Uyên"))) == ["Xã Khoen On", "Xã Mường Kim", "Xã Mường Than", "Xã Than Uyên"]


def test_a_new_unit_that_crosses_an_old_line_belongs_to_both_districts(former, present):
    commune = present("Phường Tân Phong")
    assert commune in today(former("Thành phố Lai Châu"))
    assert commune in today(former("Huyện Tam Đường"))


@pytest.mark.parametrize("name", ["Đoàn Kết", "Tân Phong", "Sin Suối Hồ", "Lê Lợi", "Pa Tần", "Hua Bum"])
def test_six_units_have_land_of_more_than_one_district(lai_chau, name):
    commune = Area.objects.present().get(name=name, parent=lai_chau)
    assert len({area.parent_id for area in former_names(commune)}) >= 2


def test_no_other_unit_crosses_an_old_line(lai_chau):
    crossing = [
        commune.name
        for commune in Area.objects.present().communes()
        if len({area.parent_id for area in former_names(commune)}) > 1
    ]
    assert len(crossing) == 6


def test_a_present_commune_tells_what_went_into_it(present, names):
    assert names(former_names(present("Xã Mường Than"))) == ["Xã Mường Mít", "Xã Phúc Than"]


def test_nothing_went_into_a_former_unit(former):
    assert former_names(former("Xã Phúc Than")) == []


def test_a_divided_commune_answers_its_main_part_first(former, present, names):
    old = former("Xã Phúc Than")
    Succession.objects.create(former=old, present=present("Xã Bình Lư"), is_main=False)
    assert names(today(old)) == ["Xã Mường Than", "Xã Bình Lư"]


def test_a_former_province_answers_its_present_one(lai_chau, names):
    old = Area.objects.create(
        level=Level.PROVINCE, kind="Tỉnh", name="Cũ", full_name="Tỉnh Cũ", full_name_en="Cu Province",
        folded="|cu|", held_until="2025-06-30",
    )  # fmt: skip
    old.refresh_from_db()
    Succession.objects.create(former=old, present=lai_chau)
    assert today(old) == [lai_chau]
    assert former_names(lai_chau) == [old]


def test_many_units_are_answered_in_two_queries(lai_chau, django_assert_num_queries):
    areas = list(Area.objects.all())
    with django_assert_num_queries(2):
        answers = today_of(areas)
    assert all(answers[area.pk] for area in areas)


def test_present_units_cost_no_query(lai_chau, django_assert_num_queries):
    areas = list(Area.objects.present())
    with django_assert_num_queries(0):
        assert today_of(areas) == {area.pk: [area] for area in areas}


def test_everything_that_lies_or_lay_in_the_province_is_in_it(lai_chau):
    inside = Area.objects.in_province(lai_chau)
    assert inside.present().count() == 38
    assert inside.former().communes().count() == 106
    assert inside.filter(level=Level.DISTRICT).count() == 8
    assert inside.count() == 152
    assert Area.objects.in_province(Area.objects.present().provinces().get(code="15")).count() == 0
