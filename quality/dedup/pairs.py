"""Near-duplicate pairs: candidates estimated by their sketches, and counted where it matters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.dedup.bands import bands_of
from quality.dedup.candidates import Span, Texts, candidates, estimate, texts_of
from quality.kernels.arrow import strings
from quality.kernels.buckets import Met
from quality.kernels.fold import fold_table
from quality.kernels.jaccard import Sets, fitting, shingle_sets, similarities
from schemas.corpus import Dedup
from schemas.tables import PAIRS, PERMUTATIONS

DEVIATIONS = 2.5
"""Standard deviations of the estimate around the threshold within which pairs are counted: six
true near-duplicates in 1,000 at the threshold lie below, and far fewer above it."""

HELD = 2**27
"""Shingles held at once while pairs are counted: 512 MiB."""


Integers = npt.NDArray[np.int64]

TextsAt = Callable[[Integers], Iterator[pl.Series]]
"""Hands out the texts of the documents with these row numbers, which ascend, some at a time."""


@dataclass(frozen=True)
class Known:
    """What an earlier run found, and the batches whose documents it compared.

    `batches` is all that it compared, where they are all still there and nothing of theirs has
    changed; else none, and every pair is looked for again. The pairs are facts in either case.
    """

    pairs: pl.DataFrame
    batches: frozenset[str]


NOTHING_KNOWN = Known(pl.DataFrame(schema=PAIRS), frozenset())


def pairs(
    members: pl.LazyFrame,
    texts_at: TextsAt,
    dedup: Dedup,
    share: int = 0,
    known: Known = NOTHING_KNOWN,
) -> pl.DataFrame:
    """The pairs of texts that meet in this `share` of the bands, as the `PAIRS` table.

    `members` is the `MEMBERS` table; its row numbers are those of `texts_at`. Texts meet where they
    share a band (`bands_of(dedup)`), as `candidates` says. A pair whose estimate is more than 2.5
    standard deviations under the thresholds of both is left out, and one as far from either stands
    as estimated; the others are counted on their texts.

    What is `known` saves work and changes nothing: pairs of old texts are taken over, and no
    pair is counted twice. Memory: about 300 bytes a document, 60 bytes a pair, and 800 MiB for
    the texts being counted.
    """
    count, width = bands_of(dedup)
    first, last = (count * end // dedup.shares for end in (share, share + 1))
    compared = texts_of(members, known.batches)
    least = float(zone(dedup.lowest)[0])
    met, fresh = candidates(compared, members, Span(first, last, width), least)
    found = _estimated(met, compared)
    counted = _counted(found.filter("open"), compared, texts_at, known)
    whole = found.join(counted, on=["left", "right"], how="left", maintain_order="left").select(
        "left",
        "right",
        pl.coalesce("similarity", "estimate").alias("similarity"),
        pl.col("similarity").is_not_null().alias("counted"),
    )
    return pl.concat([_unchanged(known, compared, fresh), whole]).sort("left", "right").cast(PAIRS)


def zone(threshold: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The estimates, from and to, that leave open on which side of a threshold a pair lies.

    The standard deviation of the estimate from 128 minima at similarity t is √(t (1 - t) / 128).

    >>> [float(end.round(3)) for end in zone(0.7)]
    [0.599, 0.801]
    """
    asked = np.asarray(threshold, np.float64)
    around = DEVIATIONS * np.sqrt(asked * (1 - asked) / PERMUTATIONS)
    return asked - around, asked + around


def _estimated(met: Met, compared: Texts) -> pl.DataFrame:
    """The pairs whose estimate is not too low, and whether the estimate leaves them `open`."""
    likely = estimate(met.equal)
    ends = [zone(compared.threshold[texts]) for texts in (met.left, met.right)]
    inside = [(low <= likely) & (likely <= high) for low, high in ends]
    return pl.DataFrame(
        {
            "left": compared.exact[met.left],
            "right": compared.exact[met.right],
            "a": met.left,
            "b": met.right,
            "estimate": likely,
            "open": inside[0] | inside[1],
        }
    ).filter(pl.Series(likely >= np.minimum(ends[0][0], ends[1][0])))


def _unchanged(known: Known, compared: Texts, fresh: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """The known pairs of texts that are still there and not fresh."""
    old = pl.Series(compared.exact[~fresh]).implode()
    return known.pairs.filter(pl.col("left").is_in(old) & pl.col("right").is_in(old))


def _counted(found: pl.DataFrame, compared: Texts, texts_at: TextsAt, known: Known) -> pl.DataFrame:
    """The similarity of each pair `found`: known, or counted now."""
    ends = ["left", "right"]
    facts = known.pairs.filter("counted").select(*ends, "similarity")
    before = found.select(ends).join(facts, on=ends)
    new = found.join(before, on=ends, how="anti")
    # Pairs whose left texts lie near each other are counted together: that reads less.
    new = new[np.argsort(compared.rows[new["a"].to_numpy()], kind="stable")]
    left, right = (new[name].to_numpy().astype(np.int64) for name in ("a", "b"))
    parts = [
        _count(left[some], right[some], compared, texts_at)
        for some in parts_of(left, right, compared.chars, HELD)
    ]
    similarity = np.concatenate([*parts, np.empty(0, np.float32)])
    return pl.concat([before, new.select(ends).with_columns(similarity=similarity)])


def parts_of(left: Integers, right: Integers, chars: Integers, held: int) -> Iterator[slice]:
    """Runs of pairs whose texts have `held` characters or fewer together, or one pair more."""
    start = 0
    while start < left.size:
        stop = fitting(left, right, chars, start, held)
        yield slice(start, stop)
        start = stop


def _count(
    left: Integers,
    right: Integers,
    compared: Texts,
    texts_at: TextsAt,
) -> npt.NDArray[np.float32]:
    """The Jaccard similarity of each pair of texts, by their 5-grams."""
    wanted = np.union1d(left, right)
    wanted = wanted[np.argsort(compared.rows[wanted])]
    sets = _sets(texts_at, compared.rows[wanted], compared.chars[wanted])
    place = np.empty(compared.rows.size, np.int64)
    place[wanted] = np.arange(wanted.size)
    return similarities(sets, place[left], place[right])


def _sets(texts_at: TextsAt, rows: Integers, chars: Integers) -> Sets:
    """The shingles of the texts at these ascending `rows`."""
    hashes = np.empty(chars.sum(), np.uint32)
    starts = [np.zeros(1, np.int64)]
    done = held = 0
    for some in texts_at(rows):
        sets = shingle_sets(strings(some), fold_table(), chars[done : done + some.len()])
        hashes[held : held + sets.hashes.size] = sets.hashes
        starts.append(sets.starts[1:] + held)
        done, held = done + some.len(), held + sets.hashes.size
    return Sets(hashes[:held], np.concatenate(starts))
