"""FineWeb2's filters for `cmn_Hani`: datatrove's own classes, one rule of them at a time.

Set up as the data set's pipeline sets them up: repetition without paragraphs, quality without
short lines, no C4. The language score (GlotLID's, at least .692) is not asked. Words are those of
spaCy's Chinese tokenizer over jieba, as datatrove chooses for the code.

The values are recomputed from datatrove's words; the verdicts are its filters' own.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from math import inf
from typing import Any

from tests.benchmarks.quality.rules import Outcome, Outcomes, repeats, share

LANGUAGE = "cmn_Hani"
DUPLICATE_LINES = 0.287
TOP = {2: 0.256, 3: 0.201, 4: 0.171}
DUPLICATED = {5: 0.198, 6: 0.182, 7: 0.167, 8: 0.154, 9: 0.14, 10: 0.127}
QUALITY = {"line_punct_thr": 0.106, "char_duplicates_ratio": 0.1, "new_line_ratio": 0.178}
GOPHER = {
    "min_doc_words": 50,
    "max_doc_words": 100_000,
    "min_avg_word_length": 1,
    "max_avg_word_length": 5,
    "max_symbol_word_ratio": 0.1,
    "max_bullet_lines_ratio": 0.9,
    "max_ellipsis_lines_ratio": 0.3,
    "max_non_alpha_words_ratio": 0.735,
    "min_stop_words": 2,
}
"""The configuration's values, and the filter's defaults where it names none."""
STOP_WORDS = list("的年在月是和日了於·為有被人中为他與後也而由")

_NO_REPETITION = {
    **dict.fromkeys(("dup_line_frac", "dup_para_frac", "dup_line_char_frac"), 0),
    "dup_para_char_frac": 0,
    "top_n_grams": (),
    "dup_n_grams": (),
}
_NO_QUALITY = {"line_punct_thr": 0, "char_duplicates_ratio": inf, "new_line_ratio": inf}
_GOPHER_RULES = {
    "least_words": "min_doc_words",
    "most_words": "max_doc_words",
    "shortest_words": "min_avg_word_length",
    "longest_words": "max_avg_word_length",
    "bullets": "max_bullet_lines_ratio",
    "ellipsis_lines": "max_ellipsis_lines_ratio",
    "letters": "max_non_alpha_words_ratio",
    "stop_words": "min_stop_words",
}
_SYMBOLS = {"hashes": "gopher_too_many_hashes", "ellipses": "gopher_too_many_ellipsis"}


def judge(text: str) -> dict[str, Outcomes]:
    """Every rule's outcome; a text in which a filter finds no word to divide by fails there."""
    document = import_module("datatrove.data").Document(text=text, id="")
    values = _values(text)
    passed = {name: _reason(one, document) is None for name, one in _single_rules().items()}
    reason = _reason(_filters()["symbols"], document)
    passed |= {name: told != reason for name, told in _SYMBOLS.items()}
    return {"published": {name: Outcome(value, passed[name]) for name, value in values.items()}}


def keeps(text: str) -> bool:
    """The chain as it runs in production: the first filter that drops the text ends it."""
    document = import_module("datatrove.data").Document(text=text, id="")
    names = ("repetition", "quality", "gopher")
    return all(_reason(_filters()[name], document) is None for name in names)


def _reason(one: Any, document: Any) -> str | None:
    try:
        result = one.filter(document)
    except ZeroDivisionError:
        return "no words"
    return None if result is True else str(result[1])


@cache
def _filters() -> dict[str, Any]:
    kinds = import_module("datatrove.pipeline.filters")
    shared = {"language": LANGUAGE}
    none = dict.fromkeys(GOPHER)
    ngrams = {"top_n_grams": tuple(TOP.items()), "dup_n_grams": tuple(DUPLICATED.items())}
    repetition = _NO_REPETITION | {"dup_line_frac": DUPLICATE_LINES} | ngrams
    gopher = GOPHER | {"stop_words": STOP_WORDS}
    symbols = none | {"max_symbol_word_ratio": GOPHER["max_symbol_word_ratio"]}
    return {
        "repetition": kinds.GopherRepetitionFilter(**repetition, **shared),
        "quality": kinds.FineWebQualityFilter(**QUALITY, short_line_thr=999, **shared),
        "gopher": kinds.GopherQualityFilter(**gopher, **shared),
        "symbols": kinds.GopherQualityFilter(**symbols, **shared),
    }


@cache
def _single_rules() -> dict[str, Any]:
    kinds = import_module("datatrove.pipeline.filters")
    shared = {"language": LANGUAGE}

    def repetition(**asked: Any) -> Any:
        return kinds.GopherRepetitionFilter(**(_NO_REPETITION | asked), **shared)

    def quality(name: str) -> Any:
        asked = _NO_QUALITY | {name: QUALITY[name]}
        return kinds.FineWebQualityFilter(**asked, short_line_thr=999, **shared)

    def gopher(name: str) -> Any:
        asked = dict.fromkeys(GOPHER) | {name: GOPHER[name], "stop_words": STOP_WORDS}
        return kinds.GopherQualityFilter(**asked, **shared)

    return {
        "duplicate_lines": repetition(dup_line_frac=DUPLICATE_LINES),
        **{f"top_{n}gram": repetition(top_n_grams=((n, most),)) for n, most in TOP.items()},
        **{
            f"duplicate_{n}gram": repetition(dup_n_grams=((n, most),))
            for n, most in DUPLICATED.items()
        },
        "line_punctuation": quality("line_punct_thr"),
        "duplicate_line_characters": quality("char_duplicates_ratio"),
        "new_lines": quality("new_line_ratio"),
        **{name: gopher(key) for name, key in _GOPHER_RULES.items()},
    }


def _values(text: str) -> dict[str, float]:
    tools = import_module("datatrove.utils.text")
    words = tools.split_into_words(text, LANGUAGE)
    spoken = [word for word in words if any(c not in tools.PUNCTUATION_SET for c in word)]
    lines = [line for line in text.split("\n") if line.strip()]
    ends = tuple(tools.TERMINAL_PUNCTUATION)
    return {
        "duplicate_lines": share(repeats(lines)[0], len(lines)),
        **{f"top_{n}gram": share(_top(words, n), len(text)) for n in TOP},
        **{f"duplicate_{n}gram": share(_again(words, n), len(text)) for n in DUPLICATED},
        "line_punctuation": share(sum(line.endswith(ends) for line in lines), len(lines)),
        "duplicate_line_characters": share(repeats(lines)[1], len(text.replace("\n", ""))),
        "new_lines": share(text.count("\n"), len(words)),
        "least_words": len(spoken),
        "most_words": len(spoken),
        "shortest_words": share(sum(map(len, spoken)), len(spoken)),
        "longest_words": share(sum(map(len, spoken)), len(spoken)),
        "hashes": share(text.count("#"), len(words)),
        "ellipses": share(text.count("...") + text.count("…"), len(words)),
        "bullets": share(_marked(text, ("•", "-")), len(text.splitlines())),
        "ellipsis_lines": share(_trailing(text, ("...", "…")), len(text.splitlines())),
        "letters": share(sum(any(map(str.isalpha, word)) for word in words), len(words)),
        "stop_words": len(set(STOP_WORDS) & set(words)),
    }


def _top(words: Sequence[str], n: int) -> int:
    """Characters of the most frequent n-gram of words, spaces between them counted, as often as
    it occurs: once is enough."""
    grams = Counter(" ".join(words[start : start + n]) for start in range(len(words) - n + 1))
    gram, count = grams.most_common(1)[0] if grams else ("", 0)
    return len(gram) * count


def _again(words: Sequence[str], n: int) -> int:
    """Characters of n-grams of words seen before; what follows one begins after its end."""
    seen: set[str] = set()
    start = found = 0
    while start <= len(words) - n:
        gram = "".join(words[start : start + n])
        found += len(gram) if gram in seen else 0
        start += n if gram in seen else 1
        seen.add(gram)
    return found


def _marked(text: str, marks: tuple[str, ...]) -> int:
    return sum(line.lstrip().startswith(marks) for line in text.splitlines())


def _trailing(text: str, ends: tuple[str, ...]) -> int:
    return sum(line.rstrip().endswith(ends) for line in text.splitlines())
