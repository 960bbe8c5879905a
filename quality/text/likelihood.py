"""How likely characters are in a text of the web, in nats.

A table of single characters: enough to tell a text from the same bytes in a wrong charset, since
those are rare characters nearly all.
"""

import functools
import importlib.resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_ASCII = 0x80
_BMP = 0x10000

_BLOCKS = (
    (0x0000, 0x0020, -16.0),  # controls
    (0x0020, 0x0080, -6.0),  # ASCII punctuation
    (0x0080, 0x00A0, -16.0),  # C1 controls
    (0x00A0, 0x00C0, -9.5),  # Latin-1 signs
    (0x00C0, 0x00E0, -9.5),
    (0x00E0, 0x0100, -8.0),
    (0x0100, 0x0180, -10.5),
    (0x0180, 0x0370, -11.0),
    (0x0370, 0x0400, -7.0),  # Greek
    (0x0400, 0x0500, -7.0),  # Cyrillic
    (0x0590, 0x0700, -6.0),  # Hebrew, Arabic
    (0x0900, 0x0E00, -7.0),  # scripts of India
    (0x0E00, 0x0E80, -5.0),  # Thai
    (0x1E00, 0x1F00, -8.0),  # Vietnamese
    (0x2000, 0x2070, -9.0),
    (0x2070, 0x2E80, -11.0),  # signs, arrows, boxes
    (0x3000, 0x3040, -10.0),
    (0x3040, 0x3100, -6.0),  # kana
    (0x3100, 0x3130, -9.0),
    (0x3130, 0x3400, -11.0),
    (0xAC00, 0xD7A4, -9.0),  # Hangul
    (0xFE30, 0xFE70, -11.0),
    (0xFF00, 0xFF61, -9.0),  # full width
    (0xFF61, 0xFFA0, -11.0),  # kana of half width
)
"""Blocks of characters that are not counted, and a likelihood for each: guesses, which need only
be right to a nat or two."""

_LETTERS = {
    "eaoinstrhldcumpgbfvykwjxqz": -3.8,
    "ETAOINSRHLDCUMPGBFVYKWJXQZ": -5.5,
    "0123456789": -4.5,
    " \n": -3.0,
    "\t\r": -5.0,
    "\xa0\ufeff": -6.0,
    "éèàáíóúñüöäçßãêôışğłąęż": -6.0,
    "°±×·©®«»²": -8.0,
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфі": -4.0,
    "αοιετνησςρκπμλυωγδθχφβξζψάέίόήύώ": -4.0,
    "יוהלאתרמבשנעםדקחפסטכגןצזץךף": -3.8,
    "اليمنترودبسعةهفقحكجشأطصخزضىغإذءئظث": -3.8,
    "이다의에는을가고하지기사로은한도어리자인아대시서일나해정스수과들그라있전여": -5.0,
    "のはをにるたいがとてでしなかまもこれすさりっあらくきよつせうんど": -4.5,
    "ンスーリルトイアクラロドシフレジタテプグマコムィ": -5.5,
}
"""Frequent letters of other languages, as likely as Han are in Chinese: bytes of Russian must not
look likelier as Chinese, nor the other way round."""

_RARE_HAN = -15.0
_OTHER_HAN = -16.0
_OTHER = -18.0


class Likelihood(NamedTuple):
    """Of a text, in nats: of all characters together, and the mean of those beyond ASCII."""

    total: float
    foreign: float


def likelihood(text: str) -> Likelihood:
    """How likely a text is; (0, 0) for an empty one.

    >>> likelihood("我们的").total > likelihood("鎴戜滑鐨").total + 20
    True
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    nats = _table()[np.minimum(codes, _BMP)]
    foreign = nats[codes >= _ASCII]
    return Likelihood(
        float(nats.sum(dtype=np.float64)), float(foreign.mean()) if len(foreign) else 0.0
    )


@functools.cache
def _table() -> npt.NDArray[np.float32]:
    """One value a code point of the first plane, and one for all others."""
    table = np.full(_BMP + 1, _OTHER, np.float32)
    table[_BMP] = _OTHER_HAN
    table[0x3400:0x4E00] = _OTHER_HAN
    table[0x4E00:0x9FFF] = _RARE_HAN
    for start, end, value in _BLOCKS:
        table[start:end] = value
    listed = importlib.resources.files(__package__).joinpath("likelihood.txt").read_text("utf-8")
    for line in listed.splitlines():
        value_of, _, counted = line.partition("\t")
        for character in counted:
            table[ord(character)] = max(float(value_of), _RARE_HAN)
    for letters, value in _LETTERS.items():
        for letter in letters:
            table[ord(letter)] = value
    return table
