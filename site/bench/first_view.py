"""What a first view of a product costs on the line: `.venv/bin/python site/bench/first_view.py`

HTML, style sheets and scripts as brotli sends them, no fonts and photographs; 25 kB are allowed, and no other host.
Where the server sends a text as it is, because compressing pages is left to the proxy before it, it is compressed here.
Ends with 1 when the page is heavier, or when it names another host.
"""

import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

SITE_DIR = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SITE_DIR), str(SITE_DIR.parent)]

import brotli  # noqa: E402 - the folder of sources must be on the path first

from bench.served import Served  # noqa: E402 - the folder of sources must be on the path first

ALLOWED = 25_000  # bytes
QUALITY = 5  # what a proxy takes time for
SHEET = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"')
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
# What a browser fetches by itself, other than by the two above.
FETCHED = re.compile(
    r'<(?:img|source|iframe|video|audio|use|link(?=[^>]*rel="(?:icon|preload)"))\b[^>]*?\b(?:src|href)="([^"]+)"'
)
IN_SHEETS = re.compile(r'url\(\s*["\']?([^"\')]+)')


def main() -> int:
    with Served() as server:
        from bench.pages import product_address

        address = product_address()
        page = fetch(server, address)
        html = page[0].decode()
        named = [*SHEET.findall(html), *SCRIPT.findall(html)]
        parts = {address: page, **{name: fetch(server, name) for name in named if not host_of(name)}}
        sheets = [content.decode() for name, (content, _) in parts.items() if ".css" in name]
    others = {host_of(name) for name in [*named, *FETCHED.findall(html), *addresses_in(sheets)]} - {""}
    for name, (_, size) in parts.items():
        print(f"{size:7,} B  {name}")
    total = sum(size for _, size in parts.values())
    print(f"{total:7,} B  of {ALLOWED:,} allowed; other hosts: {', '.join(sorted(others)) or 'none'}")
    return int(total > ALLOWED or bool(others))


def fetch(server: Served, path: str) -> tuple[bytes, int]:
    """A text and how many bytes it is on the line."""
    server.line.request("GET", path, headers={"Accept-Encoding": "br"})
    response = server.line.getresponse()
    sent = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    if response.headers.get("Content-Encoding") == "br":
        return brotli.decompress(sent), len(sent)
    return sent, len(brotli.compress(sent, quality=QUALITY))


def addresses_in(sheets: list[str]) -> list[str]:
    return [address for sheet in sheets for address in IN_SHEETS.findall(sheet)]


def host_of(address: str) -> str:
    """The host of an address that is not ours; "" for one of our own, or for data in the page itself."""
    return urlsplit(urljoin("http://ours/", address)).netloc.replace("ours", "", 1)


if __name__ == "__main__":
    sys.exit(main())
