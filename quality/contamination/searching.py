"""The exam items that stand in texts: where their seeds come together, their parts are fitted."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.contamination.fitting import Items, Room, fit_item
from quality.kernels.arrow import Strings
from quality.kernels.compiling import compiled
from quality.kernels.fold import LONGEST, FoldTable, fold_block
from quality.kernels.lookup import SEED, Seeds, fold_whole, seed_hits

SLACK = 40
"""Characters that a page may have beside those of an item: numbers, letters, sources, a page's
head between two lines. To these come the length of the item between its seeds, and before and
after them a quarter more than what of it is not yet there."""


class Hits(NamedTuple):
    """One value a hit: row of the text, item, share, characters in common, `[start, end)`."""

    row: npt.NDArray[np.int64]
    item: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]
    common: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]


class Least(NamedTuple):
    """What is a hit: the share of an item, 0 to 1, and the characters of it, that are found."""

    share: float
    common: int


@compiled
def exam_hits(texts: Strings, table: FoldTable, seeds: Seeds, items: Items, least: Least) -> Hits:
    """Every item of which enough stands together in a text.

    Ordered by row; `start` and `end` count characters of the text as it is.
    """
    out = _hits(64)
    size = 0
    room = _room(items)
    folded = np.empty(1 << 16, np.uint32)
    found = np.empty((1 << 12, 2), np.int64)
    for row in range(texts.valid.size):
        stop = texts.offsets[row + 1] if texts.valid[row] else texts.offsets[row]
        text = texts.data[texts.offsets[row] : stop]
        folded, count = fold_whole(text, table, folded)
        found, some = seed_hits(folded, count, seeds, found)
        if some == 0:
            continue
        mine = _of_text(folded[:count], _by_item(found[:some], items), items, room, least)
        if mine.row.size:
            _to_characters(text, table, count, mine)
            mine.row[:] = row
            if size + mine.row.size > out.row.size:
                out = _longer(out, mine.row.size)
            _put(out, size, mine)
            size += mine.row.size
    return _first(out, size)


@compiled
def _of_text(
    folded: npt.NDArray[np.uint32],
    found: npt.NDArray[np.int64],
    items: Items,
    room: Room,
    least: Least,
) -> Hits:
    """The hits among the items whose seeds were `found` in a text, in places of the folded text."""
    out = _hits(4)
    size = 0
    low = 0
    done = 0
    while low < found.shape[0]:
        item = found[low, 0]
        if size == 0 or out.item[size - 1] != item:
            done = 0
        if found[low, 1] < done:  # within the last hit of the same item
            low += 1
            continue
        first, last = _crowd(found, low, _length(items, item), room.seen)
        if last < 0:
            low = first
            continue
        begin, end = _window(found, first, last, items)
        begin, end = max(begin, done), min(end, folded.size)
        room.window[: end - begin] = folded[begin:end]
        share, common, start, stop = fit_item(item, items, room, end - begin)
        if share >= least.share and common >= least.common:
            if size == out.row.size:
                out = _longer(out, size)
            out.item[size], out.share[size], out.common[size] = item, share, common
            out.start[size], out.end[size] = begin + start, begin + stop
            done = begin + stop
            size += 1
        low = last + 1
    return _first(out, size)


@compiled
def _length(items: Items, item: int) -> int:
    return int(items.parts[items.items[item + 1]] - items.parts[items.items[item]])


@compiled
def _window(found: npt.NDArray[np.int64], first: int, last: int, items: Items) -> tuple[int, int]:
    """Where the item may begin and end whose seeds are the rows from `first` to `last`.

    The stem comes first; of options anything may stand before or after.
    """
    item = found[first, 0]
    length = _length(items, item)
    stem = items.parts[items.items[item] + 1] - items.parts[items.items[item]]
    before = found[first, 2] if found[first, 2] < stem else length
    after = length - min(stem, found[last, 2])
    begin = max(0, found[first, 1] - before - before // 4 - SLACK)
    return begin, found[last, 1] + SEED + after + after // 4 + SLACK


@compiled
def _hits(size: int) -> Hits:
    return Hits(
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.float64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
    )


@compiled
def _put(out: Hits, at: int, hits: Hits) -> None:
    """Write `hits` into `out`, from `at` on."""
    to = at + hits.row.size
    out.row[at:to], out.item[at:to], out.share[at:to] = hits.row, hits.item, hits.share
    out.common[at:to], out.start[at:to], out.end[at:to] = hits.common, hits.start, hits.end


@compiled
def _longer(hits: Hits, least: int) -> Hits:
    """`hits` with room for as many more, or for `least` more."""
    more = _hits(hits.row.size + max(hits.row.size, least))
    _put(more, 0, hits)
    return more


@compiled
def _first(hits: Hits, size: int) -> Hits:
    return Hits(
        hits.row[:size],
        hits.item[:size],
        hits.share[:size],
        hits.common[:size],
        hits.start[:size],
        hits.end[:size],
    )


@compiled
def _room(items: Items) -> Room:
    longest_part, longest_item = 1, 1
    for p in range(items.parts.size - 1):
        longest_part = max(longest_part, items.parts[p + 1] - items.parts[p])
    for i in range(items.items.size - 1):
        size = items.parts[items.items[i + 1]] - items.parts[items.items[i]]
        longest_item = max(longest_item, size)
    return Room(
        np.empty(5 * (longest_item + SLACK) + SEED, np.uint32),
        np.empty(longest_part, np.int64),
        np.empty(longest_part, np.int64),
        np.empty(longest_part, np.int64),
        np.zeros(longest_item, np.int64),
    )


@compiled
def _by_item(hits: npt.NDArray[np.int64], items: Items) -> npt.NDArray[np.int64]:
    """Rows of (item, place in the text, place in the item), sorted by item, then by place."""
    keys = np.empty(hits.shape[0], np.int64)
    owner = np.empty(hits.shape[0], np.int64)
    for k in range(hits.shape[0]):
        at = hits[k, 1]
        low, high = 0, items.items.size - 1
        while high - low > 1:
            middle = (low + high) // 2
            if items.parts[items.items[middle]] <= at:
                low = middle
            else:
                high = middle
        owner[k] = low
        keys[k] = np.int64(low) << 40 | hits[k, 0]
    sorted_ = np.argsort(keys, kind="mergesort")
    rows = np.empty((hits.shape[0], 3), np.int64)
    for k in range(hits.shape[0]):
        one = sorted_[k]
        rows[k, 0] = owner[one]
        rows[k, 1] = hits[one, 0]
        rows[k, 2] = hits[one, 1] - items.parts[items.items[owner[one]]]
    return rows


@compiled
def needed(length: int) -> int:
    """How many different seeds of an item must stand together before it is fitted.

    One in 8 of its characters must begin one, less 5, but at least one seed: where one character
    in ten is changed, 3 in 8 do. A page that has a phrase or two of a long item has fewer.
    """
    return max(1, length // 8 - 5)


@compiled
def _crowd(
    found: npt.NDArray[np.int64], low: int, length: int, seen: npt.NDArray[np.int64]
) -> tuple[int, int]:
    """The first and last row from `low` on, of one item, between which most of its seeds stand.

    It is the best stretch near the first that has enough of them. Where none has, the last is -1
    and the first where the next item begins. `seen` is all zeros before and after.
    """
    item = found[low, 0]
    wide = 2 * length + SLACK
    need = needed(length)
    best, best_first, best_last = 0, low, -1
    tail, head, distinct = low, low, 0
    while head < found.shape[0] and found[head, 0] == item:
        if best >= need and found[head, 1] > found[best_last, 1] + wide:
            break
        distinct += seen[found[head, 2]] == 0
        seen[found[head, 2]] += 1
        while found[head, 1] - found[tail, 1] > wide:
            seen[found[tail, 2]] -= 1
            distinct -= seen[found[tail, 2]] == 0
            tail += 1
        if distinct > best:
            best, best_first, best_last = distinct, tail, head
        head += 1
    for k in range(low, head):
        seen[found[k, 2]] = 0
    return (best_first, best_last) if best >= need else (head, -1)


@compiled
def _to_characters(text: npt.NDArray[np.uint8], table: FoldTable, count: int, hits: Hits) -> None:
    """Make the places of `hits` in the folded text, of `count` characters, places in the text."""
    character = np.empty(count + 1, np.int64)
    small = np.empty(2 * LONGEST + 1, np.uint32)
    place, done, number = 0, 0, 0
    while place < text.size:
        lead = text[place]
        size = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        _, made = fold_block(text[place : place + size], 0, table, small, 0)
        character[done : done + made] = number
        done += made
        number += 1
        place += size
    for k in range(hits.row.size):
        hits.start[k] = character[hits.start[k]]
        hits.end[k] = character[hits.end[k] - 1] + 1
