"""data-juicer's operators that its recipes for Chinese use, to be timed beside us."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

OPERATORS: dict[str, dict[str, Any]] = {
    "alphanumeric_filter": {"tokenization": False, "min_ratio": 0.25},
    "average_line_length_filter": {"min_len": 10},
    "character_repetition_filter": {"rep_len": 10, "max_ratio": 0.5},
    "flagged_words_filter": {"lang": "zh", "tokenization": False, "max_ratio": 0.0045},
    "maximum_line_length_filter": {"min_len": 20},
    "special_characters_filter": {"max_ratio": 0.4},
    "text_length_filter": {"min_len": 50},
    "word_repetition_filter": {"lang": "zh", "tokenization": False, "rep_len": 10},
}
"""Name -> settings; without its tokenizer, which is downloaded: words are then what stands between
spaces, so the two operators on words see sentences."""


def keeps(text: str, words: Path) -> bool:
    """Whether every operator keeps the text; all are asked. `words` has its flagged words."""
    answers = [_ask(operator, text) for operator in _operators(words)]
    return all(answers)


def _ask(operator: Any, text: str) -> bool:
    stats = import_module("data_juicer.utils.constant").Fields.stats
    samples = operator.compute_stats_batched({"text": [text], stats: [{}]})
    return all(operator.process_batched(samples))


@cache
def _operators(words: Path) -> list[Any]:
    for name in OPERATORS:
        import_module(f"data_juicer.ops.filter.{name}")
    registered = import_module("data_juicer.ops.base_op").OPERATORS.modules
    folder = {"flagged_words_filter": {"flagged_words_dir": str(words)}}
    return [registered[name](**given, **folder.get(name, {})) for name, given in OPERATORS.items()]
