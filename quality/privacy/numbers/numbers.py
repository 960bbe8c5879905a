"""Which runs of letters and digits the finders of numbers look at, and their cues.

The finders are kept by subject: telephones, identity papers, codes, plates. Numbers that are
written in another way than as one run, or in a few groups, are found in `hidden`.
"""

from collections.abc import Callable, Iterator

from quality.privacy.hits import Hit
from quality.privacy.numbers import codes, identities, near, phones, plates
from quality.privacy.spotting import Mask, Runs, is_letter, one_of

Verify = Callable[[str, int, int], Hit | None]
AtCue = Callable[[str, int], Iterator[Hit]]

CUED: tuple[tuple[tuple[str, ...], AtCue], ...] = (
    (codes.ORGANISATION_HEADS, codes.organisation),
    (codes.DRIVER_HEADS, codes.driver_file),
    (codes.IMEI_HEADS, codes.imei),
)
"""The first two characters of cues, and who looks at what stands beside them."""


def families(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    """Which runs each finder should look at, and the finder."""
    yield from _telephones(runs)
    yield from _papers(runs)
    yield from near.families(runs)
    number, length = runs.numeric, runs.length
    yield ((length == 15) | (length == 18)) & (runs.digits >= 8), codes.eighteen
    yield number & (length >= 16) & (length <= 19), codes.card
    pair = (length == 29) & (runs.digits >= 28)
    yield pair, identities.first_of_pair
    yield pair, identities.second_of_pair
    letter = is_letter(runs.first)
    parted = one_of(runs.before, "·.- ") & is_letter(runs.second_before)
    yield (
        (length >= 5)
        & (length <= 7)
        & letter
        & (
            one_of(runs.before, plates.PROVINCES)
            | one_of(runs.before, "·.- ") & one_of(runs.second_before, plates.PROVINCES)
        )
        | (length >= 4) & (length <= 6) & parted & one_of(runs.third_before, _BEFORE_LETTER),
        plates.plate,
    )
    yield (
        number & (length == 6) & (one_of(runs.before, "使") | one_of(runs.after, "使")),
        (plates.embassy),
    )
    yield (runs.first == ord("W")) & (length <= 7) & (length >= 2), plates.armed_police


_BEFORE_LETTER = plates.PROVINCES + "·.- "


def _telephones(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    number, length = runs.numeric, runs.length
    zero = runs.first == ord("0")
    eight = runs.first == ord("8")
    one = runs.first == ord("1")
    code = number & (length >= 2) & (length <= 4) & (eight | zero) & one_of(runs.after, " -)(./")
    yield (
        number
        & one
        & ((length == 11) | (length == 13) | (length == 3) & one_of(runs.after, " -.·"))
        | number & (eight | zero) & ((length == 12) | (length == 13) | (length == 15))
        | code & (length != 3),
        phones.mobile,
    )
    yield (
        (length == 11) & (runs.digits >= 4) & (runs.digits < 11) & one_of(runs.first, "1lI"),
        (phones.spelled_with_letters),
    )
    yield (
        code | number & (eight | zero) & (length >= 10) & (length <= 14),
        phones.landline,
    )
    another = one_of(runs.before, "/、,;或和及 ") & one_of(
        runs.second_before, "0123456789/、,;或和及"
    )
    yield number & (length >= 7) & (length <= 8) & another, phones.beside_landline


def _papers(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    number, length, after = runs.numeric, runs.length, runs.after
    lettered = (length >= 7) & (length <= 8)
    spaced = (length == 6) & (runs.before == ord(" ")) & is_letter(runs.second_before)
    yield (runs.digits == 6) & (lettered | spaced) & one_of(after, "([ "), identities.hk_id
    yield (runs.digits >= 8) & (length == 10) & is_letter(runs.first), identities.tw_id
    whole = (length == 7) | (length == 8) | (length == 1) & (after == ord("/"))
    yield number & whole & one_of(runs.first, "157"), identities.mo_id
