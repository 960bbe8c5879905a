import re
from collections import Counter
from datetime import datetime
from functools import cache, partial
from ipaddress import ip_address

import pytest

from schemas.tables import FINDING_KINDS
from tests.benchmarks.privacy.agreement import measured
from tests.benchmarks.privacy.sets import Found, authored
from tests.quality.privacy.authored import HALVES, Case, Half, cases, contexts
from tests.quality.privacy.authored.case import SLOT, fill
from tests.quality.privacy.authored.clean import CLEAN
from tests.quality.privacy.authored.draw import Draw
from tests.quality.privacy.authored.spellings import SPELLINGS
from tests.quality.privacy.authored.values import VALUES

CONTEXTS_OF_A_KIND = 8
CASES_OF_A_KIND = 20
CASES = 1600


@cache
def made(half: Half) -> tuple[Case, ...]:
    return tuple(cases(half))


def drawn(name: str, times: int = 40) -> list[str]:
    return [(VALUES.get(name) or CLEAN[name])(Draw("tune", f"{name} {n}")) for n in range(times)]


def weighed(values: list[int], weights: list[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def passes_luhn(number: str) -> bool:
    digits = [int(d) for d in reversed(number)]
    return sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0


def is_resident(number: str) -> bool:
    """The check by powers of two (ISO 7064 MOD 11-2), and a day of the calendar."""
    values = [10 if c in "Xx" else int(c) for c in number]
    if weighed(values, [2**n % 11 for n in range(17, -1, -1)]) % 11 != 1:
        return False
    try:
        datetime.strptime(number[6:14], "%Y%m%d").astimezone()
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", ["resident_id", "resident_id.x", "resident_id.hmt"])
def test_resident_numbers_have_their_check_and_a_day_of_birth(name: str) -> None:
    assert all(is_resident(number) and len(number) == 18 for number in drawn(name))


def test_old_resident_numbers_have_a_day_of_birth() -> None:
    for number in drawn("resident_id.old"):
        assert len(number) == 15
        datetime.strptime("19" + number[6:12], "%Y%m%d").astimezone()


def test_what_is_meant_to_be_wrong_is_wrong() -> None:
    assert not any(
        is_resident(number) for name in ("wrong_id", "wrong_birth") for number in drawn(name)
    )
    assert not any(passes_luhn(n) for name in ("wrong_card", "wrong_device") for n in drawn(name))
    assert not any(is_credit_code(code) for code in drawn("wrong_code"))
    assert not any(ip_address(number).is_global for number in drawn("private_ip"))


@pytest.mark.parametrize("name", ["bank_card", "bank_card.long", "bank_card.groups", "imei"])
def test_cards_and_devices_pass_luhn(name: str) -> None:
    for number in drawn(name):
        digits = number.replace(" ", "")
        assert passes_luhn(digits)
        assert len(digits) == 15 if name == "imei" else 16 <= len(digits) <= 19


@pytest.mark.parametrize("name", ["hk_id", "hk_id.two", "hk_id.wide", "hk_id.plain"])
def test_hong_kong_numbers_have_their_check(name: str) -> None:
    for number in drawn(name):
        plain = re.sub(r"\W", "", number).rjust(9)
        values = [36 if c == " " else int(c, 36) for c in plain]
        assert weighed(values, list(range(9, 0, -1))) % 11 == 0


@pytest.mark.parametrize("name", ["tw_id", "tw_id.foreign"])
def test_taiwan_numbers_have_their_check(name: str) -> None:
    region = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
    for number in drawn(name):
        values = [int(d) for d in f"{region[number[0]]}{number[1:]}"]
        assert weighed(values, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0


@pytest.mark.parametrize("name", ["credit_code", "credit_code.sole", "credit_code.office"])
def test_credit_codes_have_both_checks(name: str) -> None:
    for code in drawn(name):
        assert is_credit_code(code)
        assert is_organisation(code[8:17])


def is_credit_code(code: str) -> bool:
    values = ["0123456789ABCDEFGHJKLMNPQRTUWXY".index(c) for c in code]
    return weighed(values, [3**n % 31 for n in range(17)] + [1]) % 31 == 0


def is_organisation(code: str) -> bool:
    values = [int(c, 36) for c in code[:8]]
    check = 10 if code[8] == "X" else int(code[8])
    return (weighed(values, [3, 7, 9, 10, 5, 8, 4, 2]) + check) % 11 == 0


def test_organisation_codes_have_their_check() -> None:
    assert all(is_organisation(code.replace("-", "")) for code in drawn("organisation_code"))


FORMS = {
    "permit.home": r"[HM]\d{8}",
    "permit.home10": r"[HM]\d{10}",
    "permit.taiwan": r"\d{8}",
    "permit.to_hk": r"C\d{8}|C[A-Z]\d{7}",
    "permit.to_tw": r"L\d{8}",
    "permit.foreign": r"9\d{16}[\dX]",
    "permit.foreign_old": r"[A-Z]{3}\d{12}",
    "passport": r"[EG]\d{8}",
    "passport.new": r"E[A-HJ-NP-Z]\d{7}",
    "passport.official": r"[DSP]E\d{7}",
    "mo_id": r"[157]\d{6}\(\d\)",
    "mo_id.slash": r"[157]\d{6}/\d",
    "driver_file": r"\d{12}",
    "mobile": r"1(3\d|4[579]|5[0-35-9]|6[2567]|7[0-35-8]|8\d|9[0-35-9])\d{8}",
    "mobile.things": r"14(10|40|41)\d{9}",
    "mobile.tw": r"09\d{2}-\d{3}-\d{3}",
    "landline": r"0(10|2\d)-\d{8}|0[3-9]\d\d-\d{7,8}",
    "plate": r"[^\W\d_a-zA-Z][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}",
    "plate.electric": r"[^\W\d_a-zA-Z][A-HJ-NP-Z][A-HJK]\d{5}",
    "plate.lorry": r"[^\W\d_a-zA-Z][A-HJ-NP-Z]\d{5}[DF]",
    "qq": r"[1-9]\d{4,10}",
    "wechat": r"[A-Za-z][-\w]{5,19}",
    "email": r"[\w.]+@[\w.]+\.\w+",
    "mac": r"([\dA-F]{2}:){5}[\dA-F]{2}",
    "secret.aws": r"A[KS]IA[A-Z2-7]{16}",
    "secret.github": r"gh[pos]_[A-Za-z0-9]{36}",
    "secret.token": r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}",
    "chemical": r"\d{2,5}-\d{2}-\d",
    "isbn": r"978-7-\d{3}-\d{5}-\d",
}


@pytest.mark.parametrize("name", FORMS)
def test_values_have_the_form_of_their_kind(name: str) -> None:
    assert [value for value in drawn(name) if not re.fullmatch(FORMS[name], value)] == []


def test_addresses_on_the_net_are_public() -> None:
    for name in ("ip", "ip.six"):
        assert all(ip_address(address).is_global for address in drawn(name))


@pytest.mark.parametrize("kind", [name for name in VALUES if name.startswith("address")])
def test_addresses_reach_a_door(kind: str) -> None:
    door = re.compile(r"\d(号|號|室|樓|座|之\d)")
    assert all(door.search(value) for value in drawn(kind))


def test_spans_hold_the_value_that_was_put_in() -> None:
    case = fill("患者«name»，电话«~mobile»，余额«price»元", "mobile", Draw("tune", "a test"))
    name, mobile = case.spans
    assert (name.kind, mobile.kind, case.spelling) == ("name", "mobile", "obfuscated")
    assert case.text[: name.start] == "患者"
    assert case.text[name.end :].startswith("，电话")
    assert case.text[mobile.end :].startswith("，余额")


@pytest.mark.parametrize("half", HALVES)
def test_spans_are_in_order_and_within_the_text(half: Half) -> None:
    for case in made(half):
        at = 0
        for span in case.spans:
            assert at <= span.start < span.end <= len(case.text)
            assert span.kind in FINDING_KINDS
            assert not re.search(r"^\s|\s$", case.text[span.start : span.end])
            at = span.end
        assert "«" not in case.text


@pytest.mark.parametrize("half", HALVES)
def test_every_slot_is_known_and_only_negatives_are_clean(half: Half) -> None:
    for collection, group, context in contexts(half):
        slots = SLOT.findall(context)
        assert len(slots) == context.count("«") == context.count("»"), context
        kinds = {name.split(".")[0] for _, name in slots if name in VALUES}
        assert bool(kinds) is (collection != "NEGATIVES"), context
        assert any(hidden for hidden, _ in slots) is (collection == "OBFUSCATED"), context
        assert group == "mixed" or collection == "NEGATIVES" or group in kinds, context


@pytest.mark.parametrize("half", HALVES)
def test_each_kind_has_many_contexts_and_cases(half: Half) -> None:
    plain = Counter(group for sort, group, _ in contexts(half) if sort == "POSITIVES")
    spans = Counter(span.kind for case in made(half) for span in case.spans)
    hidden = {case.group for case in made(half) if case.spelling == "obfuscated"}
    for kind in FINDING_KINDS:
        assert plain[kind] >= CONTEXTS_OF_A_KIND, kind
        assert spans[kind] >= CASES_OF_A_KIND, kind
        assert kind in hidden, kind


def test_the_set_is_large_enough() -> None:
    positives = sum(1 for half in HALVES for case in made(half) if case.spans)
    negatives = sum(1 for half in HALVES for case in made(half) if not case.spans)
    assert positives >= CASES
    assert negatives >= CASES


def test_the_halves_share_no_context_and_no_sentence() -> None:
    tune, final = ({context for _, _, context in contexts(half)} for half in HALVES)
    assert not tune & final
    bare = [{SLOT.sub("", context) for context in half} for half in (tune, final)]
    assert not bare[0] & bare[1]
    assert not {case.text for case in made("tune")} & {case.text for case in made("final")}


def test_no_context_stands_twice() -> None:
    for half in HALVES:
        counted = Counter(context for _, _, context in contexts(half))
        assert [context for context, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("half", HALVES)
def test_the_same_code_gives_the_same_set(half: Half) -> None:
    assert tuple(cases(half)) == made(half)


def test_every_maker_is_used_and_every_spelling_has_a_value() -> None:
    used = {
        name for half in HALVES for _, _, text in contexts(half) for _, name in SLOT.findall(text)
    }
    assert set(VALUES) - used == set()
    assert set(CLEAN) - used == set()
    assert set(SPELLINGS) <= set(VALUES)


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_keep_the_value_readable(name: str) -> None:
    """Never shorter than the value, but for the sign of a full stop that became a word."""
    for spell in SPELLINGS[name]:
        for n in range(20):
            draw = Draw("final", f"{name} {spell.__name__} {n}")
            value = VALUES[name](draw)
            assert len(spell(draw, value)) >= len(value)


def recalled(truth: dict[str, list[Found]], texts: list[str]) -> list[list[Found]]:
    return [truth[text] for text in texts]


@pytest.mark.parametrize("half", HALVES)
def test_a_finder_that_knows_the_truth_agrees_with_it(half: Half) -> None:
    for part in authored(half).values():
        truth = dict(zip(part.texts, part.truth, strict=True))
        table = measured(partial(recalled, truth), part)
        assert table["f1"].drop_nulls().min() in {1.0, None}
        assert table["covered"].drop_nulls().min() in {1.0, None}
