"""Reads what another server answers, as far as it is worth reading."""

import httpx


async def read_body(response: httpx.Response, most: int) -> bytes | None:
    """The raw body of an open answer, or None once it turns out longer than `most` bytes.

    Nothing is decompressed, so a small answer cannot unfold into a large one.
    """
    parts: list[bytes] = []
    total = 0
    async for part in response.aiter_raw():
        total += len(part)
        if total > most:
            return None
        parts.append(part)
    return b"".join(parts)
