"""What an acceptance report says, in Chinese and English."""

from pipelines.acceptance.judging import number
from schemas.acceptance import Judged

VERDICTS = {
    "accepted": ("通过 Accepted", "各项约定均已达到。 Every term is kept."),
    "not_accepted": ("未通过 Not accepted", "有约定未达到，见下表。 Not every term is kept."),
    "open": (
        "待定 Open",
        "尚未读完或构建未完成，以下数字还会变化。 Not all is read and decided: the numbers below "
        "may still change.",
    ),
    "no_terms": ("未作约定 No terms", "没有约定验收条件。 Nothing was agreed to judge it by."),
}
TERMS = {
    "max_rejected": "未能读出 could not be read",
    "max_own_copies": "自身重复 copies within the delivery",
    "max_other_copies": "与其他来源重复 copies of other sources",
    "max_personal": "含个人信息 with personal data",
    "min_kept": "保留 kept",
    "min_tokens": "保留的词元 tokens kept",
}
BOUNDS = {"max": "至多 at most", "min": "至少 at least"}
STAGES = {
    "kept": "保留 kept",
    "dropped": "淘汰 dropped",
    "rejected": "未能读出 rejected",
    "undecided": "未决 undecided",
}
ENTERED = {
    "documents": "文档 documents",
    "rows": "行 rows",
    "tokens": "词元 tokens",
    "held_out": "留作验证 held out",
}
NOTE = (
    "文件名从交付的公共目录写起；字节与行号从 0 起算；占比均以读取的记录为分母。规则按顺序检查，"
    "只记第一条未通过的。与其他来源重复，指别处已保留同样的内容。报告不含原文和个人信息，"
    "也不提及其他来源。 "
    "Files are named from the folder that the delivery has in common; bytes and rows count from 0; "
    "shares are of the records read. Of the rules the first that failed is told. A copy of another "
    "source is of something kept there. No text, no personal data and no other source is in this "
    "report."
)


def asked(term: Judged) -> str:
    """What a term asks.

    >>> asked(Judged(term="min_kept", asked=0.6, measured=0.5, met=False))
    '至少 at least 60%'
    """
    return f"{BOUNDS[term.term[:3]]} {number(term.asked)}"
