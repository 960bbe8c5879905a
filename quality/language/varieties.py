"""Deciding the language of a text: its main script first, then its variety within the script."""

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings, strings
from quality.language.alphabets import DEFAULTS, prose, spell
from quality.language.kernels import count_classes
from quality.language.model import VARIETIES, vote
from quality.language.scripts import CLASS, CLASSES, class_table
from schemas.tables import LANGUAGE

IDENTITY = pl.Struct({name: LANGUAGE[name] for name in ("language", "confidence", "han_ratio")})

GROUPS = ("han", *DEFAULTS)
"""The scripts a text can mainly be in."""

WEIGHTS = {"han": 6.0, "hangul": 6.0, "vietnamese": 20.0}
"""Letters of an alphabet that say as much as one of these; of the letters of a Vietnamese text
more than one in ten is in no other alphabet."""

MOSTLY_KANA = 0.3
"""Share of kana among Han and kana above which a text is Japanese whatever its Han."""

MIXED = 0.12
"""Least ratio of short forms to old ones (and of old to short) that proves Japanese: it is 0.21 in
Japanese (0.14 in nineteen of twenty texts of 20 sentences) and 0 in modern Traditional Chinese."""

SHORT = 5
"""Letters below which a text is too short for a confident answer."""

UNMARKED = 0.5
"""Factor of confidence where no character is of one script only (Hans is assumed)."""

ZH, JA = VARIETIES.index("zh"), VARIETIES.index("ja")

Counts = npt.NDArray[np.int64]
Tags = npt.NDArray[np.str_]
Shares = npt.NDArray[np.float64]


def language(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The language and variety of each document: the `LANGUAGE` table, in the documents' order.

    >>> documents = pl.LazyFrame({"doc_id": ["a"], "text": ["我们今天去北京的图书馆看书。"]})
    >>> language(documents).collect()["language"].item()
    'zh-Hans'
    """
    return documents.select("doc_id", identify(pl.col("text")).alias("_")).unnest("_")


def identify(text: pl.Expr) -> pl.Expr:
    """The language (BCP 47), our confidence and the Han share of `text`, as a struct.

    Both numbers are 0 to 1; an empty or null text, or one without letters, is `und` at 0.

    >>> pl.select(identify(pl.lit("你哋去咗邊度食飯呀？")).struct.field("language")).item()
    'yue'
    """
    return text.map_batches(_identify, return_dtype=IDENTITY, is_elementwise=True)


def han_ratio(text: pl.Expr) -> pl.Expr:
    """Share of the characters of `text` that are Han, 0 to 1; 0 for an empty or null text.

    >>> pl.select(han_ratio(pl.lit("中文ab"))).item()
    0.5
    """
    return text.map_batches(_han_ratio, return_dtype=pl.Float32, is_elementwise=True)


def _han_ratio(series: pl.Series) -> pl.Series:
    counts, _ = _counts(series)
    return pl.Series(series.name, _share(_han(counts), counts.sum(axis=1)), pl.Float32)


def _identify(series: pl.Series) -> pl.Series:
    counts, texts = _counts(series)
    tags, sure = _decide(counts, texts)
    return pl.DataFrame(
        {
            "language": pl.Series(tags, dtype=pl.String),
            "confidence": pl.Series(sure, dtype=pl.Float32),
            "han_ratio": pl.Series(_share(_han(counts), counts.sum(axis=1)), dtype=pl.Float32),
        }
    ).to_struct(series.name)


def _counts(series: pl.Series) -> tuple[Counts, Strings]:
    """Characters of each class in each text."""
    texts = strings(series.fill_null(""))
    return count_classes(texts.data, texts.offsets, class_table(), len(CLASSES)), texts


def _decide(counts: Counts, texts: Strings) -> tuple[Tags, Shares]:
    """The tag of each text, and our confidence in it."""
    tags = np.full(len(counts), "und", "U8")
    sure = np.zeros(len(counts))
    weights = _weights(counts, texts)
    main = weights.argmax(axis=1)
    letters = counts[:, CLASS["letter"] :].sum(axis=1)
    for number, group in enumerate(GROUPS):
        rows = np.flatnonzero((main == number) & (letters > 0))
        found = _han_varieties(counts, texts, rows) if group == "han" else spell(texts, rows, group)
        tags[rows], sure[rows] = found
    sure *= _share(weights.max(axis=1), weights.sum(axis=1))
    sure *= np.minimum(1, letters / SHORT)
    return tags, sure


def _weights(counts: Counts, texts: Strings) -> Shares:
    """How much of each text is written in each of `GROUPS` (Han and kana are one)."""
    weights = np.stack([counts[:, CLASS[g]] * WEIGHTS.get(g, 1.0) for g in GROUPS], axis=1)
    weights[:, 0] = (_han(counts) + counts[:, CLASS["kana"]]) * WEIGHTS["han"]
    latin = weights[:, GROUPS.index("latin")]
    mixed = np.flatnonzero((weights[:, 0] > 0) & (latin > 0))
    latin[mixed] *= prose(texts, mixed)
    return weights


def _han_varieties(counts: Counts, texts: Strings, rows: Counts) -> tuple[Tags, Shares]:
    """The variety of the texts of `rows`, all written in Han characters or kana."""
    counts = counts[rows]
    codes, sure = _japanese(counts, *vote(texts, rows))
    simplified = counts[:, CLASS["simplified"]] + counts[:, CLASS["shared"]]
    traditional = counts[:, CLASS["traditional"]]
    marked = simplified + traditional
    certainty = _share(np.maximum(simplified, traditional), marked)
    certainty[marked == 0] = UNMARKED
    chinese = codes == ZH
    sure[chinese] *= certainty[chinese]
    codes[chinese & (traditional > simplified)] = len(VARIETIES)
    return np.array(["zh-Hans", *VARIETIES[1:], "zh-Hant"])[codes], sure


def _japanese(counts: Counts, codes: Counts, sure: Shares) -> tuple[Counts, Shares]:
    """The model's choice, overruled where the characters themselves prove or rule out Japanese."""
    kana = counts[:, CLASS["kana"]]
    mostly = kana > MOSTLY_KANA * (kana + _han(counts))
    mostly |= (kana > 0) & _mixes_forms(counts)
    never = (codes[:, 0] == JA) & (kana + counts[:, CLASS["shinjitai"]] == 0)
    chosen = np.where(never, codes[:, 1], codes[:, 0])
    likely = np.where(never, UNMARKED, sure[:, 0])
    return np.where(mostly, JA, chosen), np.where(mostly, 1.0, likely)


def _mixes_forms(counts: Counts) -> npt.NDArray[np.bool_]:
    """Whether short forms Japan shares stand beside old ones, as in 会社設立, and no others."""
    shared, old = counts[:, CLASS["shared"]], counts[:, CLASS["traditional"]]
    alike = (shared >= MIXED * old) & (old >= MIXED * shared) & (shared > 0)
    return np.asarray(alike & (counts[:, CLASS["simplified"]] == 0))


def _han(counts: Counts) -> Counts:
    """Han characters of each text."""
    return np.asarray(counts[:, CLASS["han"] :].sum(axis=1))


def _share(part: Counts | Shares, whole: Counts | Shares) -> Shares:
    """Part of the whole, 0 where the whole is 0."""
    return np.asarray(part / np.maximum(whole, 1e-9))
