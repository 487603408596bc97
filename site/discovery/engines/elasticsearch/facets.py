"""One search with its facets: what is chosen narrows the results, and each facet is counted without its own choices."""

from datetime import date

from elasticsearch_dsl import A, Facet, FacetedSearch, MultiSearch, TermsFacet
from elasticsearch_dsl.query import Bool, ConstantScore, MatchAll, Query, Range, Term, Terms

from discovery.engines import FACETS
from discovery.engines.elasticsearch.index import alias
from discovery.filters import CERTIFIED_MONTHS, CLASSES, Filters
from discovery.models import Kind
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, FAIR, MOST_STARS, RELEVANCE
from programme.recognition import months_after
from shop.delivery import FARTHER

MOST_VALUES = 10_000  # of a facet; the country has 3,321 communes
MOST_MAKERS = 50_000
LESS_THAN_A_COST = 0.5  # of scores, which are whole numbers: what comes first among equals
NOBODY = 0  # the maker of what has none
STARS = (5, 4, 3, 2, 1)
NEWEST_FIRST = ("-listed_at", "-key")


class ClassFacet(Facet):
    """Branch, group and set are one facet: any of the chosen ones is wanted, and none of the three counts the others'
    choices. A value is a field and its key."""

    FIELDS = ("branch", "group", "product_set")

    def get_aggregation(self):
        every = A("filter", MatchAll())
        for field in self.FIELDS:
            every.bucket(field, "terms", field=field, size=MOST_VALUES)
        return every

    def get_value_filter(self, value):
        field, key = value
        return Term(**{field: key})

    def get_values(self, data, chosen):
        return [((field, bucket["key"]), bucket["doc_count"], False) for field in self.FIELDS for bucket in data[field]]


class StarsFacet(Facet):
    """Stars that may be printed today."""

    def __init__(self, today: date):
        super().__init__()
        self.printed = holding(today)

    def get_aggregation(self):
        printed = A("filter", self.printed)
        printed.bucket("stars", "terms", field="stars")
        return printed

    def get_value_filter(self, value):
        return self.printed & Term(stars=value)

    def get_values(self, data, chosen):
        return [(bucket["key"], bucket["doc_count"], False) for bucket in data["stars"]]


class CertifiedFacet(Facet):
    """Stars that hold for so many months at least."""

    def __init__(self, today: date):
        super().__init__()
        self.today = today

    def get_value_filter(self, value):
        return holding(months_after(self.today, value))

    def get_aggregation(self):
        return A("filters", filters={str(months): self.get_value_filter(months) for months in CERTIFIED_MONTHS})

    def get_values(self, data, chosen):
        return [(months, data.buckets[str(months)]["doc_count"], False) for months in CERTIFIED_MONTHS]


class YesFacet(Facet):
    """What is so or is not."""

    def __init__(self, query: Query):
        super().__init__()
        self.query = query

    def get_value_filter(self, value):
        return self.query

    def get_aggregation(self):
        return A("filter", self.query)

    def get_values(self, data, chosen):
        return [(1, data["doc_count"], False)]


def holding(day: date) -> Query:
    """Stars that hold on a day, today or later."""
    return Range(holds_until={"gte": day.isoformat()})


def delivered_to(commune) -> Query:
    """What is sent to a present commune (shop.delivery.lies_within)."""
    near = (
        ("commune", Term(sent_from=commune.pk)),
        ("province", Term(sent_from_province=commune.parent_id)),
        ("region", Term(sent_from_region=commune.parent.region)),
        ("country", MatchAll()),
    )
    return Bool(
        should=[Bool(filter=[Terms(reach=FARTHER[FARTHER.index(zone) :]), place]) for zone, place in near],
        minimum_should_match=1,
    )


class EntrySearch(FacetedSearch):
    def __init__(self, client, query: Query, asked: Filters, sort: str, *, commune, today: date, english: bool):
        self.using, self.index, self.asked, self.wanted, self.today = client, alias(), asked, sort, today
        self.facets = {
            "kind": TermsFacet(field="kind"),
            "class": ClassFacet(),
            "area": TermsFacet(field="area", size=MOST_VALUES),
            "stars": StarsFacet(today),
            "producer_kind": TermsFacet(field="producer_kind", size=MOST_VALUES),
            "people": TermsFacet(field="people", size=MOST_VALUES),
            "in_stock": YesFacet(Term(in_stock=True)),
            "in_season": YesFacet(Term(season=today.month)),
            "certified": CertifiedFacet(today),
        }
        if commune := asked.delivers_to or commune:
            self.facets["delivers_to"] = YesFacet(delivered_to(commune))
        super().__init__(query, self._choices(), self._order(english))

    def _choices(self) -> dict[str, list | Query]:
        asked = self.asked
        prices = {"gte": asked.price_from, "lte": asked.price_to}
        choices = {
            "kind": list(asked.kinds),
            "class": [
                (field, key)
                for field, part in zip(ClassFacet.FIELDS, CLASSES, strict=True)
                for key in getattr(asked, part)
            ],
            "area": list(asked.areas),
            "stars": list(asked.stars),
            "producer_kind": list(asked.producer_kinds),
            "people": list(asked.people),
            "in_stock": [1] if asked.in_stock else [],
            "in_season": [1] if asked.in_season else [],
            "certified": [] if asked.certified is None else [asked.certified],
            "delivers_to": [1] if asked.delivers_to else [],
            "producer": Terms(producer=list(asked.producers)) if asked.producers else [],
            "price": Range(price={end: price for end, price in prices.items() if price is not None}),
        }
        has_price = asked.price_from is not None or asked.price_to is not None
        return {name: choice for name, choice in choices.items() if choice and (name != "price" or has_price)}

    def _order(self, english: bool) -> tuple:
        return {
            RELEVANCE: ("_score", *NEWEST_FIRST),
            MOST_STARS: (
                "_score",
                *NEWEST_FIRST,
            ),  # stars are the score: which of them hold is another matter each day
            CHEAPEST: ("price", *NEWEST_FIRST),
            DEAREST: ("-price", *NEWEST_FIRST),
            BY_NAME: ("name_en" if english else "folded", *NEWEST_FIRST),
        }.get(self.wanted, NEWEST_FIRST)

    def add_filter(self, name, filter_values):
        """A choice that is no facet's is a query, and is not counted."""
        if isinstance(filter_values, Query):
            self._filters[name] = filter_values
        else:
            super().add_filter(name, filter_values)

    def search(self):
        return super().search().source(False).extra(track_total_hits=True)

    def query(self, search, query):
        among = Term(is_alcohol=self.asked.is_alcohol)
        if self.wanted == RELEVANCE:
            products_first = ConstantScore(filter=Term(kind=Kind.PRODUCT), boost=LESS_THAN_A_COST)
            return search.query(Bool(must=[query], filter=[among], should=[products_first]))
        starred = [
            ConstantScore(filter=Bool(filter=[holding(self.today), Term(stars=stars)]), boost=stars) for stars in STARS
        ]
        return search.query(Bool(filter=[query, among], should=starred if self.wanted == MOST_STARS else []))

    @property
    def whole(self):
        """The search itself, to be asked beside others."""
        return self._s

    def narrowed(self):
        """The search for what was typed alone, without facets."""
        return self.query(self.search(), self._query)

    def aggregate(self, search):
        super().aggregate(search)
        search.aggs.bucket("matched", "filter", MatchAll())  # whatever else is asked
        every = search.aggs.bucket("every", "global")  # whatever was typed
        if self.wanted == FAIR:
            for among in (every, search.aggs.bucket("found", "filter", self.chosen)):
                among.bucket("makers", "terms", field="producer", missing=NOBODY, size=MOST_MAKERS)

    @property
    def chosen(self) -> Query:
        """All that is chosen, in every facet."""
        return Bool(filter=list(self._filters.values()))


def ask(searches: list[EntrySearch], page: slice) -> list:
    """The answers to some searches, each with the entries of a page. One request."""
    if len(searches) == 1:
        return [searches[0][page].execute()]
    asking = MultiSearch(using=searches[0].using, index=searches[0].index)
    for search in searches:
        asking = asking.add(search[page].whole)
    answers = asking.execute()
    for search, answer in zip(searches, answers, strict=True):
        answer._faceted_search = search  # as its own execute() would
    return answers


def keys_of(response) -> list[int]:
    """The entries of a page."""
    return [int(hit.meta.id) for hit in response]


def counts_of(response) -> dict[str, dict]:
    """The counts of an answer by facet and value; values that none has are left out."""
    counts = {facet: {} for facet in FACETS}
    for name, facet in response._faceted_search.facets.items():
        data = response.aggregations[f"_filter_{name}"][name]
        for value, count, _ in facet.get_values(data, ()):
            if count:
                of, value = value if name == "class" else (name, value)
                counts[of][value] = count
    return counts
