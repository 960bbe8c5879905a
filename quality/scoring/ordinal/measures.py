"""A few numbers that say how a text is built and how it speaks of time."""

from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.scoring.linear import kernels as windows
from quality.scoring.linear.model import Reading
from quality.scoring.linear.tokens import token_table
from quality.scoring.ordinal import kernels as k
from quality.scoring.ordinal.automaton import automaton

Numbers = npt.NDArray[np.float32]

LONG = 400
"""Signs from which a text is no longer short: passages of more were hardly read."""

MEASURES = {
    "length": "logarithm of the signs, of which `LONG` count at most",
    "han": "share of Han among the signs",
    "latin": "share of other letters",
    "digits": "share of digits",
    "marks": "share of marks that are neither stops nor commas",
    "symbols": "share of symbols",
    "stops": "stops by the root of the signs between them",
    "commas": "commas for each stop, as a logarithm",
    "line": "logarithm of the signs of a line",
    "stopped": "share of the lines that end in a stop",
    "prose": "share of the signs in lines that are prose",
    "repeats": "share of the pairs of signs that were there before",
    "moments": "phrases of moments.txt for 100 signs, as a logarithm",
    "days": "days without a year for 100 signs, as a logarithm",
    "times": "times of day for 100 signs, as a logarithm",
    "years": "years for 100 signs, as a logarithm",
}
"""What is measured, and in what unit."""


def measures(texts: Strings, reading: Reading) -> Numbers:
    """`MEASURES` of each text, over the windows that a classifier of this reading reads."""
    starts = texts.offsets[:-1]
    stops = np.where(texts.valid, texts.offsets[1:], starts)
    places, first = windows.spans(texts.data, starts, stops, reading.window, reading.windows)
    return shaped(
        np.add.reduceat(k.counted(texts.data, places, token_table(), words()), first[:-1])
    )


def shaped(count: npt.NDArray[np.int64]) -> Numbers:
    """Measures from counts."""
    c = count.astype(np.float64).T
    signs = np.maximum(1, c[k.SIGNS])
    lines = np.maximum(1, c[k.LINES])
    stops = c[k.STOPS]
    columns = (
        np.log(np.minimum(signs, LONG)),
        *(c[[k.HAN, k.LATIN, k.DIGITS, k.MARKS, k.SYMBOLS]] / signs),
        np.log((signs + 20) / (stops + 1)),
        np.log((c[k.COMMAS] + 1) / (stops + 1)),
        np.log(signs / lines),
        c[k.STOPPED_LINES] / lines,
        c[k.PROSE] / signs,
        c[k.REPEATS] / signs,
        *np.log1p(100 * c[[k.PHRASES, k.DAYS, k.TIMES, k.YEARS]] / np.maximum(100, signs)),
    )
    return np.stack(columns, 1).astype(np.float32)


@cache
def words() -> k.Words:
    """The phrases of moments.txt, for tokens."""
    listed = resources.files(__package__).joinpath("moments.txt").read_text("utf-8").splitlines()
    every = [one for line in listed if not line.startswith("#") for one in line.split()]
    return k.Words(*automaton(every))
