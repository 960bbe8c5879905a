"""Every signal the slow and obvious way, one text at a time, for the kernel to be held to."""

import collections
import importlib.resources
import math
import re
import unicodedata
from collections.abc import Callable, Sequence

import quality.scoring

ENDERS = "。！？!?…"


def slow(text: str) -> dict[str, float]:
    """The signals of `text` by name."""
    if not text:
        return dict.fromkeys(_signals("一"), 0.0)
    return _signals(text)


def _signals(text: str) -> dict[str, float]:
    lines = [line for line in (_trim(raw) for raw in re.split("[\n\r\u2028\u2029]", text)) if line]
    visible = [c for c in text if not is_space(c) and not is_newline(c)]
    count = collections.Counter(text)
    return {
        "chars": len(text),
        "lines": len(lines),
        "sentences": _sentences(text),
        "mean_line_chars": share(sum(map(len, lines)), len(lines)),
        "digit_ratio": ratio(text, is_digit),
        "latin_ratio": ratio(text, is_latin),
        "punctuation_ratio": ratio(text, is_punctuation),
        "symbol_ratio": ratio(text, is_symbol),
        "space_ratio": ratio(text, is_space),
        "newline_ratio": ratio(text, is_newline),
        "garbled_ratio": ratio(text, is_garbled) + _stand_ins(text) / len(text),
        "terminal_line_ratio": ratio(lines, lambda line: is_punctuation(line[-1])),
        "bullet_line_ratio": ratio(lines, _is_item),
        "ellipsis_line_ratio": ratio(lines, _trails_off),
        "more_line_ratio": ratio(lines, _asks_for_a_click),
        "duplicate_line_ratio": share(len(lines) - len(set(map(_squeeze, lines))), len(lines)),
        "duplicate_line_char_ratio": _repeated_characters(lines),
        "top_2gram_ratio": _top(visible, 2),
        "top_4gram_ratio": _top(visible, 4),
        "duplicate_5gram_ratio": _repeated(visible, 5),
        "duplicate_10gram_ratio": _repeated(visible, 10),
        "distinct_ratio": len(count) / len(text),
        "entropy": -sum(n / len(text) * math.log2(n / len(text)) for n in count.values()),
        "stop_words": sum(word in text for word in "的年在月是和日了於·為有被人中为他與後也而由"),
        "spam_density": 1000 * _spam("".join(visible)),
        "quality": _quality(lines),
    }


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def ratio(items: Sequence[str], test: Callable[[str], bool]) -> float:
    return share(sum(map(test, items)), len(items))


def is_newline(c: str) -> bool:
    return c in "\n\r\u2028\u2029"


def is_space(c: str) -> bool:
    return c in "\t\v\f" or unicodedata.category(c) == "Zs"


def is_digit(c: str) -> bool:
    return unicodedata.category(c) in {"Nd", "No"}


def is_latin(c: str) -> bool:
    return unicodedata.category(c)[0] == "L" and "LATIN" in unicodedata.name(c, "")


def is_punctuation(c: str) -> bool:
    return unicodedata.category(c)[0] == "P" or c in "~～"


def is_garbled(c: str) -> bool:
    control = unicodedata.category(c) == "Cc" and c not in "\t\v\f\n\r"
    return c == "\ufffd" or unicodedata.category(c) == "Co" or control


def _stand_ins(text: str) -> int:
    marks = re.findall("锟斤拷|ï¿½|锘挎", text)
    memory = re.findall("烫{4,}|屯{4,}", text)
    return sum(map(len, memory)) + (sum(map(len, marks)) if len(marks) > 1 else 0)


def is_word(c: str) -> bool:
    category = unicodedata.category(c)
    radical = "\u2e80" <= c <= "\u2fdf"
    return category[0] in "LM" or category == "Nl" or radical or 0x20000 <= ord(c) < 0x40000


def is_symbol(c: str) -> bool:
    kinds = (is_word, is_digit, is_punctuation, is_space, is_newline)
    return not any(kind(c) for kind in kinds)


def _trim(line: str) -> str:
    kept = [at for at, c in enumerate(line) if not is_space(c)]
    return line[kept[0] : kept[-1] + 1] if kept else ""


def _squeeze(line: str) -> str:
    return "".join(c for c in line if not is_space(c))


def _sentences(text: str) -> int:
    runs = re.split(f"[{ENDERS}]", text)
    return sum(any(is_word(c) or is_digit(c) for c in run) for run in runs)


def _is_item(line: str) -> bool:
    if line[0] in "*+-":
        return len(line) > 1 and is_space(line[1])
    return line[0] in "•‣⁃▪▫●○◦■□◆◇►▶▸★☆※·・"


def _trails_off(line: str) -> bool:
    return line[-1] in "…⋯" or (line[-1] in ".。．・" and line[-3:] == line[-1] * 3)


def _asks_for_a_click(line: str) -> bool:
    while line and (line[-1] in ">›»＞》→↓▼▾∨…⋯.]】" or is_space(line[-1])):
        line = line[:-1]
    folded = "".join(c.lower() if c.isascii() else c for c in line)
    return folded.endswith(
        ("展开", "展開", "更多", "全文", "详情", "詳情", "readmore", "read more")
    )


def _grams(visible: list[str], n: int) -> dict[str, list[int]]:
    places = collections.defaultdict(list)
    for at in range(len(visible) - n + 1):
        places["".join(visible[at : at + n])].append(at)
    return places


def _covered(places: list[int], n: int) -> int:
    return len({at + step for at in places for step in range(n)})


def _top(visible: list[str], n: int) -> float:
    grams = _grams(visible, n).values()
    best = max((_covered(places, n) for places in grams if len(places) > 1), default=0)
    return share(best, len(visible))


def _repeated(visible: list[str], n: int) -> float:
    later = [at for places in _grams(visible, n).values() for at in places[1:]]
    return share(_covered(later, n), len(visible))


def spam_phrases() -> list[str]:
    listed = importlib.resources.files(quality.scoring).joinpath("spam.txt").read_text("utf-8")
    rows = [line for line in listed.splitlines() if not line.startswith("#")]
    return [phrase for line in rows for phrase in line.split()]


def _spam(visible: str) -> float:
    folded = "".join(unicodedata.normalize("NFKC", c).lower()[:1] for c in visible)
    inside: set[int] = set()
    for phrase in spam_phrases():
        for at in range(len(folded) - len(phrase) + 1):
            if folded.startswith(phrase, at):
                inside.update(range(at, at + len(phrase)))
    return share(len(inside), len(visible))


def _repeated_characters(lines: list[str]) -> float:
    again = [line for at, line in enumerate(lines) if _squeeze(line) in map(_squeeze, lines[:at])]
    return share(sum(map(len, again)), sum(map(len, lines)))


def _quality(lines: list[str]) -> float:
    seen = set()
    prose = 0
    for line in lines:
        if _squeeze(line) not in seen and _is_prose(line):
            prose += len(line)
        seen.add(_squeeze(line))
    return share(prose, sum(map(len, lines)))


def _is_prose(line: str) -> bool:
    bare = line
    while len(bare) > 1 and (bare[-1] in "”’\"'」』）)】]》>〉〕］｝}" or is_space(bare[-1])):
        bare = bare[:-1]
    return sum(map(is_word, line)) >= 10 and bare[-1] in "。！？!?….．｡；;：:⋯"
