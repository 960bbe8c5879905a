"""Finders of free-form values that only a cue beside them gives away."""

import re
from collections.abc import Iterator

import numpy as np

from quality.privacy.cued import columns
from quality.privacy.cued.cues import Cue
from quality.privacy.cued.marking import REACH, cues_by_head, marks
from quality.privacy.hits import Hit
from quality.privacy.view import View, pattern
from quality.privacy.writings import class_table, plain

_WINDOW = 96
"""Characters from a cue on that are put together where something hides its value."""

_odd = re.escape("".join(chr(c) for c in np.flatnonzero(class_table() // 16 == 2).tolist()))
_ODD = pattern(f"[{_odd}]")
_TORN = pattern(r"[0-9A-Za-z] [0-9A-Za-z]")
_ACROSS = pattern(
    rf"[-_0-9A-Za-z(){_odd}] (?:[-_0-9A-Za-z()].?|[{_odd}](?:[{_odd}]|[^\u4e00-\u9fff])?)"
)
_GOES_ON = pattern(rf" ?[{_odd}]| [0-9A-Za-z]")

_STOP = pattern(r"[。!?\0]|(?<=\n)[^\n\0]{0,96}\n")
"""Where a sentence ends, or the line after the next: no cue reaches across."""

_OTHER_PAPER = pattern("护照|通行|回乡|台胞|身[份分]|居留|驾驶|订单|航班|发票")
_NEXT = pattern(r"[\"'”」)]?(?: ?[、/和与及或]|以及| or| and|,或)[ \"'“「]{0,2}")
"""What parts several values of one cue."""

_BACK_IN_BRACKETS = pattern(r"[\"'”」』\]】 ]{0,2}\((?:这是|即|是|为)?(?:本人|我)?的?\Z")
_TORN_BEFORE = pattern(
    r"(?<![0-9A-Za-z])([A-Za-z]{1,2}(?:\d| (?=\d)){7,14}\d)[\"'”」』\]】 ]{0,2}"
    r"\(?[^0-9A-Za-z]{0,1}\Z"
)
_BACK_REACH = 32
_BACK = pattern(
    r"[\"'”」』)\]】 ]{0,2}"
    r"(?:,?(?:这|就|这就|便)?[是为係](?:我|您|你|他|她|本人|孩子|患者)?家?们?的?"
    r"|,加我?的?)[\"“「]?\Z"
)
_CLAUSE = pattern(r"(?:\A|[\0\n。,;!?:(\"'“「『【\[ |\t])\Z")
_AFTER_CUE = pattern(r"(?:号码?|编号|账号|ID)?[\"'”」』]?[)\],。;!?、\n\0 ]")


def beside_cues(view: View) -> Iterator[Hit]:
    """Every value beside a cue of `CUES`, or below one that heads a column."""
    cues, text = cues_by_head(), view.text
    for at, second, heading in marks(view):
        if text[at - 1] == "〔":
            continue  # the label of a placeholder is no cue
        for cue in cues.get(text[at] + text[second], cues.get(text[at], ())):
            if heading:
                yield from columns.below(cue, text, at)
            yield from values(cue, text, at)


def values(cue: Cue, text: str, at: int) -> Iterator[Hit]:
    """The values of the cue that stands at `at`: after it, as written or hidden, or before it."""
    name = cue.name.match(text, at)
    if name is None or (cue.near and not cue.near.search(text, max(0, at - 60), at + 80)):
        return
    written = _value(cue, text, at)
    if written is None or _GOES_ON.match(text, written[1]):
        hidden = _hidden(cue, text, at)
        if hidden is not None:
            yield Hit(*hidden, cue.kind, "hidden")
            return
    if written is not None:
        yield Hit(*written, cue.kind, cue.rule)
        yield from _further(cue, text, *written)
    elif cue.alike is not None:
        yield from _before(cue, text, at, name.end())
    if cue.rare is not None:
        yield from _around(cue, cue.rare, text, at, name.end())


def _further(cue: Cue, text: str, start: int, end: int) -> Iterator[Hit]:
    """The values of the same form that are listed after a first one."""
    first = text[start:end]
    while cue.alike is not None and (link := _NEXT.match(text, end)) is not None:
        match = cue.alike.match(text, link.end())
        if (
            match is None
            or not _is_alike(first, match[0])
            or (cue.check and not cue.check(match[0]))
        ):
            return
        end = match.end()
        yield Hit(*match.span(), cue.kind, cue.rule)


def _is_alike(first: str, second: str) -> bool:
    near = abs(len(first) - len(second)) <= 2
    return (
        near and first[0].isdecimal() == second[0].isdecimal() and any(map(str.isdecimal, second))
    )


def _before(cue: Cue, text: str, at: int, end: int) -> Iterator[Hit]:
    """The value that ends before its cue: `12345 (住院号)`, `12345,这是我的住院号`."""
    low = max(0, at - 48)
    near = text[low:at]
    link = _BACK_IN_BRACKETS.search(near, max(0, len(near) - 12)) or _BACK.search(
        near, max(0, len(near) - 16)
    )
    if link is None or _AFTER_CUE.match(text, end) is None or cue.alike is None:
        return
    start = link.start()
    while start > 0 and _is_of_value(near[start - 1]):
        start -= 1
    match = cue.alike.match(text, low + start)
    whole = match is not None and match.end() == low + link.start()
    if match is None or not whole or not any(map(str.isdecimal, match[0])):
        return
    if _CLAUSE.search(near[:start]) and (cue.check is None or cue.check(match[0])):
        yield Hit(*match.span(), cue.kind, cue.rule)


def _is_of_value(character: str) -> bool:
    return character in "-_" or (character.isascii() and character.isalnum())


def _around(cue: Cue, rare: re.Pattern[str], text: str, at: int, end: int) -> Iterator[Hit]:
    """The values of a rare form around a cue, with no stop and no other paper between."""
    stop = _STOP.search(text, end, end + _WINDOW)
    for match in rare.finditer(text, end, stop.end() if stop else end + _WINDOW):
        if match.start() - end > REACH or _OTHER_PAPER.search(text, end, match.start()):
            break
        yield Hit(*match.span(), cue.kind, cue.rule)
        end = match.end()
    for match in rare.finditer(text, max(0, at - REACH), at):
        between = text[match.end() : at]
        if len(between) < 12 and not (_STOP.search(between) or _OTHER_PAPER.search(between)):
            yield Hit(*match.span(), cue.kind, cue.rule)
    torn = _TORN_BEFORE.search(text, max(0, at - _BACK_REACH), at)
    if torn is not None and rare.fullmatch(torn[1].replace(" ", "")):
        yield Hit(*torn.span(1), cue.kind, "hidden")


def _value(cue: Cue, text: str, at: int) -> tuple[int, int] | None:
    for shape in cue.shapes:
        match = shape.match(text, at)
        if match is not None and match.lastindex is not None:
            start, end = match.span(match.lastindex)
            if cue.check is None or cue.check(text[start:end]):
                return start, end
    return None


def _hidden(cue: Cue, text: str, at: int) -> tuple[int, int] | None:
    """The value beside the cue once spaces within it are gone and its digits are 0 to 9."""
    window = text[at : at + _WINDOW].partition("\0")[0].partition("\n")[0]
    if _TORN.search(window) is None and _ODD.search(window) is None:
        return None
    places = [i for i, c in enumerate(window) if c != " " or not _is_within(window, i)]
    value = _value(cue, "".join(_digit(window[i]) for i in places) + "\0", 0)
    if value is None:
        return None
    start, end = places[value[0]], places[value[1] - 1] + 1
    pieces = window[start:end].split(" ")
    # Words are torn by spaces too: digits tell a value from them, short pieces from a next value.
    torn = len(pieces) == 1 or (len(min(pieces, key=len)) <= 4 and len(max(pieces, key=len)) <= 9)
    digits = any(c.isdecimal() for c in window[start:end])
    has_digit = digits or _ODD.search(window[start:end]) is not None
    plainly = len(pieces) == 1 and window[start:end].isascii()
    return (at + start, at + end) if torn and has_digit and not plainly else None


def _is_within(window: str, i: int) -> bool:
    """Whether the space at `i` stands between two characters of one torn value."""
    return _ACROSS.fullmatch(window, max(0, i - 1), i + 3) is not None


def _digit(character: str) -> str:
    return (plain(character) if _ODD.match(character) else "") or character
