import pytest

from areas.models import Area, Level
from areas.zones import zone


def commune(full_name: str, province_code: str) -> Area:
    province = Area.objects.present().provinces().get(code=province_code)
    area = Area.from_full_name(full_name, level=Level.COMMUNE, parent=province)
    area.save()
    return area


@pytest.mark.parametrize(
    ("full_name", "province_code", "expected"),
    [
        ("Xã Mẫu", "12", "province"),  # Lai Châu
        ("Xã Mẫu", "15", "region"),  # Lào Cai, in the northern mountains too
        ("Xã Mẫu", "01", "country"),  # Hà Nội
        ("Xã Mẫu", "79", "country"),  # Thành phố Hồ Chí Minh
    ],
)
def test_a_parcel_from_binh_lu_goes_as_far_as(present, full_name, province_code, expected):
    there = commune(full_name, province_code)
    assert zone(present("Xã Bình Lư"), there) == expected
    assert zone(there, present("Xã Bình Lư")) == expected


def test_a_parcel_within_a_commune_stays_there(present):
    assert zone(present("Xã Bình Lư"), present("Xã Bình Lư")) == "commune"


@pytest.mark.parametrize("full_name", ["Xã Phúc Than", "Huyện Than Uyên"])
def test_nothing_is_sent_to_a_unit_that_is_no_more(present, former, full_name):
    with pytest.raises(ValueError, match=full_name):
        zone(present("Xã Bình Lư"), former(full_name))


def test_a_province_is_no_address(present, lai_chau):
    with pytest.raises(ValueError, match="Lai Châu"):
        zone(lai_chau, present("Xã Bình Lư"))
