"""From findings to text without them: masks, pseudonyms, and proof that nothing is left."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import polars as pl

from quality.privacy.finding import find
from quality.privacy.view import folded
from schemas.errors import ConfigError
from schemas.tables import FINDING_KINDS, FINDINGS

ACTIONS = ("mask", "pseudonymise", "keep")

_KINDS = {label: kind for kind, label in FINDING_KINDS.items()}
_NUMBERED = re.compile(f"〔({'|'.join(_KINDS)})([0-9]+)〕")


class Finding(TypedDict):
    """One element of a list of FINDINGS."""

    kind: str
    start: int
    end: int
    rule: str
    confidence: float
    sensitive: list[str]


@dataclass(slots=True, repr=False)
class Pseudonyms:
    """The numbers given out in one document, by kind and value; it has no repr: it holds values."""

    last: dict[str, int] = field(default_factory=dict)
    given: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def beside(cls, text: str) -> "Pseudonyms":
        """Numbers that go on where placeholders already in `text` leave off."""
        last: dict[str, int] = {}
        for label, number in _NUMBERED.findall(text):
            last[_KINDS[label]] = max(last.get(_KINDS[label], 0), int(number))
        return cls(last)

    def placeholder(self, kind: str, value: str) -> str:
        """〔label n〕, the same n for the same value whatever its width or script."""
        key = (kind, folded(value))
        if key not in self.given:
            self.given[key] = self.last[kind] = self.last.get(kind, 0) + 1
        return f"〔{FINDING_KINDS[kind]}{self.given[key]}〕"


def redact(text: pl.Series, findings: pl.Series, actions: Mapping[str, str]) -> pl.Series:
    """Each text with its findings masked, numbered or kept, as `actions` says kind by kind.

    A kind without an action is masked. Texts without findings are passed over. What only shows
    once its neighbour is masked is redacted too, until nothing but kept kinds is found.

    Raises:
        ConfigError: `actions` names an unknown kind or action.

    >>> text = pl.Series(["姓名：王小明，电话13812345678"])
    >>> redact(text, find(text), {"name": "pseudonymise"}).item()
    '姓名：〔姓名1〕，电话〔手机号〕'
    """
    _check(actions)
    rows = findings.list.len().fill_null(0).gt(0).arg_true()
    done: list[str] = text.gather(rows).to_list()
    names = [Pseudonyms.beside(one) for one in done]
    todo: list[int] = list(range(len(done)))
    ledger: list[list[Finding]] = findings.gather(rows).to_list()
    while todo:
        for row, found in zip(todo, ledger, strict=True):
            done[row] = _replaced(done[row], found, actions, names[row])
        again: list[list[Finding]] = find(pl.Series([done[row] for row in todo])).to_list()
        left = [any(actions.get(f["kind"]) != "keep" for f in found) for found in again]
        todo = [row for row, more in zip(todo, left, strict=True) if more]
        ledger = [found for found, more in zip(again, left, strict=True) if more]
    return text.clone().scatter(rows, pl.Series(done, dtype=pl.String)) if done else text


def _replaced(
    text: str, findings: Sequence[Finding], actions: Mapping[str, str], names: Pseudonyms
) -> str:
    pieces: list[str] = []
    at = 0
    for found in findings:
        kind, action = found["kind"], actions.get(found["kind"], "mask")
        value = text[found["start"] : found["end"]]
        pieces.append(text[at : found["start"]])
        if action == "keep":
            pieces.append(value)
        elif action == "pseudonymise":
            pieces.append(names.placeholder(kind, value))
        else:
            pieces.append(f"〔{FINDING_KINDS[kind]}〕")
        at = found["end"]
    return "".join((*pieces, text[at:]))


def masked(text: str, findings: Sequence[Finding] | None = None) -> str:
    """One text with everything in `findings` (by default, what is found in it) masked.

    >>> masked("请发至zhangsan@example.com。")
    '请发至〔邮箱〕。'
    """
    one = pl.Series([text])
    ledger = find(one) if findings is None else pl.Series([findings], dtype=FINDINGS)
    return str(redact(one, ledger, {}).item())


def survivors(text: pl.Series, kinds: Collection[str]) -> int:
    """How many findings of `kinds` are found in `text`: 0 after they were masked.

    >>> survivors(pl.Series(["电话13812345678", "电话〔手机号〕"]), {"mobile"})
    1
    """
    found = find(text).drop_nulls().explode(empty_as_null=False).struct.field("kind")
    return int(found.is_in(list(kinds)).sum())


def _check(actions: Mapping[str, str]) -> None:
    for kind, action in actions.items():
        if kind not in FINDING_KINDS:
            raise ConfigError(
                f"no finding is of kind {kind!r}: there are {', '.join(FINDING_KINDS)}"
            )
        if action not in ACTIONS:
            raise ConfigError(
                f"{kind}: no action is called {action!r}: there are {', '.join(ACTIONS)}"
            )
