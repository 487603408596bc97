"""What our pages tell search engines (schema.org): the same title, words, day, place and picture that readers see."""

from wagtail.models import Page

from areas.models import Area
from discovery.structured import CONTEXT, image_of, known, programme, way_to, whole
from outbox.wording import is_english, unmarked
from showcase.models import ContactPage, FairPage, NewsPage, VillagePage
from showcase.models.plain import BodyPage


def data_of(page: BodyPage, index: Page, address: str) -> list[dict]:
    """A page shown at an address (path): what it is, and the way to it. A sample fair is announced to nobody."""
    if isinstance(page, ContactPage):  # it stands in no index
        return [contact(page, address), way_to((page.shown_title, address))]
    way = way_to((index.title, index.url), (page.shown_title, address))
    if isinstance(page, FairPage):
        return [way] if page.is_sample else [event(page, address), way]
    return [place(page, address) if isinstance(page, VillagePage) else article(page, address), way]


def way_to_index(index: Page, address: str) -> dict:
    return way_to((index.title, address))


def article(page: BodyPage, address: str) -> dict:
    """A story, a feature, a guide; for news, with the day that stands under its title."""
    is_news = isinstance(page, NewsPage)
    published = page.day if is_news else page.first_published_at
    return told(
        page,
        address,
        "NewsArticle" if is_news else "Article",
        headline=unmarked(page.shown_title),
        inLanguage="en" if is_english() else "vi",
        datePublished=published and published.isoformat(),
        dateModified=page.last_published_at and page.last_published_at.isoformat(),
        author=programme(),
        publisher=programme(),
    )


def event(page: FairPage, address: str) -> dict:
    """A fair. Days are whole days, as on its page."""
    return told(
        page,
        address,
        "Event",
        name=unmarked(page.shown_title),
        startDate=page.starts_on.isoformat(),
        endDate=page.ends_on.isoformat(),
        eventStatus=f"{CONTEXT}/{'EventCancelled' if page.is_called_off else 'EventScheduled'}",
        eventAttendanceMode=f"{CONTEXT}/OfflineEventAttendanceMode",
        location={"@type": "Place", "name": unmarked(page.place), "address": postal(page.commune)},
        organizer=programme(),
    )


def place(page: VillagePage, address: str) -> dict:
    """A village that welcomes guests; coordinates are WGS84 degrees."""
    village = page.village
    has_spot = village.latitude is not None and village.longitude is not None
    spot = {"@type": "GeoCoordinates", "latitude": village.latitude, "longitude": village.longitude}
    return told(
        page,
        address,
        "TouristAttraction",
        name=unmarked(page.shown_title),
        address=postal(village.commune),
        geo=spot if has_spot else None,
    )


def contact(page: ContactPage, address: str) -> dict:
    """The programme's office: what is known of it, no samples."""
    ways = [way for _label, found in page.ways_by_kind for way in found if not way.is_sample]
    first = {way.kind: way.text for way in reversed(ways)}
    reached = known({"telephone": first.get("phone"), "email": first.get("email")})
    point = {"@type": "ContactPoint", "contactType": "customer service", "availableLanguage": ["vi", "en"], **reached}
    office = programme() | {"contactPoint": [point] if reached else []}
    if first.get("address"):
        office["address"] = postal(page.commune) | {"streetAddress": unmarked(first["address"])}
    return told(page, address, "ContactPage", name=unmarked(page.shown_title), mainEntity=known(office))


def told(page: BodyPage, path: str, kind: str, **more) -> dict:
    """What is said of every page, with what its kind has besides."""
    return known(
        {
            "@context": CONTEXT,
            "@type": kind,
            "url": whole(path),
            "description": unmarked(page.summary),
            "image": image_of(page.picture.files) if page.picture else [],
            **more,
        }
    )


def postal(commune: Area | None) -> dict:
    """Where something is: the commune and province of today."""
    region = {"@type": "PostalAddress", "addressCountry": "VN"}
    if commune is None:
        return region
    return region | known({"addressLocality": commune.title, "addressRegion": commune.parent and commune.parent.title})
