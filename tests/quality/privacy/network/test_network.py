import pytest

from tests.quality.privacy.cued.test_cued import found
from tests.quality.privacy.finding import finds_in_linear_time


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.4.4", "202.96.134.133", "2408:8207:24c5:1a10::5", "240E:3B7:3272::1:F"),
        "2409:8a00:1234:5678:9abc:def0:1234:5678",
    ],
)
@pytest.mark.parametrize("around", ["登录IP：{}", "IP地址{}，", "http://[{}]:8080/", "（{}）"])
def test_public_addresses_are_found_alone(address: str, around: str) -> None:
    if "." in address and "IP" not in around:
        around = f"IP{around}"
    assert [f[0::2] for f in found(around.format(address))] == [("ip", address)]


@pytest.mark.parametrize(
    "text",
    [
        *("192.0.2.7", "198.51.100.20", "203.0.113.254", "IP：192.0.2.1", "2001:db8::1"),
        *("IPv6 2001:0DB8:0:0:1:2:3:4", "3fff::1:2", "fe80::2001:1", "fd00:2001:2:3:4:5:6:7"),
        *("时间2023:10:11", "std::vector", "2001::", "2400:cb00::/32", "70.0.168.192.in-addr.arpa"),
    ],
)
def test_addresses_of_documents_and_of_nobody_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "value", ["08:00:27:5f:28:8b", "08-00-27-5F-28-8B", "0800.275f.288b", "0800275f288b"]
)
def test_a_mac_is_found_in_each_of_its_forms_beside_a_cue(value: str) -> None:
    assert [f[0::2] for f in found(f"网卡MAC地址：{value}")] == [("mac", value)]


@pytest.mark.parametrize(
    "text", ["0800.275f.288b", "0800275f288b", "MAC 00:00:5E:00:53:0a", "提交mac-0800275f288b"]
)
def test_a_mac_without_a_cue_or_of_documents_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("unit", ["1.", "2001:", "00:", "2001::", "aa:bb:", "1a2b."])
def test_time_is_linear_in_masses_of_addresses(unit: str) -> None:
    assert finds_in_linear_time(unit)
