"""Lines of a page that are not its text: menus, links, notices.

Only lines of HTML pages come here. A line goes when it is link text, when a short line is as a
whole a known notice, or when it stands before the first or after the last line of prose and is
neither code nor a table row.
"""

import polars as pl

from quality.text.pages import LINK_END, LINK_START, MARKS

NOTICES = (
    r".{0,30}ICP[备備證证].{0,40}",
    r".{0,20}公网安备.{0,30}",
    r".{0,40}(?:版权所有|版權所有|Copyright|All Rights Reserved|[©Ⓒ]\s*\d{4}).{0,60}",
    r"[（(\[【]?\s*(?:责任编辑|責任編輯|责编|稿源|原标题|编辑|編輯|来源|來源|校对|编审)\s*[：:].{0,30}",
    r"[（(【]?(?:资料图|完)[）)】]?",
    r"[上下]一?[篇页頁条條][：:].{0,60}",
    r"[上下]一[篇页頁]",
    r"(?:您?(?:当前|现在的?|所在的?))?位置\s*[：:].{0,60}",
    r"您的位置.{0,60}",
    r"首页\s*[>＞»›/|].{0,60}",
    r"返回(?:顶部|首页|列表|目录|頂部|首頁)",
    r"(?:微信)?(?:扫码|扫一扫|扫描二维码|掃描).{0,24}",
    r"(?:一键)?分享(?:到|至|给|按钮)?[：:]?.{0,24}",
    r"打开微信.{0,50}",
    r"(?:点击|點擊|展开|展開|查看|阅读)(?:查看|阅读|加载)?(?:更多|全文|全部|关闭).{0,4}",
    r"(?:相关|相關|推荐|延伸|热门|精彩|最新|更多|热点|关联)(?:阅读|閱讀|推荐|新闻|文章|链接|内容|评论|專題|专题)"
    r".{0,4}",
    r"(?:猜你|猜您|为您|为你).{0,8}",
    r"(?:最新|最热|热门|网友|全部|精彩)(?:评论|跟帖|留言).{0,10}",
    r".{0,12}(?:条评论|参与评论|人参与|跟帖).{0,20}",
    r"(?:举报|收藏|打印|关闭|复制链接|分享|点赞|评论|回复|关闭广告|展开全部|收起|登录|注册|提交|取消|免责声明)",
    r"(?:字体|字号)[：:]?.{0,16}",
    r"(?:举报|投诉)(?:邮箱|电话|热线)[：:]?.{0,40}",
)
"""What a short line of boilerplate says, as a whole (field knowledge, no published source)."""

_NOTICE = f"^(?i:{'|'.join(NOTICES)})$"
_NOTICE_CHARS = 90
_LINK_SHARE = 0.5
_OWN_WORDS = 12
_PROSE_CHARS = 12
_CODE = r"[{}();=<>]"
_NO_CODE = r"\p{Han}|^.{0,3}$|\d{4}[-/]|:\d\d"
_SPACE = r"[\s\u3000]+"
_LINK = f"{LINK_START}[^{LINK_START}{LINK_END}]*{LINK_END}"


def strip_boilerplate(marked: pl.Series) -> pl.Series:
    """The text of each page without marks and boilerplate lines; of an all-boilerplate page, all.

    `marked` is what `read_page` returns, one page a row.
    """
    name = marked.name
    lines = (
        pl.DataFrame({"page": pl.int_range(marked.len(), eager=True), "marked": marked})
        .with_columns(pl.col("marked").str.split("\n"))
        .explode("marked", empty_as_null=True, keep_nulls=True)
        .with_columns(pl.col("marked").fill_null(""))
    )
    pages = (
        lines.lazy()
        .with_columns(_plain().alias("line"), _linked().alias("linked"))
        .with_columns(_dropped().alias("dropped"))
        .with_columns(_prose().alias("prose"), _solid().alias("solid"))
        .with_columns(_outside_prose().alias("outside"))
        .with_columns((pl.col("dropped") | pl.col("outside")).alias("dropped"))
        .with_columns(_all_dropped().alias("empty"))
        .filter(pl.col("empty") | ~pl.col("dropped"))
        .group_by("page", maintain_order=True)
        .agg(pl.col("line").str.join("\n"))
        .collect()
    )
    return pages["line"].alias(name)


def _plain() -> pl.Expr:
    """The line without marks; the indent of a list or of code stays."""
    return pl.col("marked").str.replace_all(MARKS, "").str.strip_chars_end()


def _linked() -> pl.Expr:
    """Whether the line is link text with few words of its own; a table row never is."""
    spaceless = pl.col("marked").str.replace_all(_SPACE, "")
    chars = spaceless.str.replace_all(MARKS, "").str.len_chars()
    own = spaceless.str.replace_all(_LINK, "").str.replace_all(MARKS, "").str.len_chars()
    linked = (chars - own >= _LINK_SHARE * chars) & (own < _OWN_WORDS) & (chars > 0)
    return linked & ~pl.col("marked").str.contains("\t\t", literal=True)


def _dropped() -> pl.Expr:
    stripped = pl.col("line").str.strip_chars()
    short = stripped.str.len_chars() <= _NOTICE_CHARS
    return pl.col("linked") | (short & stripped.str.contains(_NOTICE))


def _prose() -> pl.Expr:
    """Whether the line reads as a sentence."""
    long = pl.col("line").str.len_chars() >= _PROSE_CHARS
    # Many a Chinese page is typed with the comma and the full stop of ASCII.
    stops = pl.col("line").str.contains(r"[。！？；，、…]|\p{Han}[,.;!?]")
    return long & stops & ~pl.col("dropped")


def _solid() -> pl.Expr:
    """Whether the line is content although no sentence: a table row, or code."""
    line = pl.col("line")
    code = line.str.contains(_CODE) & ~line.str.contains(_NO_CODE)
    return (code | line.str.contains("\t\t", literal=True)) & ~pl.col("dropped")


def _outside_prose() -> pl.Expr:
    """Whether a page with prose has none of it, and nothing solid, before or after the line."""
    anchor = pl.col("prose") | pl.col("solid")
    before = anchor.cum_sum().over("page")
    after = anchor.cum_sum(reverse=True).over("page")
    return pl.col("prose").any().over("page") & ((before == 0) | (after == 0))


def _all_dropped() -> pl.Expr:
    return (pl.col("dropped") | (pl.col("line") == "")).all().over("page")
