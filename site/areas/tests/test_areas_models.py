from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from areas.models import Area, Level, Succession, Village

pytestmark = pytest.mark.django_db


def unit(full_name="Xã Mẫu", level=Level.COMMUNE, **fields):
    area = Area.from_full_name(full_name, level=level, **fields)
    area.save()
    return area


def refused(*, because, **fields):
    """Saving such a unit fails by the named constraint, and no row is left behind."""
    before = Area.objects.count()
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        unit(**fields)
    # SQLite names the columns of a plain unique constraint, PostgreSQL the constraint.
    assert any(word in str(raised.value) for word in because)
    assert Area.objects.count() == before


def test_one_code_names_a_former_and_a_present_unit():
    unit("Phường Quyết Tiến", code="03388", held_until=date(2025, 6, 30))
    unit("Phường Đoàn Kết", code="03388", held_from=date(2025, 7, 1))
    assert [area.full_name for area in Area.objects.present().filter(code="03388")] == ["Phường Đoàn Kết"]
    assert [area.full_name for area in Area.objects.former().filter(code="03388")] == ["Phường Quyết Tiến"]


def test_two_present_units_of_a_level_never_share_a_code():
    unit("Xã Một", code="00001")
    refused(full_name="Xã Hai", code="00001", because=["area_present_code_is_unique", "areas_area.code"])


def test_two_units_of_one_time_never_share_a_code():
    unit("Xã Một", code="00001", held_until=date(2025, 6, 30))
    refused(
        full_name="Xã Hai",
        code="00001",
        held_until=date(2025, 6, 30),
        because=["area_code_of_a_time_is_unique", "areas_area.code"],
    )


def test_a_unit_cannot_end_before_it_begins():
    refused(held_from=date(2025, 7, 1), held_until=date(2025, 6, 30), because=["area_begins_before_it_ends"])


def test_a_unit_has_a_known_level():
    refused(level="hamlet", because=["area_level_is_known"])


def test_present_communes_of_a_province_have_addresses_of_their_own():
    province = unit("Tỉnh Mẫu", Level.PROVINCE)
    unit("Xã Sơn Hà", parent=province)
    refused(full_name="Xã Sơn Hạ", parent=province, because=["area_present_slug_is_unique", "areas_area.slug"])


def test_present_provinces_have_addresses_of_their_own():
    unit("Tỉnh Mẫu", Level.PROVINCE)
    refused(
        full_name="Thành phố Mẫu", level=Level.PROVINCE, because=["area_province_slug_is_unique", "areas_area.slug"]
    )


def test_a_former_unit_has_one_main_successor():
    old = unit("Xã Cũ", held_until=date(2025, 6, 30))
    Succession.objects.create(former=old, present=unit("Xã Một"), is_main=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(former=old, present=unit("Xã Hai"), is_main=True)
    assert old.successions.count() == 1


def test_units_hold_from_their_first_day_to_their_last():
    old = unit("Xã Cũ", held_until=date(2025, 6, 30))
    new = unit("Xã Mới", held_from=date(2025, 7, 1))
    assert list(Area.objects.present(on=date(2025, 6, 30))) == [old]
    assert list(Area.objects.present(on=date(2025, 7, 1))) == [new]
    assert (old.is_present, new.is_present) == (False, True)


def test_a_full_name_gives_all_that_follows_from_it():
    area = unit("Thị trấn Tam Đường", aliases=["Thị trấn Tam Đàng", "Bình Lư cũ"])
    assert (area.kind, area.name, area.full_name_en, area.slug, area.folded, area.aliases) == (
        "Thị trấn",
        "Tam Đường",
        "Tam Duong Township",
        "tam-duong",
        "|tam duong|tam dang|binh lu cu|",
        ["Tam Đàng", "Bình Lư cũ"],
    )


def test_a_unit_is_named_in_the_active_language():
    area = unit("Xã Bình Lư")
    with override("en"):
        assert area.title == "Binh Lu Commune"
    with override("vi"):
        assert area.title == "Xã Bình Lư"


def test_a_village_without_an_english_name_keeps_its_own():
    village = Village(name="Bản Sin Suối Hồ")
    with override("en"):
        assert village.title == "Bản Sin Suối Hồ"


@pytest.mark.parametrize(
    ("language", "name", "name_en", "full_title"),
    [
        ("vi", "Sin Suối Hồ", "Sin Suoi Ho", "Bản Sin Suối Hồ"),
        ("vi", "Bản Hon", "Ban Hon", "Bản Hon"),
        ("en", "Sin Suối Hồ", "Sin Suoi Ho", "Sin Suoi Ho village"),
        ("en", "Bản Hon", "Ban Hon", "Ban Hon village"),
    ],
)
def test_a_village_is_called_a_village_once(language, name, name_en, full_title):
    with override(language):
        assert Village(name=name, name_en=name_en).full_title == full_title


def test_names_are_sorted_as_if_without_marks():
    for name in ["Xã Ẩn", "Xã Đông", "Xã Bình", "Xã Ea"]:
        unit(name)
    assert [area.name for area in Area.objects.by_name()] == ["Ẩn", "Bình", "Đông", "Ea"]


@pytest.mark.parametrize("text", ["bình lư", "BINH LU", "xã Bình Lư", "binh lu commune"])
def test_a_unit_is_known_by_its_name_with_or_without_marks_and_kind(text):
    area = unit("Xã Bình Lư")
    unit("Xã Bình Lục")
    unit("Phường Bình")
    assert list(Area.objects.named(text)) == [area]


def test_another_kind_than_typed_is_another_unit():
    unit("Xã Bình Lư")
    assert list(Area.objects.named("phường Bình Lư")) == []
    assert list(Area.objects.named("")) == []
