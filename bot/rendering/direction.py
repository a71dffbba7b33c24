"""Latin data in right-to-left text: isolated, so that it is read and dialled in its own order.

Unicode Standard Annex 9. Isolates only (U+2066 to U+2069): embeddings leak into what follows.
"""

LEFT_TO_RIGHT_ISOLATE = "\u2066"
END_OF_ISOLATE = "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
INVISIBLE = LEFT_TO_RIGHT_ISOLATE + END_OF_ISOLATE + RIGHT_TO_LEFT_MARK


def isolate(text: str) -> str:
    """Latin data as one unit that runs from left to right."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{END_OF_ISOLATE}"


def visible_length(text: str) -> int:
    """How many characters of the text take up room."""
    return len(text) - sum(map(text.count, INVISIBLE))


def bare(text: str) -> str:
    """Text for a file or a calendar, whose programs show the marks as signs or refuse them."""
    return text.translate(dict.fromkeys(map(ord, INVISIBLE)))


def right_to_left_line(line: str) -> str:
    """A line that is laid out from the right even if it begins with a number or a picture."""
    return line if not line or _begins_right_to_left(line) else RIGHT_TO_LEFT_MARK + line


def _begins_right_to_left(line: str) -> bool:
    return "\u0590" <= line[0] <= "\u08ff" or line[0] == RIGHT_TO_LEFT_MARK
