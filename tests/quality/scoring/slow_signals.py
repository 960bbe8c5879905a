"""Every signal the slow and obvious way, one text at a time, for the kernel to be held to."""

import collections
import math
import re
from collections.abc import Callable, Iterable, Sequence

from tests.quality.scoring import slow_lines, slow_phrases
from tests.quality.scoring.slow_characters import (
    BOXES,
    is_digit,
    is_garbled,
    is_latin,
    is_letter,
    is_newline,
    is_punctuation,
    is_space,
    is_symbol,
)
from tests.quality.scoring.slow_lines import share

ENDERS = "。！？!?…"
STOP_WORDS = "的年在月是和日了於·為有被人中为他與後也而由"
FUNCTION_WORDS = set(
    "的地得了着著过過是有在不没沒也都就又还還才只很更最和与與或及而且但若则則即既把被將将让讓从從向對"
    "对於于為为以因由到给給比跟之其所者乎矣焉哉乃此这這那哪個个們们我你妳您他她它什么麼吗嗎呢吧啊呀啦嘛"
    "嘅咗喺唔係佢哋"
)


def slow(text: str) -> dict[str, float]:
    """The signals of `text` by name."""
    if not text:
        return dict.fromkeys(_signals("一"), 0.0)
    return _signals(text)


def _signals(text: str) -> dict[str, float]:
    visible = "".join(c for c in text if not is_space(c) and not is_newline(c))
    lines = slow_lines.lines_of(text)
    found = _characters(text, visible) | _repetition(visible)
    found |= slow_lines.signals(lines) | slow_phrases.signals(text, visible, lines)
    found["newline_run"] = slow_lines.newline_run(text)
    return found


def _characters(text: str, visible: str) -> dict[str, float]:
    count = collections.Counter(text)
    sentences = _sentences(text)
    return {
        "chars": len(text),
        "sentences": sentences,
        "mean_sentence_chars": share(len(visible), sentences),
        "digit_ratio": ratio(text, is_digit),
        "latin_ratio": ratio(text, is_latin),
        "punctuation_ratio": ratio(text, is_punctuation),
        "symbol_ratio": ratio(text, is_symbol),
        "space_ratio": ratio(text, is_space),
        "newline_ratio": ratio(text, is_newline),
        "garbled_ratio": ratio(text, is_garbled) + _stand_ins(text) / len(text),
        "box_ratio": ratio(text, BOXES.__contains__),
        "hash_ratio": ratio(text, "#＃﹟".__contains__),
        "lenticular_ratio": ratio(text, "【】".__contains__),
        "ellipsis_ratio": len(re.findall(r"[…⋯]+|([.。．・])\1{2,}", text)) / len(text),
        "nonletter_ratio": ratio(visible, lambda c: not is_letter(c)),
        "distinct_ratio": len(count) / len(text),
        "entropy": -sum(n / len(text) * math.log2(n / len(text)) for n in count.values()),
        "stop_words": sum(word in text for word in STOP_WORDS),
        "stop_word_ratio": ratio(text, FUNCTION_WORDS.__contains__),
    }


def ratio(items: Sequence[str], test: Callable[[str], bool]) -> float:
    return share(sum(map(test, items)), len(items))


def _stand_ins(text: str) -> int:
    marks = re.findall("锟斤拷|ï¿½|锘挎", text)
    memory = re.findall("烫{4,}|屯{4,}", text)
    return sum(map(len, memory)) + (sum(map(len, marks)) if len(marks) > 1 else 0)


def _sentences(text: str) -> int:
    runs = re.split(f"[{ENDERS}]", text)
    return sum(any(is_letter(c) or is_digit(c) for c in run) for run in runs)


def _repetition(visible: str) -> dict[str, float]:
    return (
        {f"top_{n}gram_ratio": _top(visible, n) for n in (2, 3, 4)}
        | {"frequent_3gram_ratio": _frequent(visible)}
        | {f"duplicate_{n}gram_ratio": _repeated(visible, n) for n in (5, 6, 7, 8, 9, 10, 13)}
    )


def _grams(visible: str, n: int) -> dict[str, list[int]]:
    places = collections.defaultdict(list)
    for at in range(len(visible) - n + 1):
        places[visible[at : at + n]].append(at)
    return places


def _covered(places: Iterable[int], n: int) -> int:
    return len({at + step for at in places for step in range(n)})


def _top(visible: str, n: int) -> float:
    grams = _grams(visible, n).values()
    best = max((_covered(places, n) for places in grams if len(places) > 1), default=0)
    return share(best, len(visible))


def _frequent(visible: str) -> float:
    times = sorted(map(len, _grams(visible, 3).values()), reverse=True)
    first = [n for n in times[: math.isqrt(len(times))] if n > 1]
    return share(sum(first), sum(times))


def _repeated(visible: str, n: int) -> float:
    later = [at for places in _grams(visible, n).values() for at in places[1:]]
    return share(_covered(later, n), len(visible))
