"""How findings are judged against labelled texts: generously, where a tool names other kinds.

A finding is right if it covers a truth exactly and the tool's type can mean the truth's kind. Left
out of the count are types that mean nothing of ours (URL, Bitcoin), dates and places that are no
date of birth and no address, and whatever overlaps a finding that is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from quality.privacy.agreement import TOTAL, agreement
from schemas.tables import FINDING_KINDS
from tests.benchmarks.privacy.sets import Found, rows
from tests.quality.privacy.authored import Case, Span

_PHONE = ("mobile", "landline")
_IDENTITY = ("resident_id", "permit")
MEANT: Mapping[str, tuple[str, ...]] = {
    **{kind: (kind,) for kind in FINDING_KINDS},
    # Presidio, and dolma
    "PHONE_NUMBER": _PHONE,
    "EMAIL_ADDRESS": ("email",),
    "IP_ADDRESS": ("ip",),
    "MAC_ADDRESS": ("mac",),
    "CREDIT_CARD": ("bank_card",),
    "DATE_TIME": ("birth_date",),
    "CN_ID": _IDENTITY,
    "CN_MOBILE": ("mobile",),
    # scrubadub
    "phone": _PHONE,
    "credit_card": ("bank_card",),
    "credential": ("secret",),
    # privyscope
    "PHONE": _PHONE,
    "ID_NUM": (*_IDENTITY, "passport", "hk_id", "mo_id", "tw_id", "driver_file", "social_security"),
    "EMAIL": ("email",),
    "BANK": ("bank_card",),
    "USCC": ("credit_code",),
    "DEVICE": ("mac", "imei"),
    "IP": ("ip",),
    "SECRET": ("secret",),
    "LOC": ("address",),
    "DATE": ("birth_date",),
    # data-juicer
    "_email_re": ("email",),
    "_secret_kv": ("secret",),
    "_jwt_re": ("secret",),
    "_pem_block": ("secret",),
    "_phone_cn": _PHONE,
    "_phone_intl": _PHONE,
    "_id_card_cn": _IDENTITY,
    "_ipv4_re": ("ip",),
    "_ipv6_re": ("ip",),
    "_mac_re": ("mac",),
}
"""What each type can mean of ours."""
_MOSTLY_OTHER = frozenset({"DATE_TIME", "DATE", "LOC"})
"""Types whose findings count only where they are right."""


class Judged(NamedTuple):
    """`agreement` is of exact spans; the rest are shares, 0 to 1.

    `touched` are truths that a finding of a right kind overlaps; `flagged` are texts without
    personal data in which something is found.
    """

    agreement: pl.DataFrame
    touched: float
    flagged: float

    def total(self, column: str) -> float:
        """A column of the agreement over all kinds; 0 where there is nothing to divide by."""
        value: float | None = self.agreement.row(by_predicate=pl.col("kind") == TOTAL, named=True)[
            column
        ]
        return value or 0

    @property
    def own_f1(self) -> float:
        """F1 over the kinds of which anything is found rightly."""
        own = self.agreement.filter(pl.col("kind") != TOTAL, pl.col("right") > 0)
        truths, found, right = own.select("truths", "found", "right").sum().row(0)
        return float(2 * right / max(truths + found, 1))


def judge(cases: Sequence[Case], found: Sequence[Sequence[Found]]) -> Judged:
    """What `found`, one list for each case in the tool's own names, is worth."""
    both = list(zip(cases, found, strict=True))
    truth = [[(span.start, span.end, span.kind) for span in case.spans] for case in cases]
    counted = [list(_counted(case, these)) for case, these in both]
    touched = [_touched(span, these) for case, these in both for span in case.spans]
    flagged = [bool(these) for case, these in zip(cases, counted, strict=True) if not case.spans]
    return Judged(agreement(rows(truth), rows(counted)), _mean(touched), _mean(flagged))


def _counted(case: Case, found: Sequence[Found]) -> Iterator[Found]:
    """Each finding that counts, under the kind of the truth it hits, or the first it can mean."""
    right: list[Found] = []
    for start, end, name in found:
        kinds = MEANT.get(name, ())
        hits = (s for s in case.spans if (s.start, s.end) == (start, end) and s.kind in kinds)
        right += [(start, end, span.kind) for span in hits]
    yield from right
    for start, end, name in found:
        overlapping = any(start < right_end and begin < end for begin, right_end, _ in right)
        if name in MEANT and name not in _MOSTLY_OTHER and not overlapping:
            yield start, end, MEANT[name][0]


def _touched(truth: Span, found: Sequence[Found]) -> bool:
    return any(
        start < truth.end and truth.start < end and truth.kind in MEANT.get(name, ())
        for start, end, name in found
    )


def _mean(flags: list[bool]) -> float:
    return sum(flags) / max(len(flags), 1)
