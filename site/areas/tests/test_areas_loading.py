import pytest

from areas.loading import load_areas
from areas.models import Area, Level, Succession


def rows():
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in (Area, Succession)}


def test_the_province_has_38_communes_made_of_106_in_8_districts(lai_chau):
    assert Area.objects.present().communes().count() == 38
    assert Area.objects.former().communes().count() == 106
    assert Area.objects.filter(level=Level.DISTRICT).count() == 8
    assert Area.objects.present().filter(kind="Phường").count() == 2
    assert Succession.objects.count() == 106


def test_21_codes_name_two_units_of_different_names(lai_chau):
    present = dict(Area.objects.present().communes().values_list("code", "full_name"))
    former = dict(Area.objects.former().communes().values_list("code", "full_name"))
    assert len([code for code in present if code in former and present[code] != former[code]]) == 21


def test_loading_again_keeps_every_row_and_key(lai_chau):
    before = rows()
    counts = load_areas(only="12")
    assert rows() == before
    assert (counts["created"], counts["changed"]) == (0, 0)


def test_loading_again_mends_a_row_in_place(present):
    commune = present("Xã Bình Lư")
    Area.objects.filter(pk=commune.pk).update(name="Sai", full_name="Xã Sai", folded="|sai|", aliases=["Sai"])
    counts = load_areas(only="12")
    assert (counts["created"], counts["changed"]) == (0, 1)
    mended = Area.objects.get(pk=commune.pk)
    assert (mended.full_name, mended.folded, mended.aliases) == ("Xã Bình Lư", "|binh lu|", [])


def test_loading_again_mends_a_false_succession(present, former):
    old = former("Xã Phúc Than")
    old.successions.update(present=present("Xã Bình Lư"))
    load_areas(only="12")
    assert [row.present for row in old.successions.all()] == [present("Xã Mường Than")]


def test_the_file_of_the_province_gives_centres_areas_codes_and_spellings(present, former):
    commune = present("Xã Bình Lư")
    assert (commune.code, commune.area_km2, commune.latitude, commune.slug) == ("03390", 173.91, 22.3532, "binh-lu")
    assert former("Huyện Tam Đường").code == "106"
    assert former("Xã Pa Ủ").full_name_en == "Pa U Commune"
    assert former("Xã Ta Gia").aliases == ["Tà Gia"]


def test_a_province_that_is_none_is_refused(lai_chau):
    before = rows()
    with pytest.raises(ValueError, match="'99'"):
        load_areas(only="99")
    assert rows() == before
