"""From findings to text without them: masks, stand-ins, and proof that nothing is left."""

from collections.abc import Sequence
from typing import TypedDict

import polars as pl

from quality.privacy.finding import find
from quality.privacy.pseudonyms import Pseudonyms
from quality.privacy.treating import hidden, plain
from schemas.privacy import EVERYTHING_MASKED, Privacy
from schemas.tables import FINDING_KINDS, FINDINGS


class Finding(TypedDict):
    """One element of a list of FINDINGS."""

    kind: str
    start: int
    end: int
    rule: str
    confidence: float
    sensitive: list[str]


def redact(
    text: pl.Series,
    findings: pl.Series,
    privacy: Privacy,
    ids: pl.Series | None = None,
    key: bytes = b"",
) -> pl.Series:
    """Each text with its findings masked, given a stand-in or kept, as `privacy` says.

    Stand-ins follow from the secret `key` and from the documents' `ids`. Texts of which all is
    kept are passed over. What only shows once its neighbour is masked, and a stand-in that would
    itself be found, is replaced by a placeholder, until nothing is found but what is kept.

    >>> text = pl.Series(["姓名：王小明，电话13812345678"])
    >>> redact(text, find(text), EVERYTHING_MASKED).item()
    '姓名：〔姓名〕，电话〔手机号〕'
    """
    ledger = hidden(findings, privacy)
    rows = ledger.list.len().fill_null(0).gt(0).arg_true()
    if rows.is_empty():
        return text
    named = ids.gather(rows).to_list() if ids is not None else [""] * len(rows)
    work = [
        _Document(one, privacy, Pseudonyms(key, doc_id))
        for one, doc_id in zip(text.gather(rows).to_list(), named, strict=True)
    ]
    todo, found, first = work, ledger.gather(rows).to_list(), True
    while todo:
        changed = [one.replace(some, first) for one, some in zip(todo, found, strict=True)]
        todo = [one for one, more in zip(todo, changed, strict=True) if more]
        found = hidden(
            find(pl.Series([one.text for one in todo], dtype=pl.String)), privacy
        ).to_list()
        first = False
    return text.clone().scatter(rows, pl.Series([one.text for one in work], dtype=pl.String))


class _Document:
    """A text on its way to hold nothing that is hidden."""

    def __init__(self, text: str, privacy: Privacy, names: Pseudonyms) -> None:
        self.text, self.names, self.privacy = text, names, privacy
        self.public = _public(privacy)
        names.skip(text)

    def replace(self, findings: Sequence[Finding], first: bool) -> bool:
        """Whether any of `findings` was replaced; after the `first` time by placeholders alone."""
        pieces: list[str] = []
        at = 0
        for one in findings:
            value = self.text[one["start"] : one["end"]]
            if plain(value) in self.public:
                continue
            pieces += [self.text[at : one["start"]], self._instead(one, value, first)]
            at = one["end"]
        self.text = "".join((*pieces, self.text[at:]))
        return bool(pieces)

    def _instead(self, finding: Finding, value: str, first: bool) -> str:
        kind = finding["kind"]
        if self.privacy.treatment(kind, finding["rule"]).action != "pseudonymise":
            return f"〔{FINDING_KINDS[kind]}〕"
        return self.names.stand_in(kind, value) if first else self.names.placeholder(kind, value)


def masked(text: str, findings: Sequence[Finding] | None = None) -> str:
    """One text with everything in `findings` (by default, what is found in it) masked.

    >>> masked("请发至zhangsan@example.com。")
    '请发至〔邮箱〕。'
    """
    one = pl.Series([text])
    ledger = find(one) if findings is None else pl.Series([findings], dtype=FINDINGS)
    return str(redact(one, ledger, EVERYTHING_MASKED).item())


def survivors(text: pl.Series, privacy: Privacy) -> int:
    """How many findings in `text` should be hidden: 0 after it was redacted.

    >>> survivors(pl.Series(["电话13812345678", "电话〔手机号〕"]), EVERYTHING_MASKED)
    1
    """
    ledger = hidden(find(text), privacy)
    some = ledger.list.len().fill_null(0).gt(0)
    public = _public(privacy)
    return sum(
        plain(one[finding["start"] : finding["end"]]) not in public
        for one, found in zip(text.filter(some), ledger.filter(some).to_list(), strict=True)
        for finding in found
    )


def _public(privacy: Privacy) -> frozenset[str]:
    return frozenset(map(plain, privacy.public))
