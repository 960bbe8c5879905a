"""How a person or a device is reached, and what opens a door: numbers, accounts, keys."""

import base64
import ipaddress

from tests.quality.privacy.authored.draw import DIGITS, Draw, listed

LOWER = "abcdefghijklmnopqrstuvwxyz"
HEX = "0123456789abcdef"
ALNUM = LOWER + LOWER.upper() + DIGITS
MOBILE_PREFIXES = listed(
    "130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 162 "
    "165 166 167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 "
    "192 193 195 196 197 198 199"
)
AREAS = listed("010 020 021 022 023 024 025 027 028 029")
LONG_AREAS = listed(
    "0311 0351 0371 0411 0431 0451 0531 0551 0571 0591 0731 0755 0769 0771 0851 0871"
)
ACCOUNTS = listed(
    "zhangwei lina_2008 wangfang sunny.liu chenxiao hello_zhou mikeyang xuhui.lee afei tingting "
    "jason.wu huangsir bluecat dabao qiuyue laozhao snowpear tomato_egg"
)
HOSTS = listed("163.com 126.com gmail.com foxmail.com sina.com outlook.com 139.com yeah.net")
WORK_HOSTS = listed(
    "hengyuan-tech.com.cn ruifeng.cn mail.boya.edu.cn jinqiao.com zhongtai.net.cn wanhe.com.tw "
    "hoifung.com.hk cs.huateng.edu.cn"
)


def mobile(draw: Draw) -> str:
    return draw.one(MOBILE_PREFIXES) + draw.text(DIGITS, 8)


def grouped(draw: Draw, mark: str) -> str:
    number = mobile(draw)
    return mark.join([number[:3], number[3:7], number[7:]])


def mobile_dash(draw: Draw) -> str:
    return grouped(draw, "-")


def mobile_space(draw: Draw) -> str:
    return grouped(draw, " ")


def mobile_plus(draw: Draw) -> str:
    return draw.one(["+86 ", "+86", "+86-"]) + mobile(draw)


def mobile_zero(draw: Draw) -> str:
    return draw.one(["0086", "0086-", "86-"]) + mobile(draw)


def mobile_things(draw: Draw) -> str:
    """A 13-digit number of the internet of things."""
    return draw.one(["1410", "1440", "1441"]) + draw.text(DIGITS, 9)


def mobile_hk(draw: Draw) -> str:
    return f"+852 {draw.one('569')}{draw.text(DIGITS, 3)} {draw.text(DIGITS, 4)}"


def mobile_mo(draw: Draw) -> str:
    return f"+853 6{draw.text(DIGITS, 3)} {draw.text(DIGITS, 4)}"


def mobile_tw(draw: Draw) -> str:
    return f"09{draw.text(DIGITS, 2)}-{draw.text(DIGITS, 3)}-{draw.text(DIGITS, 3)}"


def mobile_tw_abroad(draw: Draw) -> str:
    return f"+886 9{draw.text(DIGITS, 2)} {draw.text(DIGITS, 3)} {draw.text(DIGITS, 3)}"


def _local(draw: Draw, length: int = 8) -> str:
    return draw.one("5678") + draw.text(DIGITS, length - 1)


def landline(draw: Draw) -> str:
    if draw.chance(0.4):
        return f"{draw.one(AREAS)}-{_local(draw)}"
    return f"{draw.one(LONG_AREAS)}-{_local(draw, draw.below(7, 8))}"


def landline_bracket(draw: Draw) -> str:
    return f"({draw.one(AREAS)}){_local(draw)}"


def landline_wide(draw: Draw) -> str:
    return f"（{draw.one(LONG_AREAS)}）{_local(draw)}"


def landline_extension(draw: Draw) -> str:
    return landline(draw) + draw.one(["转", "-", "转分机"]) + draw.digits(draw.below(3, 4))


def landline_tight(draw: Draw) -> str:
    return draw.one(AREAS) + _local(draw)


def landline_hk(draw: Draw) -> str:
    return f"+852 {draw.one('23')}{draw.text(DIGITS, 3)} {draw.text(DIGITS, 4)}"


def landline_mo(draw: Draw) -> str:
    return f"+853 28{draw.text(DIGITS, 2)} {draw.text(DIGITS, 4)}"


def landline_tw(draw: Draw) -> str:
    return f"(02){draw.one('2678')}{draw.text(DIGITS, 3)}-{draw.text(DIGITS, 4)}"


def email(draw: Draw) -> str:
    return f"{draw.own(ACCOUNTS)}{draw.text(DIGITS, draw.below(0, 4))}@{draw.one(HOSTS)}"


def email_qq(draw: Draw) -> str:
    return f"{draw.digits(draw.below(8, 10))}@qq.com"


def email_work(draw: Draw) -> str:
    return f"{draw.own(ACCOUNTS)}@{draw.own(WORK_HOSTS)}"


def qq(draw: Draw) -> str:
    return draw.digits(draw.below(6, 10))


def wechat(draw: Draw) -> str:
    return f"{draw.own(ACCOUNTS).replace('.', '-')}{draw.text(DIGITS, draw.below(2, 4))}"


def wechat_id(draw: Draw) -> str:
    return "wxid_" + draw.text(LOWER + DIGITS, 14)


def ip(draw: Draw) -> str:
    """A public address (IPv4)."""
    while True:
        address = ipaddress.IPv4Address(draw.below(1 << 24, 223 << 24))
        if address.is_global:
            return str(address)


def ip6(draw: Draw) -> str:
    """One of a mainland provider, short or long."""
    head = draw.one(["240e:", "2408:", "2409:"])
    if draw.chance(0.4):
        return f"{head}{draw.text(HEX, 4)}::{draw.one(HEX[1:])}{draw.text(HEX, 2)}"
    return head + ":".join(draw.one(HEX[1:]) + draw.text(HEX, 3) for _ in range(7))


def mac(draw: Draw, mark: str = ":") -> str:
    return mark.join(draw.text(HEX, 2) for _ in range(6)).upper()


def mac_dash(draw: Draw) -> str:
    return mac(draw, "-")


def mac_lower(draw: Draw) -> str:
    return mac(draw).lower()


def luhn(stem: str) -> str:
    """The number with its Luhn digit."""
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(reversed(stem))]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return stem + str(-total % 10)


def imei(draw: Draw) -> str:
    return luhn(draw.one(["86", "35"]) + draw.text(DIGITS, 12))


def aws(draw: Draw) -> str:
    return draw.one(["AKIA", "ASIA"]) + draw.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)


def github(draw: Draw) -> str:
    return draw.one(["ghp_", "gho_", "ghs_"]) + draw.text(ALNUM, 36)


def model_key(draw: Draw) -> str:
    return draw.one(["sk-", "sk-proj-"]) + draw.text(ALNUM, 48)


def aliyun(draw: Draw) -> str:
    return "LTAI5t" + draw.text(ALNUM, 18)


def google(draw: Draw) -> str:
    return "AIzaSy" + draw.text(ALNUM + "-_", 32) + draw.one(ALNUM)


def gitlab(draw: Draw) -> str:
    return "glpat-" + draw.text(ALNUM, 20)


def slack(draw: Draw) -> str:
    return f"xoxb-{draw.digits(12)}-{draw.digits(12)}-{draw.text(ALNUM, 24)}"


def token(draw: Draw) -> str:
    """A signed JSON token."""
    subject = f'{{"sub":"{draw.digits(10)}","iat":17{draw.text(DIGITS, 8)}}}'
    head = '{"alg":"HS256","typ":"JWT"}'
    parts = [
        base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (head, subject)
    ]
    return ".".join([*parts, draw.text(ALNUM + "-_", 42) + draw.one(ALNUM)])


def private_key(draw: Draw) -> str:
    kind = draw.one(["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"])
    lines = [draw.text(ALNUM + "+/", 64) for _ in range(3)]
    return "\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])


def password(draw: Draw) -> str:
    word = draw.one(["Zhang", "Qwer", "Hello", "Summer", "Dalian", "xiaomi", "Admin", "Love"])
    return word + draw.one("@!#$_") + draw.digits(draw.below(3, 6)) + draw.one(["", "x", "Kp", "z"])
