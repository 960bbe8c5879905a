"""The signals of phrases, addresses, contacts and pinyin the slow and obvious way."""

import functools
import importlib.resources
import re
import unicodedata

import quality.scoring
from tests.quality.scoring.slow_characters import is_digit, is_han, narrow
from tests.quality.scoring.slow_lines import Line, share

SPAM = ("gambling", "porn", "advertising")
DOMAINS = [
    "com",
    "cn",
    "net",
    "org",
    "gov",
    "edu",
    "cc",
    "top",
    "xyz",
    "vip",
    "tv",
    "hk",
    "tw",
    "biz",
    "mobi",
    "club",
    "site",
    "wang",
    "shop",
    "ltd",
    "pro",
    "asia",
    "jp",
    "kr",
    "uk",
    "ru",
]
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿế\u0300\u0301\u0304\u030c"
INITIALS = [
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "r",
    "z",
    "c",
    "s",
    "y",
    "w",
    "zh",
    "ch",
    "sh",
]
FINALS = [
    "a",
    "o",
    "e",
    "ai",
    "ei",
    "ao",
    "ou",
    "an",
    "en",
    "ang",
    "eng",
    "ong",
    "er",
    "i",
    "ia",
    "ie",
    "iao",
    "iu",
    "ian",
    "in",
    "iang",
    "ing",
    "iong",
    "u",
    "ua",
    "uo",
    "uai",
    "ui",
    "uan",
    "un",
    "uang",
    "ue",
    "v",
    "ve",
]
SYLLABLES = {a + b for a in ["", *INITIALS] for b in FINALS}


@functools.cache
def listed() -> dict[str, frozenset[str]]:
    """The phrases of both lists by section, folded."""
    found: dict[str, set[str]] = {}
    section = ""
    for name in ("spam.txt", "page.txt"):
        text = importlib.resources.files(quality.scoring).joinpath(name).read_text("utf-8")
        for line in text.split("\n"):
            if line.startswith("["):
                section = line[1:-1]
            elif line and not line.startswith("#"):
                found.setdefault(section, set()).update(map(fold, line.split()))
    return {section: frozenset(phrases) for section, phrases in found.items()}


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def fold_each(text: str) -> str:
    """Each character folded, where that is one character; else one that no phrase has."""
    each = (fold(c) if ord(c) < 0x10000 else "\0" for c in text)
    return "".join(c if len(c) == 1 else "\0" for c in each)


def signals(text: str, visible: str, lines: list[Line]) -> dict[str, float]:
    folded = fold_each(visible)
    inside = {name: _inside(folded, listed()[name]) for name in SPAM}
    starts = {at for name in SPAM for at, _ in _found(folded, listed()[name])}
    furniture = sum(map(_is_furniture, lines))
    return {
        **{f"{name}_density": 1000 * share(len(inside[name]), len(visible)) for name in SPAM},
        "spam_density": 1000 * share(len(set().union(*inside.values())), len(visible)),
        "spam_phrases_per_line": share(len(starts), len(lines)),
        "boilerplate_line_ratio": share(furniture, len(lines)),
        "link_density": 1000 * share(_links(text), len(visible)),
        "contact_density": 1000 * share(_contacts(visible, folded), len(visible)),
        "pinyin_density": 1000 * share(_pinyin(visible), len(visible)),
    }


def _found(folded: str, phrases: frozenset[str]) -> list[tuple[int, int]]:
    """Where the phrases are in a folded text."""
    sizes = sorted({len(phrase) for phrase in phrases})
    return [
        (at, at + size)
        for at in range(len(folded))
        for size in sizes
        if folded[at : at + size] in phrases and at + size <= len(folded)
    ]


def _inside(folded: str, phrases: frozenset[str]) -> set[int]:
    return {at for start, end in _found(folded, phrases) for at in range(start, end)}


def _is_furniture(line: Line) -> bool:
    seen = fold_each(line.seen)
    if len(seen) > 100:
        return False
    if any(phrase in seen for phrase in listed()["anywhere"]):
        return True
    return seen.startswith(tuple(listed()["opening"])) or seen in listed()["whole"]


def _links(text: str) -> int:
    return sum(
        _link(run) for run in re.findall(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-._~:/?#@!$&*+,;=%．]+", text)
    )


def _link(run: str) -> int:
    folded = "".join(map(narrow, run)).rstrip(".,:;!?~*-&=_#@")
    scheme = re.search(r"[a-z]+://.", folded)
    www = re.search(r"(?<![a-z0-9-])www\..", folded)
    starts = []
    if scheme:
        starts.append((folded.index(":", scheme.start()), scheme.start()))
    if www:
        starts.append((www.start(), www.start()))
    if starts:
        return len(folded) - min(starts)[1]
    bare = re.match(r"[^a-z0-9-]*([a-z0-9-][a-z0-9.-]*?\.([a-z0-9-]*))(?=$|[^a-z0-9.-])", folded)
    if not bare or (bare.end() < len(folded) and folded[bare.end()] not in "/?#:"):
        return 0
    ending = "".join(
        chr(ord(c) - 0xFEE0) if c >= "\uff01" else c for c in run[bare.start(2) : bare.end(2)]
    )
    return len(folded) - bare.start(1) if ending in DOMAINS else 0


def _contacts(visible: str, folded: str) -> int:
    inside: set[int] = set()
    for section in ("number", "name", "invitation"):
        for start, end in _found(folded, listed()[section]):
            named = section != "number" or folded[start:end] in listed()["name"]
            stop = _value(visible, end, named=named)
            if stop > end or section == "invitation":
                inside.update(range(start, stop))
    return len(inside)


def _value(visible: str, start: int, *, named: bool) -> int:
    folded = "".join(map(narrow, visible))
    glue = re.compile("[:号號码碼是为為,、搜索【\\[「“即=→+]{0,6}").match(folded, start)
    assert glue
    at = glue.end()
    digits = letters = 0
    end = at
    for place in range(at, min(at + 24, len(folded))):
        c = folded[place]
        if _is_number(c):
            digits += 1
            end = place + 1
        elif c.isascii() and c.isalpha() and named:
            letters += 1
            end = place + 1
        elif c not in "-_.@()+/—·":
            break
    if digits >= 5 or (named and at > start and digits + letters >= 5):
        return end
    return start


def _is_number(c: str) -> bool:
    digit = ord(c) < 0x10000 and is_digit(c)
    return digit or c in "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸"


def _pinyin(visible: str) -> int:
    letters = f"a-züêɡ{TONED}"
    total = 0
    for close in re.finditer("[)）]", visible):
        run = re.search(f"[{letters}]*$", visible[: close.start()])
        assert run
        word, before = run.group(), visible[: run.start()]
        toned = bool(set(word) & set(TONED))
        if not word or len(word) > 24 or not before:
            continue
        if before[-1] in "(（":
            plain = 2 <= len(word) <= 6 and word.replace("ü", "v") in SYLLABLES
            if before[-2:-1] and is_han(before[-2]) and (toned or plain):
                total += len(word) + 2
        elif toned and len(word) <= 6:
            lost = before[-1] in "?？\ufffd"
            total += len(word) + 2 if lost else (len(word) + 1) * is_han(before[-1])
    return total
