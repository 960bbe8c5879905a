"""What each signal is exactly, where it comes from, and what it is of a text one can check by hand.

Terms that hold for all of them:

- A letter is of Unicode category L, M or Nl (so Han and kana are letters), a digit Nd or No,
  punctuation P or ～; a new line is LF, CR, U+2028 or U+2029, and CR LF is one wherever they are
  counted in a row; white space is the rest of Z, tab, VT and FF; a control is any other Cc. A
  symbol is what is left. The visible characters are those that are not white space or new lines.
- A line is trimmed and not empty. Lines agree when their visible characters do. The lines'
  characters leave out the white space around lines.
- A paragraph is a run of lines between blank ones, and agrees with another when its lines do.
- N-grams, phrases, contacts and pinyin are of visible characters, across white space.
- Phrases are those of spam.txt and page.txt, folded by width and case.
- Of nothing a share, a mean and a density are 0.
"""

from typing import NamedTuple


class Definition(NamedTuple):
    """How a signal is measured, beyond its unit; who asked for it first; texts and their values."""

    says: str
    source: str
    examples: tuple[tuple[str, float], ...]


_PROSE = "这一行有十个字以上，所以是散文。\n"
_AGAIN = "Characters of later occurrences, however they overlap, over visible characters."
_TOP = (
    "Of the n-grams that occur more than once, the one whose occurrences cover most visible "
    "characters, overlaps counted once."
)

DEFINITIONS: dict[str, Definition] = {
    "chars": Definition("Code points.", "all", (("𠮷野家 \n", 5),)),
    "lines": Definition("", "all", (("一\n \n二", 2),)),
    "paragraphs": Definition("", "ours", (("一\n二\n\n三", 2), ("一\r\n二\r\n\r\n三", 2))),
    "sentences": Definition(
        "A sentence holds a letter or a digit; a new line does not end it.",
        "MAP-CC",
        (("好。。。好！？好", 3), ("他说：“好。”", 1)),
    ),
    "mean_line_chars": Definition("", "ChineseWebText", (("一二\n三四五六", 3),)),
    "mean_sentence_chars": Definition("Visible characters.", "ours", (("一二。 三四五。", 3.5),)),
    "digit_ratio": Definition("", "MAP-CC", (("１2③④五", 0.8),)),
    "latin_ratio": Definition("", "ours", (("ＡBé中", 0.75),)),
    "punctuation_ratio": Definition("", "MAP-CC", (("，、。．中", 0.8),)),
    "symbol_ratio": Definition("", "ROOTS: special characters", (("■□￥中", 0.75),)),
    "space_ratio": Definition("", "ours", (("中　\t\n", 0.5),)),
    "newline_ratio": Definition("", "FineWeb2, dingo", (("中\n\r\u2028", 0.75),)),
    "garbled_ratio": Definition(
        "锟斤拷, ï¿½ and 锘挎 count from two on, 烫 and 屯 from four in a row on.",
        "ours",
        (("\ufffd\ue004\x85中\t\n", 0.5), ("锟斤拷锟斤拷锟叫癸拷", 0.6), ("一个锟斤拷", 0)),
    ),
    "box_ratio": Definition(
        "A measurement: forms have them too.", "C4-zh", (("□男■女\ufffd", 0.6),)
    ),
    "hash_ratio": Definition("", "MAP-CC", (("#＃话题", 0.5),)),
    "lenticular_ratio": Definition("", "MAP-CC", (("【推荐】", 0.5),)),
    "ellipsis_ratio": Definition(
        "Unbroken runs: …… is one, and so is .....", "MAP-CC", (("好……好...", 2 / 7),)
    ),
    "nonletter_ratio": Definition(
        "FineWeb2 counts words without a letter; Chinese has none to count.",
        "FineWeb2",
        (("一，2 三", 0.5),),
    ),
    "terminal_line_ratio": Definition(
        "Any punctuation of any width, closing quotes and brackets too.",
        "FineWeb2",
        (("題\n句。\n引」", 2 / 3),),
    ),
    "stop_line_ratio": Definition(
        "Ends of other widths and scripts are ．, ｡ and ⋯. A stop before closing quotes and "
        "brackets ends its line, as GB/T 15834 puts it there; FineWeb2, which knows no …, looks "
        "at the last character alone.",
        "FineWeb2",
        (("題：\n句。\n“引！”\n“引”，\n待续……\nEnd.)", 4 / 6), ("「引。」他說；", 0)),
    ),
    "complete_lines": Definition(
        'Ends of other widths and scripts are ! ? ｡ ⋯ 」 』 " and an ASCII colon.',
        "C4-zh",
        (("这一行完整。\n「這行也是。」\n没有句号的\n□有方框的。\n短。", 2),),
    ),
    "short_line_ratio": Definition("", "ChineseWebText", (("首页\n这一行有十个字以上。", 0.5),)),
    "bullet_line_ratio": Definition(
        "An ASCII bullet has white space after it.", "MAP-CC", (("● 一\n- 二\n-3 度\n·四", 0.75),)
    ),
    "ellipsis_line_ratio": Definition("", "C4", (("待续……\n待续...\n完。", 2 / 3),)),
    "more_line_ratio": Definition(
        "Arrows, dots and brackets after it are left out.",
        "MAP-CC",
        (("要闻 更多>>\n閱讀全文 》\nRead More\n需要更多。", 0.75),),
    ),
    "boilerplate_line_ratio": Definition(
        "Lines of up to 100 visible characters that hold a phrase of page.txt: some anywhere, "
        "some at their beginning, some as the whole line.",
        "ours",
        (("京ICP备12345号\n上一篇：无\n首页\n他在首页上读到的。", 0.75), ("版权所有者的义务。", 0)),
    ),
    "table_ratio": Definition(
        "A row has two runs of |, or a tab, or two gaps of two spaces, and so has the line just "
        "above or below, no blank one between.",
        "ours",
        (
            ("| 甲 | 乙 |\n| 丙 | 丁 |", 1),
            ("甲\t乙\n丙\t丁", 1),
            ("甲  乙  丙\n丁  戊  己", 1),
            ("首页 | 新闻 | 体育\n\n正文", 0),
        ),
    ),
    "form_ratio": Definition(
        "Three underscores in a row; or a box (□ ☐ ☑ ☒) with white space or an edge of the line "
        "beside it and no box; or a label of up to 10 letters and digits, a colon, a value, no end "
        "of a sentence, and up to 40 visible characters a colon. An ASCII colon needs Han in the "
        "label and no digits on both sides. Not a line that somebody speaks.",
        "ours",
        (
            ("姓名：张三　性别：男", 1),
            ("□ 是", 1),
            ("签字：____", 1),
            ("时间12:30", 0),
            ("曰□□人也", 0),
            ("key: value", 0),
        ),
    ),
    "code_ratio": Definition(
        "Lines between ``` or ~~~, which stay open to the end where they are not closed; and lines "
        "that begin in ASCII and either have a first word like def and no Han, or one of "
        "{};=<>_$\\& and, in all of {};=<>_$\\&()[]*+@#^%~, an eighth of the visible characters (a "
        "sixteenth before a final semicolon; none before a final brace). No more than half is "
        "Han, and there is no link of Markdown.",
        "ours",
        (
            ("```\n任意\n```", 1),
            ("int a = 5; // 注释", 1),
            ("import os", 1),
            ("}", 1),
            ("He said: yes.", 0),
            ("[文档](a_b.md)", 0),
        ),
    ),
    "dialogue_ratio": Definition(
        "A quotation that opens the line and has punctuation before its closing mark, or is not "
        "closed on it (ASCII quotes must be); or a speaker of up to 8 letters and digits, a colon, "
        "and speech: a quotation, a word of talk (你, 吗, ？), or anything after 问, 答, Q and A.",
        "ours",
        (
            ("“好。”他说。", 1),
            ("「走吧」，他說。", 0),
            ("张三：你好", 1),
            ("问：价格\n答：五元", 1),
            ("“三农”问题", 0),
            ("优点：便宜。", 0),
        ),
    ),
    "newline_run": Definition("", "dingo", (("一\n \n\n二\n三", 3), ("一\r\n\r\n二", 2))),
    "duplicate_line_ratio": Definition("", "FineWeb2", (("首页\n首 页\n正文", 1 / 3),)),
    "duplicate_line_char_ratio": Definition(
        "", "FineWeb2", (("首页\n 首 页\n正文三四", 3 / 9), ("首页\n首页\n首页\n一二三四", 0.4))
    ),
    "similar_line_ratio": Definition(
        "Among the 8 lines before is one at a Levenshtein distance, on visible characters, of at "
        "most a tenth of the longer line, rounded down, and at most 64.",
        "MAP-CC",
        (("第1条记录已经保存完毕\n第2条记录已经保存完毕", 0.5), ("首页\n首域", 0)),
    ),
    "duplicate_paragraph_ratio": Definition("", "Gopher", (("一\n二\n\n一\n二\n\n一", 1 / 3),)),
    "duplicate_paragraph_char_ratio": Definition("", "Gopher", (("一\n二\n\n一\n二\n\n一", 0.4),)),
    "top_2gram_ratio": Definition(
        _TOP, "FineWeb2, MAP-CC", (("哈哈哈哈", 1), ("甲乙丙甲乙丁", 4 / 6), ("没有重复的字", 0))
    ),
    "top_3gram_ratio": Definition(_TOP, "FineWeb2, MAP-CC", (("甲乙丙甲乙丙丁丁", 0.75),)),
    "top_4gram_ratio": Definition(_TOP, "FineWeb2, MAP-CC", (("甲乙丙丁甲乙丙丁", 1),)),
    "frequent_3gram_ratio": Definition(
        "Occurrences over all 3-grams; ROOTS's character repetition. With few distinct 3-grams a "
        "root is large beside them, so that short texts measure high.",
        "ROOTS",
        (("哈哈哈哈", 1), ("甲乙丙丁甲乙丙", 0.4)),
    ),
    **{
        f"duplicate_{n}gram_ratio": Definition(
            _AGAIN, source, ((("天地玄黄宇宙洪荒日月盈昃辰"[:n]) * 2, 0.5),)
        )
        for n, source in (
            *((n, "FineWeb2, MAP-CC") for n in range(5, 11)),
            (13, "ChineseWebText"),
        )
    },
    "distinct_ratio": Definition("", "MAP-CC", (("甲甲乙乙", 0.5),)),
    "entropy": Definition("", "MAP-CC", (("甲甲乙乙", 1),)),
    "stop_words": Definition(
        "的年在月是和日了於·為有被人中为他與後也而由", "FineWeb2", (("的的於·為后", 4),)
    ),
    "stop_word_ratio": Definition(
        "Over all characters; the list is `characters.FUNCTION_WORDS`, of both scripts, Classical "
        "and Cantonese. ROOTS asks for .1691 of words: of characters, prose has about as much.",
        "ROOTS",
        (("我們的書", 0.75), ("之乎者也", 1)),
    ),
    "spam_density": Definition(
        "Over visible characters, phrases that overlap counted once.",
        "ours",
        (("時 時 彩" + "字" * 7, 300), ("葡京娱乐城" + "字" * 5, 500)),
    ),
    "gambling_density": Definition("", "ours", (("时时彩" + "字" * 7, 300),)),
    "porn_density": Definition("", "ours", (("无码" + "字" * 8, 200),)),
    "advertising_density": Definition("", "ours", (("刷单" + "字" * 8, 200),)),
    "spam_phrases_per_line": Definition(
        "Places where a phrase begins.", "ChineseWebText", (("时时彩\n刷单\n正文\n正文", 0.5),)
    ),
    "link_density": Definition(
        "Over visible characters. An address is what follows a scheme and ://, or www., or a bare "
        "domain with one of the endings of `contacts.DOMAINS` in lower case, to the end of the run "
        "of ASCII (or full-width) letters, digits and -._~:/?#@!$&*+,;=%, less marks at its end.",
        "ours",
        (
            ("见http://a.cn/b。好", 1000 * 13 / 16),
            ("ｗｗｗ．a.com，网", 1000 * 9 / 11),
            ("去baidu.com看", 1000 * 9 / 11),
            ("ASP.NET", 0),
            ("x@163.com", 0),
        ),
    ),
    "contact_density": Definition(
        "Over visible characters: phrases of page.txt. An invitation counts by itself, a cue "
        "with a value, after up to 6 joining characters and of up to 24: 5 digits of any width or "
        "shape or, for an account and after a joining character, 5 letters and digits.",
        "ours",
        (
            ("電話：０１０-12345678", 1000),
            ("加微信abc12345", 1000),
            ("QQ②③④⑤⑥", 1000),
            ("微信：zhangsan", 1000),
            ("电话一直没人接", 0),
            ("微信小程序2024", 0),
        ),
    ),
    "pinyin_density": Definition(
        "Over visible characters. Up to 24 letters in brackets after Han, with a tone, or a "
        "syllable of two letters and more without; or up to 6 with a tone before a closing bracket "
        "after Han, ? or U+FFFD. Dictionaries have it too.",
        "ours",
        (
            ("網(wǎng)絡", 1000 * 6 / 8),
            ("出現（xian）", 1000 * 6 / 8),
            ("應當?shù)摹", 1000 * 5 / 8),
            ("公式(a)", 0),
            ("网(web)", 0),
        ),
    ),
    "prose_ratio": Definition(
        "Lines of 10 or more letters that end in 。！？!?…⋯.．｡；;：:, closing quotes and brackets "
        "aside, and repeat no earlier line. It speaks of modern prose: it is 0 for a Classical "
        "text without punctuation and for a poem whose lines are shorter, and low for a text "
        "wrapped at a fixed width.",
        "ours",
        (("标题\n" + _PROSE, 16 / 18), (_PROSE * 2, 0.5), (_PROSE.strip() + "”）", 1)),
    ),
}
"""Every signal, in the order of the table. Sources are described in docs/decisions.md and, for
thresholds, in schemas/presets.yaml; `ours` has no model known to us."""
