"""A picture as a terminal sends it: PNG in base64, made by hand so that no test needs a window."""

import base64
import struct
import zlib


def png(width: int, height: int, padding: int = 0) -> bytes:
    """A grey PNG; `padding` bytes of text make it larger."""
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    more = _chunk(b"tEXt", b"x" * padding) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + head + more + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PICTURE = base64.b64encode(png(64, 64)).decode()
