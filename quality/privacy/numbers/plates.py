"""The finder of vehicle plates: civil, new energy, embassies, and the armed police."""

from quality.privacy.hits import Hit
from quality.privacy.numbers import context
from quality.privacy.view import pattern

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""The short names of provinces that plates begin with (GA 36)."""

_EDGE = r"(?![0-9A-Za-z])(?!-\d)"
_SERIAL = r"[A-HJ-NP-Z0-9]"
_AFTER_PROVINCE = pattern(
    r"[·. -]?[A-HJ-NP-Z](?: ?[·.-] ?| )?(?:"
    rf"(?:[A-HJ-K]{_SERIAL}\d{{4}}|\d{{5}}[A-HJ-K]){_EDGE}"
    rf"|(?=[A-Z]*\d){_SERIAL}{{5}}{_EDGE}"
    rf"|(?=[A-Z]*\d){_SERIAL}{{4}}[挂学警港澳领])"
)
_EMBASSY = pattern(rf"(?:使\d{{6}}|\d{{6}}使|\d{{3}}[·-]?\d{{3}}使){_EDGE}")
_ARMED_POLICE = pattern(rf"WJ[·-]?[{PROVINCES}]?[·-]?\d{{4}}[0-9A-HJ-NP-Z]{_EDGE}")
_CAR = pattern(r"(?:车|牌|驾|辆|肇事|违章|(?i:plate|vehicle|car)(?![a-z]))[^。\n\0〔〕]{0,16}\Z")


def plate(text: str, start: int, end: int) -> Hit | None:
    """A plate whose letters, or whose digits behind a separator, are the run that stands there.

    Small letters, and a single digit that no dot parts from the province, count only beside a
    word for cars or plates.
    """
    begin = _province(text, start)
    if begin is None:
        return None
    shape = text[begin + 1 : begin + 14]
    match = _AFTER_PROVINCE.match(shape) or _AFTER_PROVINCE.match(shape.upper())
    if match is None or begin + 1 + match.end() < end:
        return None
    whole = Hit(begin, begin + 1 + match.end(), "plate", "ga36")
    written = text[whole.start : whole.end]
    torn = written != written.upper() or written[1] in " ."
    few = written[2] != "·" and _few_digits(written)
    if (torn or few) and not is_car(text, begin):
        return None
    return whole


def _few_digits(written: str) -> bool:
    digits = sum(character.isdecimal() for character in written)
    return digits < 2


def _province(text: str, start: int) -> int | None:
    """Where the province stands: before the run, or before one letter and a separator."""
    for back in (1, 2, 3, 4, 5):
        character = text[start - back] if start >= back else "\0"
        if character in PROVINCES:
            return start - back
        if not (character in "·.- " or (character.isascii() and character.isalpha())):
            return None
    return None


def embassy(text: str, start: int, end: int) -> Hit | None:
    """The plate of an embassy: six digits and 使, beside a word for cars."""
    begin = start - (text[start - 1] == "使")
    match = _EMBASSY.match(text, begin)
    if match is None or not is_car(text, begin):
        return None
    return Hit(begin, match.end(), "plate", "ga36")


def armed_police(text: str, start: int, _end: int) -> Hit | None:
    """The plate of the armed police: WJ, a province, and five characters."""
    match = _ARMED_POLICE.match(text, start)
    return Hit(start, match.end(), "plate", "armed_police") if match is not None else None


def is_car(text: str, start: int) -> bool:
    """Whether a word for cars, plates or driving stands before `start`."""
    return _CAR.search(context.before(text, start, 20)) is not None
