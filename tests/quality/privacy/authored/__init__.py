"""Chinese sentences with made-up personal data, and sentences that only look so, all labelled.

How it was made. Every context (`tune.py`, `tune_more.py`, `final.py`, and the clean ones) was
written by hand, without sight of the finders, from the formats their standards give and from how
people write. Values are drawn by a seeded generator and are valid: checksums, regions, number
plans, issuers; Macau publishes no check digit, so it is drawn. No number, person or flat is meant
to exist; provinces, cities and districts do. The same code gives the same set.

Two halves. `tune` is for looking at while finders are worked on: clinics, a city's hotline,
couriers, chats, forums, CSV, Taiwan. `final` is held out, to be scored and not read: courts,
banks, schools, job ads, JSON, tables, Hong Kong and Macau. `tune_more.py` (numbers) and
`tune_cued.py` (what is known by its cue) came later, without sight of `final`, and give `tune` such
sorts too. The halves share no context; each draws from its own half of every list of names and
places. The kinds and the ways of spelling are the same. A context is filled several times, so an
interval over cases is narrower than one over contexts would be.

What a span is. The value as a reader would cut it out:

- `name` without title; a surname with a title (王女士) or 某 is nowhere labelled, and only the
  second is used.
- `address` from the widest place written to the last door part.
- `mobile`, `landline` with the prefix of the country or area, brackets, and extension.
- `hk_id`, `mo_id` with the bracketed check digit.
- `resident_id` also for the residence permits of Hong Kong, Macau and Taiwan residents, which have
  its form; `permit` for all other permits, and for foreigners' permanent residence.
- `social_security` for numbers of social and of medical insurance; `medical_record` for those a
  hospital gives, a visitor's card too; `qq` for a number said to be both of QQ and WeChat.
- `credit_code` of companies, offices and sole traders alike; `landline` of any office, but no
  hotline or service number.
- `birth_date` the date alone, to its 日; `secret` the password or key alone, a private key from
  its first line to its last.
- A value in an obfuscated spelling from its first character to its last.

Everything else in a case, positive or negative, is nobody's.
"""

from types import ModuleType

from tests.quality.privacy.authored import (
    final,
    final_clean,
    tune,
    tune_clean,
    tune_cued,
    tune_more,
)
from tests.quality.privacy.authored.case import Case, Span, fill
from tests.quality.privacy.authored.draw import HALVES, Draw, Half

__all__ = ["HALVES", "Case", "Half", "Span", "cases", "contexts"]

FILLED = {"POSITIVES": 4, "OBFUSCATED": 12, "NEGATIVES": 7}
"""How often a context is filled. One without slots gives one case; in obfuscated ones it is the
spelling that varies."""
MODULES: dict[Half, tuple[ModuleType, ...]] = {
    "tune": (tune, tune_clean, tune_cued, tune_more),
    "final": (final, final_clean),
}


def cases(half: Half) -> list[Case]:
    """All cases of a half, each text once, in the order of the contexts."""
    made: dict[str, Case] = {}
    for collection, group, context in contexts(half):
        for n in range(FILLED[collection]):
            case = fill(context, group, Draw(half, f"{context} {n}"))
            made.setdefault(case.text, case)
    return list(made.values())


def contexts(half: Half) -> list[tuple[str, str, str]]:
    """The collection, the group and the text of every context of a half."""
    listed = []
    for module in MODULES[half]:
        for collection in FILLED:
            for group, lines in getattr(module, collection, {}).items():
                listed += [(collection, group, line) for line in lines.strip("\n").split("\n")]
    return [(collection, group, line.replace("⏎", "\n")) for collection, group, line in listed]
