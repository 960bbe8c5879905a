"""The heuristic signals of texts, from their UTF-8 bytes, one text after another.

A text is decoded to code points once, and each of them looked up in one table of bits; the
modules of this package then go through code points, visible code points or lines. White space is
skipped by everything that looks for repetition or phrases, so that an indented table does not
look like a repeated 4-gram and a phrase spelt with spaces in it is still found.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.repetition import slots_for
from quality.kernels.signals import bits
from quality.kernels.signals import columns as c
from quality.kernels.signals.agreement import FEW
from quality.kernels.signals.characters import (
    ellipses,
    newline_run,
    number,
    sentences,
    tally,
)
from quality.kernels.signals.code import code_lines
from quality.kernels.signals.contacts import contact_characters
from quality.kernels.signals.line_shapes import copies, paragraphs, settle, shapes
from quality.kernels.signals.links import link_characters
from quality.kernels.signals.ngrams import Scratch, repetition
from quality.kernels.signals.phrases import Tree, find_phrases, furniture, spam
from quality.kernels.signals.pinyin import pinyin_characters
from quality.kernels.signals.reading import FIELDS, PLACE, decode, find_lines, look_up
from quality.kernels.signals.rows import forms_and_talk, table
from quality.kernels.signals.similar import similar_lines
from quality.kernels.stand_ins import stand_ins


class Tables(NamedTuple):
    """What the kernel looks up.

    `flags` has the bits of each code point. `endings` are the last words of lines that ask for a
    click, lower case, written backwards, padded with 0. `roles` says what a character below
    U+10000 is to the value of a contact, `letters` what one is to pinyin. The other arrays are
    sorted: syllables, domains, and first words of code, five bits a letter.
    """

    flags: npt.NDArray[np.uint32]
    stop_words: npt.NDArray[np.uint32]
    endings: npt.NDArray[np.uint32]
    phrases: Tree
    roles: npt.NDArray[np.uint8]
    letters: npt.NDArray[np.uint8]
    syllables: npt.NDArray[np.int64]
    domains: npt.NDArray[np.int64]
    code_words: npt.NDArray[np.int64]


class Room(NamedTuple):
    """Arrays as long as the longest text, used for one text after another."""

    codes: npt.NDArray[np.uint32]
    visible: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint32]
    stops: npt.NDArray[np.int32]
    text: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int32]
    classes: npt.NDArray[np.uint32]
    lines: npt.NDArray[np.int32]
    marks: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]
    covered: npt.NDArray[np.uint8]


@compiled
def measure(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], tables: Tables
) -> npt.NDArray[np.float64]:
    """The signals of each text, one row a text, one column a signal; an empty text is all 0.

    Text `i` is `data[offsets[i]:offsets[i + 1]]`, valid UTF-8 of fewer than 2^31 bytes.
    """
    rows = np.zeros((len(offsets) - 1, c.COLUMNS))
    most = 0
    for text in range(len(rows)):
        most = max(most, offsets[text + 1] - offsets[text])
    room = _room(most)
    scratch = _scratch(most)
    for text in range(len(rows)):
        size = decode(data, offsets[text], offsets[text + 1], room.codes)
        if size > 0:
            _measure(room.codes[:size], room, scratch, tables, rows[text])
    return rows


@compiled
def _room(most: int) -> Room:
    return Room(
        np.empty(most, np.uint32),
        np.empty(most + 1, np.uint32),
        np.empty(most, np.uint32),
        np.empty((most + 1, 3), np.int32),
        np.empty(most + 1, np.int32),
        np.zeros(bits.CODE_POINTS, np.int32),
        np.empty(most, np.uint32),
        np.empty((most // 2 + 1, FIELDS), np.int32),
        np.empty(most // 2 + 1, np.uint64),
        np.empty(slots_for(most // 2 + 1), np.uint64),
        np.empty(most, np.uint8),
    )


@compiled
def _scratch(most: int) -> Scratch:
    return Scratch(
        np.empty(most + 1, np.int32),
        np.empty(most + 1, np.int32),
        np.empty(3 * (most // 2 + 1), np.int32),
        np.empty(3 * (most // 2 + 1), np.int32),
        np.empty(most, np.uint8),
        np.zeros(most + FEW, np.int32),
        np.empty(most, np.int32),
        np.empty(most + FEW, np.int32),
        np.empty(most + 1, np.int32),
    )


@compiled
def _measure(codes: Any, room: Room, scratch: Scratch, tables: Tables, row: Any) -> None:
    """The signals of one text that is not empty."""
    kinds = room.kinds[: len(codes)]
    seen, met = look_up(codes, tables.flags, kinds, room.visible, room.stops)
    visible = room.visible[:seen]
    distinct, counts = scratch.next_order, scratch.touched
    known = number(codes, kinds, room.numbers, distinct, room.classes, counts, room.text)
    distinct, counts = distinct[:known], counts[:known]
    for word in tables.stop_words:
        row[c.STOP_WORDS] += room.numbers[word] > 0
    for code in distinct:
        room.numbers[code] = 0
    tally(room.classes[:known], counts, len(codes), row)
    repetition(room.text[:seen], counts, scratch, row)
    stops = room.stops[: met + 1]
    _everywhere(codes, kinds, visible, stops, tables, row)
    lines = room.lines[: find_lines(codes, kinds, visible, stops, room.lines, room.marks)]
    row[c.LINES] = len(lines)
    _line_by_line(codes, kinds, visible, lines, room, tables, row)
    _phrases(visible, lines, room, scratch, tables, row)
    settle(row)


@compiled
def _everywhere(codes: Any, kinds: Any, visible: Any, stops: Any, tables: Tables, row: Any) -> None:
    """The signals of characters that stand together."""
    row[c.SENTENCES] = sentences(kinds, stops)
    stops = stops[:-1]
    places = stops[:, PLACE]
    row[c.CHARS] = len(codes)
    damaged = stand_ins(codes, kinds, places, bits.DAMAGE)
    row[c.GARBLED_RATIO] += damaged / len(codes)
    row[c.ELLIPSIS_RATIO] = ellipses(codes, kinds, stops) / len(codes)
    row[c.NEWLINE_RUN] = newline_run(codes, kinds, stops)
    if len(visible) == 0:
        return
    if row[c.SENTENCES] > 0:
        row[c.MEAN_SENTENCE_CHARS] = len(visible) / row[c.SENTENCES]
    row[c.LINK_DENSITY] = (
        1000 * link_characters(codes, kinds, places, tables.domains) / len(visible)
    )
    found = pinyin_characters(visible, stops, tables.flags, tables.letters, tables.syllables)
    row[c.PINYIN_DENSITY] = 1000 * found / len(visible)


@compiled
def _line_by_line(
    codes: Any, kinds: Any, visible: Any, lines: Any, room: Room, tables: Tables, row: Any
) -> None:
    """The signals of lines, as sums."""
    marks = room.marks[: len(lines)]
    keys = room.keys[: slots_for(len(lines))]
    shapes(codes, kinds, lines, tables.endings, row)
    copies(kinds, lines, marks, keys, row)
    paragraphs(lines, marks, keys, row)
    row[c.SIMILAR_LINE_RATIO] = similar_lines(visible, lines, marks)
    row[c.TABLE_RATIO] = table(kinds, lines)
    row[c.CODE_RATIO] = code_lines(codes, kinds, lines, tables.code_words)
    row[c.FORM_RATIO], row[c.DIALOGUE_RATIO] = forms_and_talk(codes, kinds, lines)


@compiled
def _phrases(
    visible: Any, lines: Any, room: Room, scratch: Scratch, tables: Tables, row: Any
) -> None:
    """The signals of phrases; those of lines as sums."""
    places, nodes = scratch.order, scratch.next_order
    events = find_phrases(visible, tables.phrases, places, nodes)
    if events == 0:
        return
    places, nodes = places[:events], nodes[:events]
    covered = room.covered[: len(visible)]
    covered[:] = 0
    spam(places, nodes, tables.phrases, covered, row)
    row[c.CONTACT_DENSITY] = contact_characters(
        visible, tables.roles, places, nodes, tables.phrases, covered
    )
    row[c.SPAM_DENSITY : c.ADVERTISING_DENSITY + 1] *= 1000 / len(visible)
    row[c.CONTACT_DENSITY] *= 1000 / len(visible)
    row[c.BOILERPLATE_LINE_RATIO] = furniture(places, nodes, tables.phrases, lines)
