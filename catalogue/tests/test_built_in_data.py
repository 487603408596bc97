"""The built-in catalogue: one file that a new site is filled from."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = json.loads((ROOT / "catalogue/data/products.json").read_text(encoding="utf-8"))
UNITS = json.loads((ROOT / "site/areas/data/lai-chau-units.json").read_text(encoding="utf-8"))
LISTS = ["branches", "groups", "producers", "villages", "products"]
ALCOHOL_SETS, HEALTH_FOOD_SET, TOURISM_SET = {14, 15}, 18, 26


def texts(value, path=""):
    """Every text in the data with the path to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from texts(inner, f"{path}/{position}")
    elif isinstance(value, str):
        yield path, value


def outside_markup(text):
    """An English text without its [vi:…] parts."""
    return re.sub(r"\[vi:[^\[\]]+\]", "", text)


def word_counts_outside(rows, fields, fewest, most):
    counts = {(row["slug"], field): len(row[field].split()) for row in rows for field in fields}
    return {place: count for place, count in counts.items() if not fewest <= count <= most}


def test_classification_has_the_six_branches_seventeen_groups_and_twenty_six_sets_of_the_decision():
    assert [branch["number"] for branch in DATA["branches"]] == [1, 2, 3, 4, 5, 6]
    assert Counter(group["branch"] for group in DATA["groups"]) == {1: 6, 2: 2, 3: 3, 4: 2, 5: 3, 6: 1}
    assert [one["number"] for one in DATA["sets"]] == list(range(1, 27))


def test_every_group_holds_a_set_and_every_set_a_known_group():
    assert {one["group"] for one in DATA["sets"]} == {group["slug"] for group in DATA["groups"]}


def test_each_older_text_names_six_branches_that_lead_to_branches_of_today():
    assert {text: len(rows) for text, rows in DATA["former_branches"].items()} == {"490/2018": 6, "148/2023": 6}
    numbers = {number for rows in DATA["former_branches"].values() for row in rows for number in row["branches"]}
    assert numbers == {1, 2, 3, 4, 5, 6}


def test_forty_products_thirty_producers_nine_villages():
    assert [len(DATA[name]) for name in ("products", "producers", "villages")] == [40, 30, 9]


@pytest.mark.parametrize("name", LISTS)
def test_slugs_are_ascii_and_unique(name):
    slugs = [row["slug"] for row in DATA[name]]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_every_reference_of_a_product_resolves():
    producers = {row["slug"]: row for row in DATA["producers"]}
    villages = {None} | {row["slug"] for row in DATA["villages"]}
    sets = {one["number"] for one in DATA["sets"]}
    lost = [
        p["slug"]
        for p in DATA["products"]
        if p["producer"] not in producers or p["village"] not in villages or p["set"] not in sets
    ]
    assert lost == []
    assert {p["producer"] for p in DATA["products"]} == set(producers)


def test_every_commune_is_one_of_todays_thirty_eight():
    codes = {unit["code"] for unit in UNITS["communes"]}
    used = {row["commune"] for name in ("producers", "villages", "products") for row in DATA[name]}
    assert used - codes == set()


def test_every_text_is_composed_and_trimmed():
    wrong = [path for path, text in texts(DATA) if text != unicodedata.normalize("NFC", text).strip() or "  " in text]
    assert wrong == []


def test_english_has_no_vietnamese_letters_outside_markup():
    wrong = [
        (path, text)
        for path, text in texts(DATA)
        if path.endswith("_en") and any(c.isalpha() and not c.isascii() for c in outside_markup(text))
    ]
    assert wrong == []


def test_every_vietnamese_text_has_its_english():
    def without_english(value):
        if isinstance(value, list):
            return [found for inner in value for found in without_english(inner)]
        if not isinstance(value, dict):
            return []
        lost = [
            key for key in value if key.endswith("_en") and bool(value[key]) != bool(value[key.removesuffix("_en")])
        ]
        return lost + [found for inner in value.values() for found in without_english(inner)]

    assert without_english(DATA) == []


def test_texts_have_the_length_their_place_asks_for():
    about = ["about", "about_en"]
    assert word_counts_outside(DATA["products"], ["description", "description_en"], 70, 130) == {}
    assert word_counts_outside(DATA["producers"], about, 40, 80) == {}
    assert word_counts_outside(DATA["villages"], about, 60, 100) == {}
    long = [p["slug"] for p in DATA["products"] if max(len(p["summary"]), len(p["summary_en"])) > 150]
    assert long == []


def test_no_text_tells_a_number_of_stars():
    """Stars run out; a page takes them from recognitions alone."""
    told = re.compile(
        r"★|\b([1-5]|một|hai|ba|bốn|năm) sao\b|\b([1-5]|one|two|three|four|five)[- ]stars?\b", re.IGNORECASE
    )
    assert [path for path, text in texts(DATA) if told.search(text)] == []


def test_each_product_has_its_own_motif():
    assert [motif for motif, times in Counter(p["motif"] for p in DATA["products"]).items() if times > 1] == []


def test_every_motif_is_drawn():
    drawn = {path.stem for path in (ROOT / "site/pictures/motifs").glob("*.txt")}
    used = {row["motif"] for name in ("branches", "producers", "villages", "products") for row in DATA[name]}
    assert used - drawn == set()


def test_sample_producers_say_so_in_both_languages():
    silent = [
        row["slug"]
        for row in DATA["producers"]
        if row["is_sample"] != ("chủ thể mẫu" in row["about"])
        or row["is_sample"] != ("is sample data" in row["about_en"])
    ]
    assert silent == []


def test_goods_have_a_label_and_a_weight_and_stays_have_neither():
    for product in DATA["products"]:
        is_stay = product["set"] == TOURISM_SET
        assert (product["label"] is None) == is_stay
        assert [v for v in product["variants"] if (v["gross_grams"] is None) != is_stay] == []


def test_variants_have_whole_prices_and_a_small_sample_stock():
    variants = [(p["slug"], v) for p in DATA["products"] for v in p["variants"]]
    wrong = [
        slug
        for slug, v in variants
        if not (type(v["price"]) is int and v["price"] > 0 and v["price"] % 1000 == 0)
        or not (type(v["stock"]) is int and 0 <= v["stock"] <= 60)
        or (v["net_grams"] or 0) > (v["gross_grams"] or 0)
    ]
    assert wrong == []
    assert [p["slug"] for p in DATA["products"] if len(p["variants"]) != len({v["unit"] for v in p["variants"]})] == []


def test_two_products_are_sold_out_and_fifteen_have_several_variants():
    sold_out = [p["slug"] for p in DATA["products"] if all(v["stock"] == 0 for v in p["variants"])]
    assert sold_out == ["le-giang-ma", "mat-ong-pha-mu"]
    assert sum(len(p["variants"]) > 1 for p in DATA["products"]) == 15
    assert {p["slug"]: len(p["variants"]) for p in DATA["products"]}["cham-cheo-luc-le"] == 3


def test_alcohol_alone_names_its_strength_and_says_who_may_not_buy_it():
    strengths = {p["set"]: p["alcohol_percent"] for p in DATA["products"] if p["alcohol_percent"] is not None}
    assert strengths == {14: 38, 15: 14}
    silent = [
        p["slug"] for p in DATA["products"] if p["set"] in ALCOHOL_SETS and "dưới 18 tuổi" not in p["label"]["warnings"]
    ]
    assert silent == []


def test_health_food_carries_the_line_of_the_law_and_no_claim():
    [product] = [p for p in DATA["products"] if p["set"] == HEALTH_FOOD_SET]
    line = "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."
    assert line in product["label"]["warnings"]
    told = " ".join(text for _, text in texts(product)).replace(line, "").lower()
    assert [
        word for word in ("bổ ", "chữa", "trị ", "tóc", "gan", "thận", "khỏe", "hair", "liver", "cure") if word in told
    ] == []


def test_a_season_is_two_months_and_says_that_it_is_sample_data():
    seasons = {p["slug"]: p["season"] for p in DATA["products"] if p["season_is_sample"]}
    assert seasons == {p["slug"]: p["season"] for p in DATA["products"] if p["season"]}
    assert all(1 <= first <= last <= 12 for first, last in seasons.values())
