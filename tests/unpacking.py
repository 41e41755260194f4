"""All that can be unpacked from the bytes of a file: for searches of what must not be in it."""

import base64
import binascii
import gzip
import io
import json
import re
import zipfile
import zlib
from contextlib import suppress

CODED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
DEPTH = 3


def decoded(content, depth=DEPTH):
    """A content, and all that can be unpacked from it: zip, gzip, zlib, base64, texts of JSON."""
    yield content
    if depth == 0:
        return
    parts = []
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            parts.append(unpack(content))
        except (OSError, EOFError, zlib.error):
            continue
    for found in CODED.findall(content):
        for altered in (None, b"-_"):
            try:
                parts.append(base64.b64decode(found + b"=" * (-len(found) % 4), altchars=altered, validate=True))
            except (binascii.Error, ValueError):
                continue
    with suppress(ValueError):
        parts += [text.encode() for text in texts(json.loads(content))]
    for part in parts:
        yield from decoded(part, depth - 1)


def texts(value):
    """All texts of a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in (value.values() if isinstance(value, dict) else value):
            yield from texts(one)
