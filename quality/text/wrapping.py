"""Lines that a fixed width has broken, joined again: plain text and the text layer of PDF.

A text tells by itself whether it was wrapped: most of its lines that end in mid-sentence end where
the next word would not have fitted any more. Verse, lists, tables and code do not, and stay.
"""

import polars as pl

MAY_BE_WRAPPED = ("pdf", "plain")
"""The extractors that leave lines as a writer of fixed width made them."""

_LEAST_CUT = pl.when("pdf").then(1).otherwise(5)
_LEAST_WIDTH = pl.when("pdf").then(24).otherwise(36)
_MOST_WIDTH = 140
"""Lines cut off at the width that make a text a wrapped one, and the width in half-width columns.
Every PDF is wrapped; of plain text a few lines may end so by chance, and verse is narrow."""

_SLACK = pl.when("pdf").then(0.06).otherwise(0.03)
"""Share of the width that a line may lack: the letters of a PDF have widths of their own."""

_LONG = 0.6
"""Share of the width from which on a line that ends in mid-sentence is no heading or label."""

_FULL_SHARE = 0.8
"""Of such long lines, how many must be full."""

_CUT_SHARE = 0.1
"""Of all lines of prose, how many must be cut off in mid-sentence."""

_OUTSIZE = 1.15
_OUTSIZE_SHARE = 0.1
"""Lines so much longer than the width, and how many of them a wrapped text may have."""

_COMMA = "[，、；,]$"
_COMMA_SHARE = 0.5
"""Of the lines cut off, how many may end in a comma: those of verse do."""

_HABIT_SHARE = 0.9
_HABIT_LEAST = 3
"""Paragraphs that begin alike make a habit, from so many on."""

_LONGEST = 0.95
_USUAL = 0.8
"""Quantiles of the lines that end in mid-sentence: a few hang over."""

_CODE_INDENT = 4
_HANGING_SHARE = 0.5
_HYPHEN = r"([A-Za-z]{2,})-$"
_BLANK = " \t\r\u3000\u00a0\u2002\u2003"
_WIDE = (
    r"[\u{1100}-\u{115f}\u{2100}-\u{27bf}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}"
    r"\u{ff00}-\u{ff60}\u{20000}-\u{3fffd}“”‘’…—]"
)
_UNIT = r"^[（《“‘「『【〈〔(\[]*(?:[!-~]+|.)[，。、；：！？）》”’」』】〉〕…—%,.;:!?)\]]*"
"""What a line break leaves together: a word or a wide character, and the punctuation at it."""

_ENDED = r"[。！？：；…”’」』）》】〕!?:;.)\]>]$"
_BLOCK = (
    r"^(?:$|[*=_~`+─━═-]{3,}|\||#{1,6} |<[a-zA-Z/!]|\\)"
    r"|[│┃┌┐└┘├┤]| \| |\t|\S {3,}\S|\S　{2,}\S|[{};\\]$"
    r"|^第 ?[一二三四五六七八九十百零〇\d]{1,6} ?[章节節编編篇回卷]"
)
"""Lines that are no prose: rules, tables, headings, markup, code."""

_MID_SENTENCE = r"[^\s。！？：；…”’」』）》】〕!?:;.)\]>][ \t\r\u{3000}]*\n[ \t\r\u{3000}]*[^\s]"
_HOPEFUL_SHARE = 0.05
_FENCE = r"^(?:```|~~~)"
_START = (
    r"^(?:[-*+•·●○◆■□▪►※＊>]\s|[•·●○◆■□▪►※＊]|\d{1,3}[.．、)）](?:\D|$)|[(（][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳]|[A-Za-z][.)]\s|[A-Za-z_][\w.-]{0,30}: |[\[【〔〈]"
    r"|第 ?[一二三四五六七八九十百零〇\d-]{1,6} ?[条條款項项](?:\s|$))"
)
"""Lines that begin an item or a paragraph; what follows may go on with it."""

_MIXED = r"\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}"
_SPACED = r"\p{Han} [A-Za-z0-9]|[A-Za-z0-9] \p{Han}"


def join_wrapped(text: pl.Series, pdf: pl.Series) -> tuple[pl.Series, pl.Series]:
    r"""`text` with its wrapped lines joined, and how many line breaks of each went (UInt32).

    `pdf` says which are of PDF. Null stays null. Between two wide characters nothing is put;
    between words a space; between Han and a word what the text does elsewhere.

    >>> line = "在平面上的一个直角三角形中，两个直角边边长的平方加起来等于斜边长\n"
    >>> text, joined = join_wrapped(pl.Series([line + "的平方。\n完"]), pl.Series([True]))
    >>> text.item().count("\n"), joined.item()
    (1, 1)
    """
    none = pl.repeat(0, text.len(), dtype=pl.UInt32, eager=True).alias("joined")
    rows = _hopeful(text).fill_null(value=False).arg_true()
    if rows.is_empty():
        return text, none
    lines = _judged(_measured(text.gather(rows), pdf.gather(rows)))
    if lines.is_empty():
        return text, none
    put = pl.col("gap").shift(1)
    piece = (
        pl.when(pl.col("row").ne_missing(pl.col("row").shift(1)))
        .then("kept")
        .when(put.is_not_null())
        .then(put + pl.col("kept").str.strip_chars_start(_BLANK))
        .otherwise("\n" + pl.col("kept"))
    )
    joined = (
        lines.with_columns(piece=pl.coalesce(piece, "kept"))
        .group_by("row", maintain_order=True)
        .agg(pl.col("piece").str.join(""), pl.col("gap").count().cast(pl.UInt32))
        .filter(pl.col("gap") > 0)
    )
    where = rows.gather(joined["row"])
    return text.clone().scatter(where, joined["piece"]), none.scatter(where, joined["gap"])


def _hopeful(text: pl.Series) -> pl.Series:
    """Texts worth a closer look: a good part of their lines ends in mid-sentence."""
    ends = text.str.count_matches(_MID_SENTENCE)
    return (ends > 0) & (ends >= text.str.count_matches("\n", literal=True) * _HOPEFUL_SHARE)


def _measured(text: pl.Series, pdf: pl.Series) -> pl.DataFrame:
    """One row a line: what it is, how wide, and what follows it."""
    numbered = pl.int_range(text.len(), dtype=pl.UInt32, eager=True).alias("row")
    lines = pl.DataFrame([numbered, pdf.alias("pdf"), text.str.split("\n").alias("line")])
    core = pl.col("core")
    lead = pl.col("line").str.extract(rf"^([{_BLANK}]*)", 1)
    indent = lead.str.len_chars() + lead.str.count_matches("\u3000", literal=True)
    fence = core.str.contains(_FENCE).cast(pl.Int32).cum_sum().over("row")
    return (
        lines.explode("line")
        .with_columns(core=pl.col("line").str.strip_chars(_BLANK))
        .with_columns(
            width=indent + core.str.len_chars() + core.str.count_matches(_WIDE),
            indent=indent.cast(pl.Int32),
            start=core.str.contains(_START),
            ended=core.str.contains(_ENDED),
            prose=~core.str.contains(_BLOCK),
            fenced=fence % 2 == 1,
        )
        .with_columns(
            prose=pl.col("prose")
            & ~pl.col("fenced")
            & ((pl.col("indent") < _CODE_INDENT) | core.str.contains(_WIDE))
        )
        .with_columns(_next("core"), _next("start"), _next("prose"), _next("indent"))
        .with_columns(pair=_may_go_on())
        .with_columns(broken=pl.col("pair") & ~pl.col("ended"))
    )


def _next(name: str) -> pl.Expr:
    """The value of the next line of the same text, else null."""
    same = pl.col("row") == pl.col("row").shift(-1)
    return pl.when(same).then(pl.col(name).shift(-1)).alias(f"next_{name}")


def _may_go_on() -> pl.Expr:
    """Whether the next line may be of the same paragraph, by what both of them are.

    It stands at the margin, or all lines of an item after the first stand deeper.
    """
    hangs = pl.col("next_indent") > pl.col("indent")
    items = pl.col("start") & pl.col("next_prose") & ~pl.col("next_start")
    hanging = items.any() & (hangs.filter(items).sum() >= items.sum() * _HANGING_SHARE)
    margin = pl.col("indent").filter("prose").min()
    at_margin = (pl.col("next_indent") == margin).over("row")
    deep = (hanging & (pl.col("next_indent") == pl.col("indent"))).over("row")
    together = at_margin | (pl.col("start") & hangs) | deep
    return (pl.col("prose") & pl.col("next_prose") & ~pl.col("next_start") & together).fill_null(
        value=False
    )


def _judged(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of the texts that were wrapped, with `kept`, what stays of a line, and `gap`.

    `gap` is what stands between the line and the next, null where the break stays.
    """
    lines = lines.join(_widths(lines), on="row", how="inner", maintain_order="left")
    unit = pl.col("next_core").str.extract(f"({_UNIT})", 1).fill_null("")
    reach = pl.col("width") + unit.str.len_chars() + unit.str.count_matches(_WIDE)
    lines = lines.with_columns(
        full=reach > pl.col("full_width") * (1 - _SLACK),
        long=pl.col("broken") & (pl.col("width") >= pl.col("full_width") * _LONG),
    )
    outsize = pl.col("width") > pl.col("full_width") * _OUTSIZE
    cut = (pl.col("full") & pl.col("broken")).sum()
    wrapped = (
        lines.group_by("row", maintain_order=True)
        .agg(
            pl.col("pdf").first(),
            _marked().alias("marked"),
            cut=cut,
            full_share=pl.col("full").filter("long").mean(),
            cut_share=cut / pl.col("prose").sum(),
            outsize_share=outsize.filter("prose").mean(),
            comma_share=pl.col("core")
            .str.contains(_COMMA)
            .filter(pl.col("full") & pl.col("broken"))
            .mean(),
        )
        .filter(
            (pl.col("cut") >= _LEAST_CUT)
            & (pl.col("full_share") >= _FULL_SHARE)
            & (pl.col("cut_share") >= _CUT_SHARE)
            & (pl.col("outsize_share") <= _OUTSIZE_SHARE)
            & (pl.col("comma_share") <= _COMMA_SHARE)
        )
    )
    found = lines.join(
        wrapped.select("row", "marked"), on="row", how="inner", maintain_order="left"
    )
    goes_on = pl.col("pair") & pl.col("full") & (~pl.col("ended") | pl.col("marked"))
    return _glued(found.with_columns(goes_on=goes_on))


def _widths(lines: pl.DataFrame) -> pl.DataFrame:
    """The width at which each text was wrapped, if it was: where most of its long lines end."""
    width = pl.col("width").filter("broken")
    long = width.filter(width >= width.quantile(_LONGEST) * _LONG)
    return (
        lines.group_by("row", maintain_order=True)
        .agg(pl.col("pdf").first(), full_width=long.quantile(_USUAL, "lower"))
        .filter(pl.col("full_width").is_between(_LEAST_WIDTH, _MOST_WIDTH))
        .select("row", "full_width")
    )


def _share(of: str | pl.Expr, among: str | pl.Expr) -> pl.Expr:
    chosen = pl.col(of) if isinstance(of, str) else of
    return chosen.filter(among).mean()


def _marked() -> pl.Expr:
    """Whether paragraphs are set apart, by an indent or an empty line, throughout the text."""
    short = pl.col("prose") & ~pl.col("full") & pl.col("next_core").is_not_null()
    begins = short & pl.col("next_prose") & ~pl.col("next_start")
    indented = pl.col("next_indent") > 0
    by_indent = (
        (begins.sum() >= _HABIT_LEAST)
        & (_share(indented, begins) >= _HABIT_SHARE)
        & (_share(indented, pl.col("broken") & pl.col("full")) <= 1 - _HABIT_SHARE)
    )
    by_line = (short.sum() >= _HABIT_LEAST) & (
        _share(pl.col("next_core") == "", short) >= _HABIT_SHARE
    )
    return (by_indent | by_line).fill_null(value=False)


def _glued(lines: pl.DataFrame) -> pl.DataFrame:
    """With `gap` and `kept`."""
    lines = _with_habit(lines)
    left, right = pl.col("core").str.tail(1), pl.col("next_core").str.head(1)
    hyphen = pl.col("core").str.contains(_HYPHEN) & pl.col("next_core").str.contains("^[a-z]")
    gap = (
        pl.when(hyphen)
        .then(pl.lit(""))
        .when((left + right).str.contains(_MIXED))
        .then("between")
        .when(left.str.contains(_WIDE) | right.str.contains(_WIDE))
        .then(pl.lit(""))
        .otherwise(pl.lit(" "))
    )
    end = pl.col("line").str.strip_chars_end(_BLANK)
    kept = (
        pl.when(pl.col("goes_on") & hyphen & pl.col("whole"))
        .then(end.str.strip_suffix("-"))
        .when("goes_on")
        .then(end)
        .otherwise("line")
    )
    return lines.select("row", gap=pl.when("goes_on").then(gap), kept=kept)


def _with_habit(lines: pl.DataFrame) -> pl.DataFrame:
    """With what the text puts `between` Han and words, and whether it has a broken word `whole`."""
    core = pl.col("core")
    spaced = core.str.count_matches(_SPACED).sum() > core.str.count_matches(_MIXED).sum()
    broken = core.str.extract(_HYPHEN, 1) + pl.col("next_core").str.extract("^([a-z]{2,})", 1)
    lines = lines.with_columns(
        between=pl.when(spaced.over("row")).then(pl.lit(" ")).otherwise(pl.lit("")), word=broken
    )
    sought = lines.filter(pl.col("word").is_not_null()).select("row", "word")
    known = (
        lines.join(sought, on="row", how="semi")
        .select("row", word=core.str.extract_all("[A-Za-z]{4,}"))
        .explode("word")
        .join(sought, on=["row", "word"], how="semi")
        .unique()
        .with_columns(whole=True)
    )
    joined = lines.join(known, on=["row", "word"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("whole").fill_null(value=False))
