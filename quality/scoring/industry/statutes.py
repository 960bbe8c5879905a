"""What a statute is about by its title."""

import re
from collections.abc import Sequence
from functools import cache

import polars as pl

from quality.kernels.fold import fold, fold_all
from quality.scoring.industry.terms import terms

CODES = {
    "B": "law_judiciary",
    "C": "law_judiciary",
    "G": "finance_economics",
    "H": "subject_education",
    "I": "law_judiciary",
    "L": "medicine_health_psychology_tcm",
    "M": "agriculture_forestry_animal_husbandry_fishery",
    "R": "current_affairs_government_administration",
    "S": "current_affairs_government_administration",
}
"""What Taiwan statutes govern by the first letter of their numbers, where the title tells less."""

_OFFICE = re.compile("組織條例|組織規程|編制表|處務規程|辦事細則|组织条例|组织法|組織法")
_CODE = re.compile(r"/([A-Z])\d{7}\.json$")


def subjects(ids: Sequence[str], texts: Sequence[str]) -> list[str]:
    """What each statute governs by the terms in its title; `law_judiciary` where it has none."""
    titles = [text.lstrip("# ").partition("\n")[0] for text in texts]
    return [
        _subject(id_, title, hits)
        for id_, title, hits in zip(ids, titles, spoken_of(titles), strict=True)
    ]


def spoken_of(texts: Sequence[str]) -> list[list[str]]:
    """The industries that the terms in each text are of, one for each term there."""
    known = _industries()
    folded = pl.Series(fold_all(pl.Series(texts, dtype=pl.String)), dtype=pl.String)
    hits = folded.str.extract_many(list(known), overlapping=False, leftmost=True)
    return [[name for term in found for name in known[term]] for found in hits.to_list()]


@cache
def _industries() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in terms().items():
        for term in {fold(one) for one in listed}:
            found[term] = (*found.get(term, ()), name)
    return found


def _subject(id_: str, title: str, hits: Sequence[str]) -> str:
    if _OFFICE.search(title):
        return "current_affairs_government_administration"
    named = [name for name in hits if name != "law_judiciary"]
    if named:
        return max(named, key=named.count)
    code = _CODE.search(id_)
    return CODES.get(code[1], "law_judiciary") if code else "law_judiciary"
