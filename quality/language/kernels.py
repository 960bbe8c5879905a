"""Compiled loops over UTF-8 bytes: which scripts a text is in, its Han sample, its words."""

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.fnv import OFFSET, PRIME

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]
Slots = npt.NDArray[np.int64]

SLICES = 3
SLICE_TOKENS = 80
WORDS = 400
"""Words read of a text: enough for the commonest ones to occur dozens of times."""

PACKED = 4
"""Scores in one number: of 16 bits each for a token, of 8 for a pair."""

BREAK = ord("|")
NEW_LINE = ord("\n")


@compiled
def width(lead: int) -> int:
    """Bytes of the UTF-8 character that starts with `lead`."""
    if lead < 0x80:
        return 1
    if lead < 0xE0:
        return 2
    return 3 if lead < 0xF0 else 4


@compiled
def code_point(data: Bytes, at: int, size: int) -> int:
    """The character of `size` bytes that starts at `at`."""
    if size == 1:
        return int(data[at])
    if size == 2:
        return (int(data[at]) & 0x1F) << 6 | int(data[at + 1]) & 0x3F
    low = (int(data[at + size - 2]) & 0x3F) << 6 | int(data[at + size - 1]) & 0x3F
    if size == 3:
        return (int(data[at]) & 0x0F) << 12 | low
    return (int(data[at]) & 0x07) << 18 | (int(data[at + 1]) & 0x3F) << 12 | low


@compiled
def count_classes(
    data: Bytes, offsets: Offsets, classes: Bytes, kinds: int
) -> npt.NDArray[np.int64]:
    """How many characters of each class every text has: an array of texts by `kinds`.

    `classes` gives the class of each code point; one beyond its end is of class 0.
    """
    counts = np.zeros((offsets.size - 1, kinds), np.int64)
    for row in range(offsets.size - 1):
        at, end = offsets[row], offsets[row + 1]
        while at < end:
            size = width(data[at])
            point = code_point(data, at, size)
            counts[row, classes[point] if point < classes.size else 0] += 1
            at += size
    return counts


@compiled
def blocks(
    data: Bytes, offsets: Offsets, classes: Bytes, scripts: Bytes, enough: int
) -> tuple[Offsets, Offsets]:
    """Where the blocks of the texts begin, and the first block of each text.

    A block is a run of lines written mainly in one script that ends where its letters weigh
    `enough`; lines without letters go with what is before them. `scripts` has for each class its
    script (0: none) and what a letter of it weighs.
    Every text has a block. Both arrays have one element more: where the last one ends.
    """
    begins = np.empty(offsets.size + data.size // 2, np.int64)
    first = np.zeros(offsets.size, np.int64)
    sums = np.zeros(scripts[:, 0].max() + 1, np.int64)
    out = 0
    for row in range(offsets.size - 1):
        at, end = offsets[row], offsets[row + 1]
        first[row] = out
        begins[out] = at
        out += 1
        script = held = 0
        while at < end:
            start = at
            sums[:] = 0
            while at < end:
                byte = data[at]
                size = width(byte)
                point = code_point(data, at, size)
                kind = classes[point] if point < classes.size else 0
                sums[scripts[kind, 0]] += scripts[kind, 1]
                at += size
                if byte == NEW_LINE:
                    break
            sums[0] = 0
            main = int(sums.argmax())
            if sums[main] == 0:
                continue
            if held >= enough or (script and main != script):
                begins[out] = start
                out += 1
                held = 0
            script = main
            held += int(sums.sum())
    first[-1] = out
    begins[out] = offsets[-1]
    return begins[: out + 1], first


@compiled
def han_tokens(
    data: Bytes, offsets: Offsets, rows: Offsets, folded: Points, spaces: Bytes
) -> tuple[Points, Offsets]:
    """The tokens of each text of `rows` as code points, and where each text's tokens begin.

    Takes the first `SLICE_TOKENS` tokens of each of `SLICES` equal slices of the text's bytes.
    Han characters are replaced by `folded` (0: not Han); a run of others becomes one `BREAK`,
    unless it is all in `spaces`, which says 1 for white space: word spacing must not be a feature.
    A `BREAK` stands before the first.
    """
    tokens = np.empty(rows.size * (SLICES * SLICE_TOKENS + 1), np.uint32)
    ends = np.zeros(rows.size + 1, np.int64)
    out = 0
    for line in range(rows.size):
        start, stop = offsets[rows[line]], offsets[rows[line] + 1]
        tokens[out] = BREAK
        out += 1
        broken = False
        began = out
        for part in range(SLICES):
            at = start + (stop - start) * part // SLICES
            end = start + (stop - start) * (part + 1) // SLICES
            while at < end and data[at] & 0xC0 == 0x80:
                at += 1
            last = out + SLICE_TOKENS
            while at < end and out < last:
                size = width(data[at])
                point = code_point(data, at, size)
                han = folded[point] if point < folded.size else np.uint32(0)
                at += size
                if han == 0:
                    broken |= not (point < spaces.size and spaces[point])
                    continue
                if broken and out > began:
                    tokens[out] = BREAK
                    out += 1
                    if out == last:
                        continue
                broken = False
                tokens[out] = han
                out += 1
        ends[line + 1] = out
    return tokens[:out], ends


@compiled
def add_scores(
    tokens: Points, ends: Offsets, places: Points, singles: Slots, pairs: Slots
) -> npt.NDArray[np.float64]:
    """The mean score of the features of each text: an array of texts by `PACKED` numbers.

    Features are the tokens, the end of the text, and each two neighbours among these. A token's
    place in `singles` is `places[token]`; the last place is that of the end, and 0 that of tokens
    the model does not know. `pairs` is a hash table of the places of two: see `hashed`.
    """
    means = np.zeros((ends.size - 1, PACKED))
    end = singles.size - 1
    mask = pairs.size - 1
    for line in range(ends.size - 1):
        a = b = c = d = before = 0
        for at in range(ends[line], ends[line + 1] + 1):
            here = int(places[tokens[at]]) if at < ends[line + 1] else end
            score = singles[here]
            a += int(np.int16(score))
            b += int(np.int16(score >> 16))
            c += int(np.int16(score >> 32))
            d += int(np.int16(score >> 48))
            key = before << 16 | here
            before = here
            slot = spread(key) & mask
            while pairs[slot] != 0 and pairs[slot] >> 32 != key:
                slot = slot + 1 & mask
            score = pairs[slot]
            a += int(np.int8(score))
            b += int(np.int8(score >> 8))
            c += int(np.int8(score >> 16))
            d += int(np.int8(score >> 24))
        features = 2 * (ends[line + 1] - ends[line]) + 1
        means[line] = a / features, b / features, c / features, d / features
    return means


@compiled
def hashed(known: Points, scores: Points, size: int) -> Slots:
    """A hash table of `size` slots, a power of two and more than the keys, none of which is 0.

    A slot holds the key in its upper 32 bits and the scores in its lower; 0 is a free one.
    """
    slots = np.zeros(size, np.int64)
    for number in range(known.size):
        slot = spread(int(known[number])) & size - 1
        while slots[slot] != 0:
            slot = slot + 1 & size - 1
        slots[slot] = int(known[number]) << 32 | int(scores[number])
    return slots


@compiled
def spread(key: int) -> int:
    """Keys that lie together, far apart."""
    return key * 0x9E3779B1 >> 12


@compiled
def count_words(
    data: Bytes,
    offsets: Offsets,
    rows: Offsets,
    hashes: npt.NDArray[np.uint64],
    votes: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Votes of the first `WORDS` words of each text of `rows`, and their number as last column.

    A word is a run of bytes other than ASCII non-letters, ASCII letters lowered; `hashes` is
    sorted, and `votes[i]` are the votes of the word of `hashes[i]` for each language.
    """
    languages = votes.shape[1]
    totals = np.zeros((rows.size, languages + 1))
    for line in range(rows.size):
        at, end = offsets[rows[line]], offsets[rows[line] + 1]
        value = OFFSET
        inside = False
        while at <= end and totals[line, languages] < WORDS:
            byte = data[at] if at < end else np.uint8(0)
            at += 1
            if 0x41 <= byte <= 0x5A:
                byte |= np.uint8(0x20)
            if byte >= 0x80 or 0x61 <= byte <= 0x7A:
                value = (value ^ np.uint64(byte)) * PRIME
                inside = True
            elif inside:
                found = np.searchsorted(hashes, value)
                if found < hashes.size and hashes[found] == value:
                    totals[line, :languages] += votes[found]
                totals[line, languages] += 1
                value = OFFSET
                inside = False
    return totals


@compiled
def clauses(
    data: Bytes, offsets: Offsets, folded: Points, spaces: Bytes
) -> tuple[npt.NDArray[np.uint64], Offsets]:
    """The FNV-1a hash of each clause of the texts, and the text that each is of.

    A clause is a run of Han characters, read as `folded`, between others or the ends of a line;
    `spaces` other than new lines do not end one.
    """
    hashes = np.empty(data.size // 3 + 1, np.uint64)
    rows = np.empty(data.size // 3 + 1, np.int64)
    out = 0
    for row in range(offsets.size - 1):
        at, end = offsets[row], offsets[row + 1]
        value = OFFSET
        while at <= end:
            point = han = 0
            if at < end:
                size = width(data[at])
                point = code_point(data, at, size)
                han = folded[point] if point < folded.size else 0
            else:
                size = 1
            at += size
            if han:
                value = (value ^ np.uint64(han)) * PRIME
            elif point in (0, NEW_LINE) or not (point < spaces.size and spaces[point]):
                if value != OFFSET:
                    hashes[out] = value
                    rows[out] = row
                    out += 1
                value = OFFSET
    return hashes[:out], rows[:out]
