"""Both engines answer every wish as the rows themselves do."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from areas.folding import fold
from catalogue.models import Branch, ProductSet
from discovery.engines.falling_back import from_database
from discovery.entries import has_new_words
from discovery.filters import CERTIFIED_MONTHS, Filters
from discovery.models import Edition, Entry, Kind, Word
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, FAIR, MOST_STARS, NEWEST, RELEVANCE, tally
from discovery.tests.reckoning import reckon
from discovery.words import words_of
from factories import make_commune, make_producer, make_product, make_product_set, make_province, make_recognition
from producers.models import Producer
from programme.models import Recognition

pytestmark = pytest.mark.django_db
WISHES = 150
NAMES = ("Trà", "trá", "Gạo", "nếp", "Mật", "ong", "Mắc", "ca", "Macca", "séng", "cù", "Đông", "khô", "xanh")
TYPED = (
    "tra",
    "trà",
    "mac ca",
    "macca",
    "gạo nếp",
    "gao nep",
    "mat ong kho",
    "traf",
    "ga5o",
    "ongg",
    "khôô mật",
    "dong",
)
CODES = ("8930000000017", "8930000000024")
PEOPLES = ("Thái", "Hà Nhì, La Hủ", "Lự", "La Hủ", "")
SORTS = (NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME)


@pytest.fixture
def chance():
    return random.Random(2026)


@pytest.fixture
def entries(chance):
    """A hundred and twenty entries that differ in all that can be asked."""
    hanoi = make_province("Thành phố Hà Nội", code="01", region="red-river-delta")
    son_la = make_province("Tỉnh Sơn La", code="14")
    communes = [make_commune(), make_commune(), make_commune(province=son_la), make_commune(province=hanoi)]
    makers = [
        make_producer(area=area, reach=reach, kind=chance.choice(Producer.Kind.values))
        for area in communes
        for reach in Producer.Reach.values
    ]
    sets = [make_product_set(number) for number in (1, 2, 6, 9)]
    other = Branch.objects.create(number=2, slug="nganh-2", name="Ngành 2", name_en="Branch 2")
    sets[3].group.branch = other
    sets[3].group.save()
    rated = make_product(makers[0])
    recognitions = [
        make_recognition(rated, stars=stars, issued_on=date.today() - timedelta(days=days))
        for stars in (3, 4, 5)
        for days in (10, 500, 1000, 1500)
    ]
    Recognition.objects.filter(pk=recognitions[0].pk).update(withdrawn_on=date.today(), withdrawal_cause="law")
    made = [random_entry(chance, number, communes, makers, sets, recognitions) for number in range(120)]
    Entry.objects.bulk_create(made)
    has_new_words([entry.words for entry in made])
    Edition.renew()
    return made


def random_entry(chance, number, communes, makers, sets, recognitions) -> Entry:
    name, name_en = " ".join(chance.sample(NAMES, 3)), f"Thing {chance.randrange(20)}"
    maker, product_set, season = chance.choice([*makers, None]), chance.choice([*sets, None]), chance.random() < 0.5
    others = [" ".join(chance.sample(NAMES, 2))]
    return Entry(
        kind=chance.choice(Kind.values),
        key=str(number),
        slug=f"s{number}",
        name=name,
        name_en=name_en,
        folded=fold(name),
        words=words_of(name, name_en, others, far=chance.sample(NAMES, 1), codes=chance.sample(CODES, number % 2)),
        recognition=chance.choice([*recognitions, None]),
        producer=maker,
        producer_kind=maker.kind if maker else "",
        producer_area=maker.area if maker else None,
        reach=chance.choice([maker.reach, ""]) if maker else "",
        area=chance.choice([*communes, None]),
        product_set=product_set,
        group=product_set.group if product_set else None,
        branch_id=product_set.group.branch_id if product_set else None,
        price=chance.choice([20_000, 50_000, 90_000, None]),
        in_stock=chance.random() < 0.5,
        is_alcohol=chance.random() < 0.2,
        season_from=chance.randrange(1, 13) if season else None,
        season_to=chance.randrange(1, 13) if season else None,
        people=chance.choice(PEOPLES),
        listed_at=timezone.now() - timedelta(days=chance.randrange(30), microseconds=chance.randrange(3)),
    )


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def find(request, entries):
    """An engine that knows the entries."""
    if request.param == "database":
        return from_database
    from discovery.engines.elasticsearch import engine

    request.getfixturevalue("elasticsearch")()
    return engine.find


def random_filters(chance) -> Filters:
    def some(values, most=2):
        return tuple(chance.sample(values, chance.randint(1, most))) if chance.random() < 0.25 else ()

    makers = list(Producer.objects.select_related("area__parent").order_by("pk"))
    areas = [maker.area for maker in makers]
    sets = list(ProductSet.objects.select_related("group").order_by("pk"))
    is_asked = chance.random() < 0.25
    return Filters(
        is_alcohol=chance.random() < 0.1,
        kinds=some(Kind.values, 4),
        branches=some([each.group.branch_id for each in sets]),
        groups=some([each.group_id for each in sets]),
        product_sets=some([each.pk for each in sets]),
        areas=some([area.pk for area in areas], 3),
        producers=some([maker.pk for maker in makers], 6),
        stars=some([3, 4, 5]),
        producer_kinds=some(Producer.Kind.values, 3),
        people=some(["Thái", "Hà Nhì", "La Hủ", "Mông"]),
        price_from=chance.choice([0, 20_001, 50_000]) if is_asked else None,
        price_to=chance.choice([50_000, 60_000]) if chance.random() < 0.25 else None,
        in_stock=chance.random() < 0.2,
        in_season=chance.random() < 0.2,
        certified=chance.choice([*CERTIFIED_MONTHS, 1]) if chance.random() < 0.1 else None,
        delivers_to=chance.choice(areas) if chance.random() < 0.2 else None,
    )


def test_every_wish_is_answered_as_the_rows_answer_it(find, chance):
    found = 0
    commune = Producer.objects.select_related("area__parent").first().area
    for number in range(WISHES):
        asked = random_filters(chance) if number % 5 else Filters()
        typed = chance.choice(TYPED) if number % 2 else ""
        sort = chance.choice([*SORTS, RELEVANCE]) if typed else chance.choice(SORTS)
        shown, english = chance.choice([slice(0, 24), slice(5, 9), slice(90, 200)]), chance.random() < 0.5

        answered = find(typed, asked, sort, shown, english=english, commune=commune)

        reckoned = reckon(typed, asked, sort, shown, english=english, commune=commune)
        assert answered == reckoned, (typed, asked, sort, shown)
        found += answered.count
    assert found > WISHES


@pytest.mark.parametrize(
    "typed", ["tra", "trà", "mac ca", "macca", "gao nep kho", "traf mat", "tra2", "ongg", CODES[0]]
)
def test_the_nearest_come_first_as_their_words_cost(find, typed):
    answered = find(typed, Filters(), RELEVANCE, slice(0, 200), english=False)

    reckoned = reckon(typed, Filters(), RELEVANCE, slice(0, 200), english=False)
    assert answered == reckoned
    assert answered.count == len(answered.keys) > 1


@pytest.mark.parametrize("typed", ["sầu riêng", "!!!", "AND", "words:*", '"', "\\", "a" * 10_000, "tra\0", "🙂"])
def test_whatever_is_typed_is_a_word_or_nothing(find, typed):
    assert find(typed, Filters(), RELEVANCE, slice(0, 24), english=False) == reckon(
        typed, Filters(), RELEVANCE, slice(0, 24), english=False
    )


def test_in_the_fair_order_everybody_comes_once_before_anybody_comes_twice(find):
    every = find("", Filters(), FAIR, slice(0, 200), english=False).keys

    producers = dict(Entry.objects.values_list("pk", "producer"))
    first_round = [producers[key] for key in every[: len(set(producers.values()))]]
    assert sorted(every) == sorted(Entry.objects.filter(is_alcohol=False).values_list("pk", flat=True))
    assert len(set(first_round)) == len(first_round)
    assert every == tally().page(tally().everything, FAIR, slice(0, 200))
    pages = [find("", Filters(), FAIR, slice(start, start + 7), english=False).keys for start in range(0, 200, 7)]
    assert [key for page in pages for key in page] == every


def test_the_longest_search_that_can_be_read_is_answered(find):
    """Also where any two words might be one: every way to read them is asked for at once."""
    Word.objects.bulk_create([Word(text=word) for word in ("tratra", "traatraa", "camac")], ignore_conflicts=True)
    Edition.renew()

    for typed in ("tra " * 8, "trà " * 8, "traa " * 8, "mac ca " * 4, "gaoo nepp matt ongg macc khoo xanhh sengg"):
        answered = find(typed, Filters(), RELEVANCE, slice(0, 24), english=False)
        assert answered == reckon(typed, Filters(), RELEVANCE, slice(0, 24), english=False)
