"""Decode one picture from a stranger in a process of its own, and write it anew with nothing but its pixels.

Run by `cleaning.py` as `python -I decoding.py png < upload`. It answers on standard output: a line of JSON, which names
a fault or the format, and then the new file. It imports Pillow and nothing of ours, so that it starts fast and has
nothing to lose: memory and time are limited, and when Pillow breaks, only this process does.
"""

import json
import resource
import struct
import sys
from io import BytesIO

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 10  # of processor time
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400  # pixels; twice the widest file we make
FORMATS = ("JPEG", "PNG", "WEBP")
EXTENSIONS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
TURNS = {  # EXIF's orientation, and what makes up for it
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
SAVING = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 90, "method": 4},
}


class Fault(Exception):
    """What is wrong with the picture, as one of the words of `cleaning.SENTENCES`."""


def limit() -> None:
    """From here on this process may use so much and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of a WebP's canvas from its first bytes: Pillow makes room for the canvas on opening."""
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF


def check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise Fault("too_many_pixels")


def rewritten(data: bytes, extension: str) -> tuple[str, bytes]:
    """The format and the new file. Raises Fault."""
    from PIL import Image, UnidentifiedImageError  # after `limit`

    Image.MAX_IMAGE_PIXELS = None  # our own limit, checked below before a pixel is decoded
    if data[8:12] == b"WEBP" and len(data) >= 30:
        check_size(*webp_size(data))
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise Fault("format") from None
    check_size(*image.size)
    # A JPEG with a second picture behind it (depth, brightness) comes from many phones: its first picture counts.
    form = "JPEG" if image.format == "MPO" else image.format
    if EXTENSIONS.get(extension) != form:
        raise Fault("extension")
    if form != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise Fault("moving")

    orientation = image.getexif().get(0x0112)
    profile = image.info.get("icc_profile")
    image = as_rgb(image) if image.mode in ("P", "PA", "1") or image.mode.startswith("I") else image
    image.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2)
    if orientation in TURNS:
        image = image.transpose(Image.Transpose[TURNS[orientation]])
    image = as_rgb(in_srgb(image, profile))

    plain = Image.new(image.mode, image.size)  # pixels alone: no EXIF, no place, no comment comes along
    plain.paste(image)
    out = BytesIO()
    plain.save(out, form, **SAVING[form])
    return form, out.getvalue()


def as_rgb(image):
    """In RGB, with its transparency where it has one."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA"):
        return image
    is_transparent = image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if is_transparent else "RGB")


def in_srgb(image, profile: bytes | None):
    """With the colours that browsers expect: profiles are not kept."""
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    from PIL import ImageCms

    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # a broken profile is no reason to refuse a picture
        return image


def main() -> None:
    limit()
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        form, clean = rewritten(data, sys.argv[1])
    except Fault as fault:
        answer, clean = {"fault": str(fault)}, b""
    except MemoryError:
        answer, clean = {"fault": "too_heavy"}, b""
    except Exception:  # whatever Pillow stumbles over, the file is not one that we keep
        answer, clean = {"fault": "broken"}, b""
    else:
        answer = {"format": form}
    out.write(json.dumps(answer).encode() + b"\n" + clean)


if __name__ == "__main__":
    main()
