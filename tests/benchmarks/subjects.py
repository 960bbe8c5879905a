"""What a statute is about by its title."""

import re
from collections.abc import Sequence

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


def statutes(ids: Sequence[str], texts: Sequence[str]) -> list[str]:
    """What each statute governs by the terms in its title; `law_judiciary` where it has none."""
    industries: dict[str, set[str]] = {}
    for name, listed in terms().items():
        for term in listed:
            industries.setdefault(fold(term), set()).add(name)
    titles = [text.lstrip("# ").partition("\n")[0] for text in texts]
    folded = pl.Series(fold_all(pl.Series(titles, dtype=pl.String)), dtype=pl.String)
    hits = folded.str.extract_many(list(industries), overlapping=False, leftmost=True)
    return [
        _statute(id_, title, [industries[term] for term in found])
        for id_, title, found in zip(ids, titles, hits.to_list(), strict=True)
    ]


def _statute(id_: str, title: str, hits: Sequence[set[str]]) -> str:
    if _OFFICE.search(title):
        return "current_affairs_government_administration"
    named = [name for names in hits for name in names if name != "law_judiciary"]
    if named:
        return max(named, key=named.count)
    code = _CODE.search(id_)
    return CODES.get(code[1], "law_judiciary") if code else "law_judiciary"
