"""A delivery against what was agreed."""

from collections.abc import Sequence

from schemas.acceptance import Judged, Report, Verdict
from schemas.errors import IntegrityError, TermsError
from schemas.terms import Terms


def judged(terms: Terms, records: dict[str, int], read: int, tokens: int) -> tuple[Judged, ...]:
    """Each term that is asked; `records` has the count that each share is of the records read.

    >>> judged(Terms(max_rejected="29%"), {"max_rejected": 29}, 100, 0)[0].met
    True
    """
    return tuple(
        _judged(term, asked, tokens if term == "min_tokens" else _share(records[term], read))
        for term, asked in terms.asked.items()
    )


def _judged(term: str, asked: float, measured: float | None) -> Judged:
    # A share is asked as a decimal and measured by one division: at the border both are the same.
    if measured is None:
        met = False
    else:
        met = measured >= asked if term.startswith("min_") else measured <= asked
    return Judged(term=term, asked=asked, measured=measured, met=met)


def _share(records: int, read: int) -> float | None:
    return records / read if read else None


def verdict(terms: Sequence[Judged], *, whole: bool) -> Verdict:
    """What follows from the terms for a delivery that is read and decided as a `whole`, or not."""
    if not terms:
        return "no_terms"
    if not whole:
        return "open"
    return "accepted" if all(term.met for term in terms) else "not_accepted"


def raise_missed(reports: Sequence[Report]) -> None:
    """Say by an error which deliveries do not keep to their terms.

    Raises:
        TermsError: one line for each delivery that does not.
        IntegrityError: of the others some cannot be judged yet.
    """
    missed = [one for one in reports if one.verdict == "not_accepted"]
    if missed:
        lines = (f"{one.source} is not accepted: {_missed(one)}" for one in missed)
        raise TermsError("\n".join(lines))
    if waiting := [one.source for one in reports if one.verdict == "open"]:
        raise IntegrityError(
            f"not to be judged yet: {', '.join(waiting)}; nothing was read of it, or the build is "
            "not complete: run 'wenyuan build'"
        )


def _missed(report: Report) -> str:
    return "; ".join(told(term) for term in report.terms if not term.met)


def told(term: Judged) -> str:
    """A term in words.

    >>> told(Judged(term="max_own_copies", asked=0.1, measured=0.125, met=False))
    'own copies 12.5%, at most 10% asked'
    """
    least, _, what = term.term.partition("_")
    bound = {"min": "at least", "max": "at most"}[least]
    asked, measured = (number(value) for value in (term.asked, term.measured))
    return f"{what.replace('_', ' ')} {measured}, {bound} {asked} asked"


def number(value: float | None) -> str:
    """A share as a percentage with as many digits as tell it apart, or a count.

    >>> number(0.02), number(0.3333), number(1_000_000), number(None)
    ('2%', '33.33%', '1,000,000', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value * 100:.2f}".rstrip("0").rstrip(".") + "%"
