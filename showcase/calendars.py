"""A fair as a calendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings


def calendar_of(fair) -> str:
    """One event over whole days. Lines end as the standard wants, and none is longer than 75 bytes."""
    last_change = (fair.last_published_at or fair.first_published_at or fair.latest_revision_created_at).astimezone(UTC)
    place = ", ".join(part for part in (fair.place, fair.commune.title if fair.commune else "") if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(settings.WAGTAIL_SITE_NAME)}//VI",
        "BEGIN:VEVENT",
        f"UID:{fair.translation_key}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}",
        f"DTSTAMP:{last_change:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{fair.starts_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{fair.ends_on + timedelta(days=1):%Y%m%d}",  # the day after the last one
        f"SUMMARY:{escaped(fair.title)}",
        f"LOCATION:{escaped(place)}",
        f"STATUS:{'CANCELLED' if fair.is_called_off else 'CONFIRMED'}",
        f"URL:{fair.full_url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def folded(line: str) -> list[str]:
    """A line in parts of 75 bytes at most, of which all but the first begin with a space; no letter is cut."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
