import pytest
from django.utils.translation import override

from areas.finding import communes_of, find_units, names_on_land_of, resolve_commune


def labels(text, province, **kwargs):
    return [match.label for match in find_units(text, province=province, **kwargs)]


@pytest.mark.parametrize(
    "text", ["Phúc Than", "Phuc Than", "phuc  than", "xã Phúc Than", "x. phuc than", "Phuc Than commune", "PHÚC-THAN"]
)
def test_an_old_name_is_found_however_it_is_typed(lai_chau, text):
    assert labels(text, lai_chau) == ["Xã Mường Than (cũ: Xã Phúc Than, huyện Than Uyên)"]


def test_a_name_that_moved_gives_the_present_unit_and_the_old_one(lai_chau):
    assert labels("mường than", lai_chau) == ["Xã Mường Than", "Xã Than Uyên (cũ: Xã Mường Than, huyện Than Uyên)"]


def test_a_commune_a_town_and_a_district_of_one_name_are_told_apart(lai_chau):
    assert labels("than uyen", lai_chau) == [
        "Xã Than Uyên",
        "Xã Khoen On, Xã Mường Kim, Xã Mường Than và 1 nơi nữa (cũ: Huyện Than Uyên, tỉnh Lai Châu)",
        "Xã Than Uyên (cũ: Thị trấn Than Uyên, huyện Than Uyên)",
    ]


def test_the_typed_kind_comes_first(lai_chau):
    assert labels("tt Than Uyên", lai_chau)[0] == "Xã Than Uyên (cũ: Thị trấn Than Uyên, huyện Than Uyên)"
    assert find_units("huyện Than Uyên", province=lai_chau)[0].area.full_name == "Huyện Than Uyên"


def test_a_unit_that_kept_its_name_is_told_once(lai_chau):
    assert labels("Bình Lư", lai_chau) == ["Xã Bình Lư"]


def test_a_district_after_the_comma_means_the_old_unit(lai_chau):
    assert labels("Xã Bình Lư, huyện Tam Đường", lai_chau) == ["Xã Bình Lư (cũ: Xã Bình Lư, huyện Tam Đường)"]
    assert labels("Xã Bình Lư, huyện Sìn Hồ", lai_chau) == []


def test_the_province_is_told_in_lists_of_the_whole_country(lai_chau):
    assert labels("phuc than", None) == ["Xã Mường Than, tỉnh Lai Châu (cũ: Xã Phúc Than, huyện Than Uyên)"]


def test_labels_follow_the_active_language(lai_chau):
    (match,) = find_units("Phúc Than")
    with override("en"):
        assert match.label == "Muong Than Commune, Lai Chau Province (formerly Phuc Than Commune, Than Uyen District)"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("text", ["Phúc Than", "Mường Than", "thị trấn Than Uyên", "huyện Than Uyên", "Can Hồ"])
def test_a_label_that_is_pasted_leads_back_to_its_unit(lai_chau, language, text):
    with override(language):
        for meant in find_units(text, province=lai_chau):
            assert find_units(meant.label, province=lai_chau)[0].area == meant.area


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("Lả Nhì Thàng", "Phường Đoàn Kết"),
        ("Lản Nhì Thàng", "Phường Đoàn Kết"),
        ("Tông Qua Lìn", "Xã Dào San"),
        ("Can Hồ", "Xã Bum Tở"),
        ("Kan Hồ", "Xã Bum Tở"),
        ("Pa Vệ Sử", "Xã Bum Nưa"),
        ("Hua Bun", "Xã Hua Bum"),
        ("Ma Ly Pho", "Xã Phong Thổ"),
        ("Pa Khoá", "Xã Pu Sam Cáp"),
    ],
)
def test_other_spellings_are_understood(lai_chau, text, today):
    assert [area.full_name for area in find_units(text, province=lai_chau)[0].today] == [today]


def test_exact_names_come_before_beginnings_and_those_before_the_rest(lai_chau):
    assert [match.area.full_name for match in find_units("tân", province=lai_chau)][:5] == [
        "Xã Tân Uyên",
        "Phường Tân Phong",
        "Huyện Tân Uyên",
        "Thị trấn Tân Uyên",
        "Xã Pa Tần",
    ]
    assert [match.area.full_name for match in find_units("thèn", province=lai_chau)] == ["Xã Thèn Sin", "Xã Hoang Thèn"]


def test_one_letter_finds_beginnings_only(lai_chau):
    assert {match.area.name[0] for match in find_units("k", province=lai_chau, limit=50)} == {"K"}


@pytest.mark.parametrize("text", ["", "   ", "%", "_", ",", "()", "không có đâu", "\x00", "x" * 5000])
def test_what_names_no_unit_finds_nothing(lai_chau, text):
    assert find_units(text) == []
    assert resolve_commune(text).choices == []


def test_no_more_are_found_than_asked_for(lai_chau):
    assert len(find_units("an", limit=7)) == 7
    assert find_units("an", limit=0) == []


@pytest.mark.parametrize("text", ["phuc than", "nậm", "an", "than uyên", "lai châu", "tam đường, lai châu"])
def test_finding_one_or_many_units_takes_four_queries_at_most(lai_chau, django_assert_max_num_queries, text):
    with django_assert_max_num_queries(4):
        assert [match.label for match in find_units(text, province=lai_chau, limit=50)]


def test_one_match_and_thirty_cost_the_same(lai_chau, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(find_units("phuc than")) == 1
    with django_assert_num_queries(4):
        assert len(find_units("an", limit=30)) == 30


@pytest.mark.parametrize("text", ["Bình Lư", "xã binh lu", "03390", "Phúc Khoa, Tân Uyên"])
def test_a_plain_name_or_code_is_one_commune(lai_chau, text):
    resolution = resolve_commune(text, province=lai_chau)
    assert resolution.choices == [resolution.one]


def test_the_person_chooses_where_a_name_has_two_meanings(lai_chau, names):
    resolution = resolve_commune("Xã Mường Than", province=lai_chau)
    assert resolution.one is None
    assert names(resolution.choices) == ["Xã Mường Than", "Xã Than Uyên"]


def test_the_district_settles_which_is_meant(lai_chau):
    assert resolve_commune("Xã Mường Than, huyện Than Uyên").one.full_name == "Xã Than Uyên"


@pytest.mark.parametrize("text", ["mường than", "phúc than", "than uyên", "tam đường", "hua bum"])
def test_a_label_picked_from_a_list_leads_back_to_its_units(lai_chau, text):
    for match in find_units(text):
        assert set(resolve_commune(match.label).choices) == set(match.today)


def test_an_old_district_lets_choose_among_its_communes(lai_chau, names):
    resolution = resolve_commune("huyện Tân Uyên", province=lai_chau)
    assert resolution.one is None
    assert names(resolution.choices) == ["Xã Mường Khoa", "Xã Nậm Sỏ", "Xã Pắc Ta", "Xã Tân Uyên"]


def test_a_code_that_was_given_anew_means_the_present_commune(lai_chau):
    assert resolve_commune("03388").one.full_name == "Phường Đoàn Kết"


def test_a_code_that_is_no_more_leads_to_its_successor(lai_chau):
    assert resolve_commune("03387").one.full_name == "Phường Tân Phong"


def test_an_unfinished_name_offers_the_nearest_and_decides_nothing(lai_chau, names):
    resolution = resolve_commune("phúc th", province=lai_chau)
    assert resolution.one is None
    assert names(resolution.choices) == ["Xã Mường Than"]


def test_a_province_is_no_commune(lai_chau, names):
    assert names(resolve_commune("Lai Châu").choices) == ["Phường Đoàn Kết", "Phường Tân Phong"]


@pytest.mark.parametrize("text", ["03388", "Bình Lư", "than uyên", "na"])
def test_resolving_takes_four_queries_at_most(lai_chau, django_assert_max_num_queries, text):
    with django_assert_max_num_queries(4):
        assert resolve_commune(text, province=lai_chau).choices


def test_the_communes_of_the_province_stand_by_name(lai_chau, names):
    communes = names(communes_of(lai_chau))
    assert len(communes) == 38
    assert communes[:4] == ["Xã Bản Bo", "Xã Bình Lư", "Xã Bum Nưa", "Xã Bum Tở"]


@pytest.mark.parametrize(
    "text",
    [
        *("Phúc Than", "mường than", "tt Than Uyên", "huyện Than Uyên", "quận sơn", "nậm", "an", "n", "x", "bình"),
        *("Phúc Khoa, Tân Uyên", "không có đâu", "", "%", "_", "xã", "thị trấn", "03390"),
    ],
)
def test_names_at_hand_find_the_same_units(lai_chau, text):
    assert find_units(text, province=lai_chau, names=names_on_land_of(lai_chau)) == find_units(text, province=lai_chau)


def test_what_is_like_no_name_at_hand_asks_nothing(lai_chau, django_assert_num_queries):
    names = names_on_land_of(lai_chau)
    with django_assert_num_queries(0):
        assert find_units("mật ong rừng", province=lai_chau, names=names) == []
