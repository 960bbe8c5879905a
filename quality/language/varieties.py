"""Deciding the language of a text: its main script first, then its variety within the script."""

from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings, strings
from quality.language.alphabets import DEFAULTS, prose, spell
from quality.language.kernels import count_classes
from quality.language.model import VARIETIES, vote
from quality.language.other import Model
from quality.language.paragraphs import cut, shares, told
from quality.language.scripts import CLASS, CLASSES, class_table
from schemas.tables import LANGUAGE

IDENTITY = pl.Struct({name: kind for name, kind in LANGUAGE.items() if name != "doc_id"})

GROUPS = ("han", *DEFAULTS)
"""The scripts a text can mainly be in."""

WEIGHTS = {"han": 6.0, "hangul": 6.0, "vietnamese": 20.0}
"""Letters of an alphabet that say as much as one of these; of the letters of a Vietnamese text
more than one in ten is in no other alphabet."""

MOSTLY_KANA = 0.2
"""Share of kana other than の among Han and kana above which a text is Japanese in any case."""

MIXED = 0.12
"""Least ratio of short forms to old ones (and of old to short) that proves Japanese: it is 0.21 in
Japanese (0.14 in nineteen of twenty texts of 20 sentences) and 0 in modern Traditional Chinese."""

SHORT = 5
"""Letters below which a text is too short for a confident answer."""

UNMARKED = 0.5
"""Factor of confidence where no character is of one script only (Hans is assumed)."""

CERTAIN = 0.9
"""Confidence in a block's own language below which it is of its document's."""

ZH, JA = VARIETIES.index("zh"), VARIETIES.index("ja")

Counts = npt.NDArray[np.int64]
Tags = npt.NDArray[np.str_]
Shares = npt.NDArray[np.float64]


def language(documents: pl.LazyFrame, model: Model | None = None) -> pl.LazyFrame:
    """The language and variety of each document: the `LANGUAGE` table, in the documents' order.

    >>> documents = pl.LazyFrame({"doc_id": ["a"], "text": ["我们今天去北京的图书馆看书。"]})
    >>> language(documents).collect()["language"].item()
    'zh-Hans'
    """
    return documents.select("doc_id", identify(pl.col("text"), model).alias("_")).unnest("_")


def identify(text: pl.Expr, model: Model | None = None) -> pl.Expr:
    """The language (BCP 47) of `text`, our confidence, its Han share, its languages: a struct.

    Numbers are 0 to 1; an empty or null text, or one without letters, is `und` at 0. The shares
    are counted by blocks of lines: one that is short, or whose language is not sure, is of the
    language of the whole. With a `model` from elsewhere that one is asked, and not our own.

    >>> pl.select(identify(pl.lit("你哋去咗邊度食飯呀？")).struct.field("language")).item()
    'yue'
    """
    return text.map_batches(partial(_identify, model), return_dtype=IDENTITY, is_elementwise=True)


def han_ratio(text: pl.Expr) -> pl.Expr:
    """Share of the characters of `text` that are Han, 0 to 1; 0 for an empty or null text.

    >>> pl.select(han_ratio(pl.lit("中文ab"))).item()
    0.5
    """
    return text.map_batches(_han_ratio, return_dtype=pl.Float32, is_elementwise=True)


def _han_ratio(series: pl.Series) -> pl.Series:
    texts = strings(series.fill_null(""))
    counts = count_classes(texts.data, texts.offsets, class_table(), len(CLASSES))
    return pl.Series(series.name, _share(_han(counts), counts.sum(axis=1)), pl.Float32)


def _identify(model: Model | None, series: pl.Series) -> pl.Series:
    decide = _decide if model is None else partial(_ask, model)
    texts = strings(series.fill_null(""))
    blocks, first = cut(texts)
    parts = count_classes(blocks.data, blocks.offsets, class_table(), len(CLASSES))
    counts = np.add.reduceat(parts, first[:-1], axis=0)
    tags, sure = decide(counts, texts, np.arange(len(counts)))
    by_part = np.repeat(tags, np.diff(first))
    alone = told(parts, first)
    found, certain = decide(parts[alone], blocks, alone)
    by_part[alone] = np.where(certain >= CERTAIN, found, by_part[alone])
    return pl.DataFrame(
        {
            "language": pl.Series(tags, dtype=pl.String),
            "confidence": pl.Series(sure, dtype=pl.Float32),
            "han_ratio": pl.Series(_share(_han(counts), counts.sum(axis=1)), dtype=pl.Float32),
            "shares": shares(by_part, parts.sum(axis=1), first),
        }
    ).to_struct(series.name)


def _decide(counts: Counts, texts: Strings, rows: Counts) -> tuple[Tags, Shares]:
    """The tag of each text of `rows`, with `counts` of its characters, and our confidence in it."""
    tags = np.full(len(counts), "und", "U16")
    sure = np.zeros(len(counts))
    weights = _weights(counts, texts, rows)
    main = weights.argmax(axis=1)
    letters = counts[:, CLASS["letter"] :].sum(axis=1)
    for number, group in enumerate(GROUPS):
        of = np.flatnonzero((main == number) & (letters > 0))
        if group == "han":
            tags[of], sure[of] = _han_varieties(counts[of], vote(texts, rows[of]))
        else:
            tags[of], sure[of] = spell(texts, rows[of], group)
    sure *= _share(weights.max(axis=1), weights.sum(axis=1))
    sure *= np.minimum(1, letters / SHORT)
    return tags, sure


def _ask(model: Model, counts: Counts, texts: Strings, rows: Counts) -> tuple[Tags, Shares]:
    """The same by a model from elsewhere; Hans or Hant is told by the characters here too."""
    tags, sure = model.predict(texts, rows)
    silent = counts[:, CLASS["letter"] :].sum(axis=1) == 0
    tags[silent], sure[silent] = "und", 0
    chinese = np.flatnonzero(tags == "zh")
    scripts, certainty = _orthography(counts[chinese])
    tags[chinese] = scripts
    sure[chinese] *= certainty
    return tags, sure


def _weights(counts: Counts, texts: Strings, rows: Counts) -> Shares:
    """How much of each text is written in each of `GROUPS` (Han and kana are one)."""
    weights = np.stack([counts[:, CLASS[g]] * WEIGHTS.get(g, 1.0) for g in GROUPS], axis=1)
    weights[:, 0] = (_han(counts) + _kana(counts)) * WEIGHTS["han"]
    latin = weights[:, GROUPS.index("latin")]
    mixed = np.flatnonzero((weights[:, 0] > 0) & (latin > 0))
    latin[mixed] *= prose(texts, rows[mixed])
    return weights


def _han_varieties(counts: Counts, chances: Shares) -> tuple[Tags, Shares]:
    """The variety of texts written in Han characters or kana, by the model's `chances`."""
    codes, sure = _japanese(counts, chances)
    tags = np.array(VARIETIES, "U16")[codes]
    chinese = codes == ZH
    scripts, certainty = _orthography(counts[chinese])
    tags[chinese] = scripts
    sure[chinese] *= certainty
    return tags, sure


def _orthography(counts: Counts) -> tuple[Tags, Shares]:
    """Hans or Hant, and how much of what tells the two apart says so."""
    simplified = counts[:, CLASS["simplified"]] + counts[:, CLASS["shared"]]
    traditional = counts[:, CLASS["traditional"]]
    marked = simplified + traditional
    certainty = _share(np.maximum(simplified, traditional), marked)
    certainty[marked == 0] = UNMARKED
    return np.where(traditional > simplified, "zh-Hant", "zh-Hans"), certainty


def _japanese(counts: Counts, chances: Shares) -> tuple[Counts, Shares]:
    """The model's choice, overruled where the characters themselves prove or rule out Japanese."""
    kana = _kana(counts)
    mostly = counts[:, CLASS["kana"]] > MOSTLY_KANA * (kana + _han(counts))
    mostly |= (kana > 0) & _mixes_forms(counts)
    chances[kana + counts[:, CLASS["shinjitai"]] == 0, JA] = 0
    sure = _share(chances.max(axis=1, initial=0), chances.sum(axis=1))
    return np.where(mostly, JA, chances.argmax(axis=1)), np.where(mostly, 1.0, sure)


def _mixes_forms(counts: Counts) -> npt.NDArray[np.bool_]:
    """Whether short forms Japan shares stand beside old ones, as in 会社設立, and no others."""
    shared, old = counts[:, CLASS["shared"]], counts[:, CLASS["traditional"]]
    alike = (shared >= MIXED * old) & (old >= MIXED * shared) & (shared > 0)
    return np.asarray(alike & (counts[:, CLASS["simplified"]] == 0))


def _kana(counts: Counts) -> Counts:
    """Kana of each text."""
    return counts[:, CLASS["kana"]] + counts[:, CLASS["no"]]


def _han(counts: Counts) -> Counts:
    """Han characters of each text."""
    return np.asarray(counts[:, CLASS["han"] :].sum(axis=1))


def _share(part: Counts | Shares, whole: Counts | Shares) -> Shares:
    """Part of the whole, 0 where the whole is 0."""
    return np.asarray(part / np.maximum(whole, 1e-9))
