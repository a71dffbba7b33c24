"""As much of a JPEG as tells that it is one, and how large (ITU T.81, Annex B)."""

START = b"\xff\xd8"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def sides(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no JPEG."""
    at = len(START)
    if not content.startswith(START):
        return None
    while content[at : at + 1] == b"\xff" and at + 9 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width), int.from_bytes(height)
        at += 2 + length
    return None
