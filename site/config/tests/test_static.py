"""Static files as served: one sheet, hashed names, compressed, kept by browsers; Wagtail's admin has all of its own."""

import re
import urllib.request
from urllib.parse import urljoin

import pytest

from config.static import put_addresses_right, squeeze, swallow_imports


def read_from(**sheets):
    return lambda name: {f"css/{key.replace('__', '/')}.css": text for key, text in sheets.items()}[name]


def test_a_sheet_swallows_its_imports_in_their_layers():
    read = read_from(
        main='/* toc: @import url("no.css"); */@layer base, parts;\n@import url("base.css") layer(base);\n'
        '@import url("parts/card.css") layer(parts);@import url("print.css") print;',
        base="body { color: red }",
        parts__card='.card::before { content: "a  /* b */ ;  c" } /* gone */',
        print="nav { display: none }",
    )

    assert swallow_imports("css/main.css", read) == (
        "@layer base,parts;@layer base{body{color: red}}"
        '@layer parts{.card::before{content: "a  /* b */ ;  c"}}'
        "@media print{nav{display: none}}"
    )


def test_addresses_follow_their_rule_into_the_main_sheet():
    css = "a{b:url(../../img/x.svg);c:url('y.png#z');d:url(data:image/png;base64,AA/B);e:url(/static/q.svg);f:url(#id)}"

    assert put_addresses_right(css, "css/parts", "css") == (
        'a{b:url("../img/x.svg");c:url("parts/y.png#z");d:url(data:image/png;base64,AA/B);e:url(/static/q.svg);'
        "f:url(#id)}"
    )


def test_a_part_that_imports_is_refused():
    read = read_from(main='@import url("a.css");', a='@import url("b.css");', b="")

    with pytest.raises(ValueError, match="css/a.css: only css/main.css imports"):
        swallow_imports("css/main.css", read)


def test_squeezing_keeps_what_has_meaning():
    css = ".a  .b ,\n.c{ --x: calc( 1px + 2px ) ;\n font: 'Be  Vietnam' }"

    assert squeeze(css) == ".a .b,.c{--x: calc( 1px + 2px );font: 'Be  Vietnam'}"


def get(address, encoding="br"):
    return urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": encoding}), timeout=20)


def linked(text, pattern):
    return [address for address in re.findall(r'(?:href|src)="([^"]+)"', text) if re.search(pattern, address)]


def test_a_page_s_own_files_are_found_hashed_compressed_and_never_asked_for_again(live_server_process):
    page = get(f"{live_server_process}/dang-nhap/", "identity").read().decode()
    own = linked(page, r"^/static/")
    [sheet] = [address for address in own if address.endswith(".css")]

    answers = {address: get(live_server_process + address) for address in own}

    assert re.fullmatch(r"/static/css/main\.[0-9a-f]{12}\.css", sheet)
    assert answers[sheet].headers["Content-Encoding"] == "br"
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"max-age=315360000, public, immutable"}
    assert get(live_server_process + sheet, "gzip").headers["Content-Encoding"] == "gzip"
    css = get(live_server_process + sheet, "identity").read().decode()
    assert "@import" not in css and "/*" not in css
    for address in set(re.findall(r'url\("([^"#)]+)', css)):
        assert get(urljoin(live_server_process + sheet, address)).status == 200


def test_the_editors_admin_finds_its_files(live_server_process, collected_static_files):
    for name in ("wagtailadmin/css/core.css", "wagtailadmin/js/vendor.js", "wagtailadmin/js/core.js"):
        hashed = collected_static_files[name]

        answer = get(f"{live_server_process}/static/{hashed}")

        assert (answer.headers["Content-Encoding"], answer.status) == ("br", 200)
