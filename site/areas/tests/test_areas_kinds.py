import pytest

from areas.kinds import english_full_name, split_full_name, split_typed


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Xã Bình Lư", ("Xã", "Bình Lư")),
        ("Thị Trấn Prao", ("Thị trấn", "Prao")),
        ("Thị xã Mường Lay", ("Thị xã", "Mường Lay")),
        ("Phường Phường Đúc", ("Phường", "Phường Đúc")),
        ("Đặc khu Lý Sơn", ("Đặc khu", "Lý Sơn")),
    ],
)
def test_a_full_name_is_a_kind_and_a_name(full_name, parts):
    assert split_full_name(full_name) == parts


def test_a_name_without_a_known_kind_is_refused():
    with pytest.raises(ValueError, match="Bản Vàng Pheo"):
        split_full_name("Bản Vàng Pheo")


@pytest.mark.parametrize(
    ("kind", "name", "english"),
    [
        ("Xã", "Bình Lư", "Binh Lu Commune"),
        ("Phường", "Đoàn Kết", "Doan Ket Ward"),
        ("Đặc khu", "Phú Quốc", "Phu Quoc Special Zone"),
        ("Thị trấn", "Tam Đường", "Tam Duong Township"),
        ("Thị xã", "Sa Pa", "Sa Pa Town"),
        ("Phường", "7", "Ward 7"),
    ],
)
def test_english_names_follow_from_the_kind(kind, name, english):
    assert english_full_name(kind, name) == english


@pytest.mark.parametrize(
    ("typed", "bare", "kinds"),
    [
        ("binh lu", "binh lu", set()),
        ("xa binh lu", "binh lu", {"Xã"}),
        ("tt than uyen", "than uyen", {"Thị trấn"}),
        ("thi xa", "thi xa", set()),
        ("thi xa sa pa", "sa pa", {"Thị xã"}),
        ("binh lu commune", "binh lu", {"Xã"}),
        ("than uyen district", "than uyen", {"Huyện", "Quận"}),
        ("ward 7", "7", {"Phường"}),
        ("town river", "town river", set()),
        ("xa", "xa", set()),
        ("", "", set()),
    ],
)
def test_a_kind_word_is_taken_off_what_people_type(typed, bare, kinds):
    assert split_typed(typed) == (bare, kinds)
