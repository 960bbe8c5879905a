"""How much of an exam item stands in a stretch of text: its parts, each in the best place."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled

OWN = 1 << 31
"""The mark of a character that only the item has: of what it asks, not of what it quotes."""

FREE = 1 << 30
"""The mark of a character that everybody may quote: it does not count."""

POINT = (1 << 21) - 1
"""The bits of a marked character that are its code point."""

COMMON, FOREIGN = 4, 1
"""What a character in common gains, and one of the text between two in common costs. So the four
characters of a short option are not found scattered over a page, and a line of the page's own
between two lines of an item does little."""


class Items(NamedTuple):
    """The folded parts of exam items.

    The characters of part `p`, marked, are `points[parts[p]:parts[p + 1]]`, and the parts of item
    `i` those from `items[i]` to `items[i + 1]`: stem first, then options. `counted` and `own` are
    how many characters of each item count, and how many of these are its own.
    """

    points: npt.NDArray[np.uint32]
    parts: npt.NDArray[np.int64]
    items: npt.NDArray[np.int64]
    counted: npt.NDArray[np.int32]
    own: npt.NDArray[np.int32]


class Room(NamedTuple):
    """Room to work in: a window of a text, and one value a character of the longest part or item.

    The window is what an item is looked for in; the others say of each character of a part what
    the best common subsequence that ends there has: its score, where it began, its three counts;
    `seen` counts the seeds of an item.
    """

    window: npt.NDArray[np.uint32]
    score: npt.NDArray[np.int64]
    begun: npt.NDArray[np.int64]
    found: npt.NDArray[np.int64]
    seen: npt.NDArray[np.int64]


class Fit(NamedTuple):
    """Where a part stands best: `[start, end)` of the window, and what of it is there.

    `found` packs three counts of 21 bits: all characters in common, those that count, its own.
    """

    start: int
    end: int
    found: int


COUNT = 21
"""The bits of one of the counts."""


@compiled
def fit(part: npt.NDArray[np.uint32], text: npt.NDArray[np.uint32], room: Room) -> Fit:
    """The common subsequence of `part` and `text` of the highest score.

    Takes time in the product of the two lengths.
    """
    score, begun, found = room.score, room.begun, room.found
    size = part.size
    score[:size] = 0
    best, best_end, best_begun, best_found = 0, 0, 0, 0
    for place in range(text.size):
        point = text[place]
        above, above_begun, above_found = 0, place, 0
        left, left_begun, left_found = 0, place, 0
        for j in range(size):
            old, old_begun, old_found = score[j], begun[j], found[j]
            if old - FOREIGN > left:
                left, left_begun, left_found = old - FOREIGN, old_begun, old_found
            if part[j] & POINT == point and above + COMMON > left:
                left = above + COMMON
                left_begun = above_begun if above > 0 else place
                left_found = (above_found if above > 0 else 0) + _worth(part[j])
            above, above_begun, above_found = old, old_begun, old_found
            score[j], begun[j], found[j] = left, left_begun, left_found
        if left > best:
            best, best_end, best_begun, best_found = left, place + 1, left_begun, left_found
    return Fit(best_begun, best_end, best_found)


@compiled
def _worth(marked: int) -> int:
    """What a character in common adds to the three counts."""
    if marked & FREE:
        return 1
    if marked & OWN:
        return 1 | 1 << COUNT | 1 << 2 * COUNT
    return 1 | 1 << COUNT


@compiled
def fit_item(item: int, items: Items, room: Room, size: int) -> tuple[float, int, int, int]:
    """The share of an item in the first `size` characters of the window, and where it stands.

    That is: the share, the characters that count, the first and the one behind the last. The share
    is that of all that counts or that of the item's own, whichever is less. No character is taken
    for two parts: what a part was found in is blanked out of the window. Of a part of which less
    than half is there nothing is taken: any page has a few characters of it.
    """
    text = room.window[:size]
    counted, own, start, end = 0, 0, size, 0
    for p in range(items.items[item], items.items[item + 1]):
        part = items.points[items.parts[p] : items.parts[p + 1]]
        best = fit(part, text, room)
        bits = (1 << COUNT) - 1
        if 2 * (best.found & bits) < part.size:
            continue
        counted += best.found >> COUNT & bits
        own += best.found >> 2 * COUNT
        text[best.start : best.end] = 0
        start, end = min(start, best.start), max(end, best.end)
    share = min(counted / items.counted[item], own / items.own[item])
    return share, counted, start, end
