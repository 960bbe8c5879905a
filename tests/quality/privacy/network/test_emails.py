import pytest

from tests.quality.privacy.cued.test_cued import found
from tests.quality.privacy.finding import finds_in_linear_time


@pytest.mark.parametrize(
    "sign", ["@", "＠", "(at)", "[at]", "{at}", "【at】", "艾特", " 艾特 ", "#", " @ "]
)
@pytest.mark.parametrize("dot", [".", "．", "点", "[dot]", "(点)", "。", " dot ", " . "])
def test_every_spelling_of_the_sign_and_of_the_dot_is_read(sign: str, dot: str) -> None:
    address = f"zhang_san{sign}163{dot}com"
    [(kind, rule, value)] = found(f"请写信到{address}，谢谢")
    assert (kind, value) == ("email", address)
    assert rule == ("at" if sign in "@＠" and dot in ".．" else "hidden_at")


def test_a_sentence_that_follows_is_no_part_of_the_domain() -> None:
    assert found("发到zhangsan@qq.com。Please reply") == [("email", "at", "zhangsan@qq.com")]


@pytest.mark.parametrize("local", ["service", "info", "NoReply", "webmaster", "kefu"])
def test_a_mailbox_of_a_role_says_so(local: str) -> None:
    assert found(f"来信请寄{local}@abc.com.cn") == [("email", "public", f"{local}@abc.com.cn")]


@pytest.mark.parametrize(
    "text",
    [
        *("someone@made-up.invalid", "某人 艾特 a 点 invalid", "scp x root@example.com:/tmp"),
        *(
            "[user@web01.abc.com ~]$ ls",
            "https://user@abc.com/x",
            "@types/node@18.2.0",
            "meet @ home",
        ),
        *("look at foo.bar", "start_at_time.now", "C#.net"),
    ],
)
def test_what_is_no_mailbox_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "unit", ["@", "a@", "a@ ", "a@a.", "艾特", "a艾特", "a(at)", "a#", "a b ", "//a:b@"]
)
def test_time_is_linear_in_masses_of_signs(unit: str) -> None:
    assert finds_in_linear_time(unit)
