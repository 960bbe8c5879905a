import base64
import random
import string

import pytest

from quality.privacy.cued.secrets import is_placeholder
from tests.quality.privacy.cued.test_cued import found
from tests.quality.privacy.finding import finds_in_linear_time

WORD = string.ascii_letters + string.digits


def drawn(length: int, alphabet: str = WORD) -> str:
    return "".join(random.Random(length).choices(alphabet, k=length))


KEYS = [
    "AKIA" + drawn(16, string.ascii_uppercase + string.digits),
    *("ghp_" + drawn(36), "github_pat_" + drawn(82), "glpat-" + drawn(20), "sk-" + drawn(48)),
    *("sk-proj-" + drawn(64), "xoxb-" + drawn(40), "AIza" + drawn(35), "LTAI" + drawn(20)),
    *(
        "AKID" + drawn(32),
        "hf_" + drawn(34, string.ascii_letters),
        "npm_" + drawn(36),
        "ya29." + drawn(60),
    ),
    ".".join(("eyJ" + drawn(30), "eyJ" + drawn(80), drawn(43))),
]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:5])
@pytest.mark.parametrize(
    "around", ["{}", "用的是{}。", 'key = "{}"', "<{}>", "https://abc.com/?k={}&x=1"]
)
def test_a_key_of_a_known_format_needs_no_cue(key: str, around: str) -> None:
    assert [f[0::2] for f in found(around.format(key))] == [("secret", key)]


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])
def test_a_private_key_is_found_from_its_first_line_to_its_last(kind: str) -> None:
    body = base64.encodebytes(random.Random(1).randbytes(600)).decode()
    block = f"-----BEGIN {kind}PRIVATE KEY-----\n{body}-----END {kind}PRIVATE KEY-----"
    assert found(f"私钥如下：\n{block}\n请保存") == [("secret", "private_key", block)]
    public = block.replace("PRIVATE", "PUBLIC")
    assert found(public) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "密码：【Zs19850312】",
            "密碼：【Zs19850312】。",
            "口令是【T7#kq91z】",
            "初始密码为“【Hq@2023!x】”",
        ),
        *(
            "password: 【Xk9$mQ27vv】",
            'DB_PASSWORD="【Xk9mQ27vv】"',
            "pwd=【Xk9mQ27vv】;",
            "（密码：【Hq8823kk】）",
        ),
        *(
            '"api_key": "【9fA7kQ2mX8vB4nL1】"',
            "| 密码 | 【Zs19850312】 |",
            "<apikey>【9fA7kQ2mX8vB4nL1】</apikey>",
        ),
        *("mysql://app:【Xk9mQ27vv】@db.corp.com/x", "redis://:【Xk9mQ27vv】@localhost:6379/0"),
    ],
)
def test_a_password_beside_a_cue_is_found_alone(text: str) -> None:
    value = text[text.index("【") + 1 : text.index("】")]
    assert [f[0::2] for f in found(text.replace("【", "").replace("】", ""))] == [("secret", value)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "密码：******",
            "密码：见附件",
            "密码：请联系管理员",
            "密码是password",
            "密码：<password>",
            "密码：123456",
        ),
        *(
            "password: your-password",
            "password=${DB_PASSWORD1}",
            "token = {{ token1 }}",
            "pwd: xxxxxxxx",
        ),
        *(
            "password = os.environ['P1']",
            "token = getToken(1)",
            "password: config.password1",
            "token: string",
        ),
        *(
            "PublicKeyToken=b77a5c561934e089",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_" + "x" * 36,
            "sk-circle-fade-dot-a",
        ),
        *(
            "mysql://root:password@localhost/db",
            "amqp://guest:guest@localhost",
            "-----BEGIN PRIVATE KEY-----\n...\n",
        ),
        *("提取密码：www.abc123.com", "secretary: Li2023", "passes 20 tests"),
    ],
)
def test_placeholders_and_code_stay(text: str) -> None:
    assert found(text) == []


def test_a_placeholder_is_known_by_its_words_and_signs() -> None:
    assert all(
        map(is_placeholder, ["<secret>", "changeme", "abc123", "$PASS", "a.b.c1", "MY_TOKEN"])
    )
    assert not any(map(is_placeholder, ["Xk9mQ27", "9fA7-kQ2m", "zhangwei88"]))


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n",
            "eyJ",
            "eyJ.",
            "eyJa ",
        ),
        *("password=", "password:a1 ", "密码:", "密码:a1", "bearer ", "sk-a", "token=Xk9mQ27 "),
    ],
)
def test_time_is_linear_in_masses_of_cues_and_heads(unit: str) -> None:
    assert finds_in_linear_time(unit)
