"""Which rules of an original each rule of a preset stands for.

One rule of ours can stand for several. FineWeb2's six rules on repeated n-grams of 5 to 10 words
are best told by the one on 13 characters; that lines end a sentence, by the share of prose; that
words are long, so English, by the share of Han. ChineseWebText's mean line counts new lines.
Languages are not asked of either side.
"""

PAIRS: dict[str, dict[str, tuple[str, ...]]] = {
    "fineweb2_zh": {
        "chars": ("least_words", "most_words"),
        "han_ratio": ("shortest_words", "longest_words"),
        "newline_ratio": ("new_lines",),
        "hash_ratio": ("hashes",),
        "ellipsis_ratio": ("ellipses",),
        "nonletter_ratio": ("letters",),
        "bullet_line_ratio": ("bullets",),
        "ellipsis_line_ratio": ("ellipsis_lines",),
        "duplicate_line_ratio": ("duplicate_lines",),
        "duplicate_line_char_ratio": ("duplicate_line_characters",),
        **{f"top_{n}gram_ratio": (f"top_{n}gram",) for n in (2, 3, 4)},
        "duplicate_13gram_ratio": tuple(f"duplicate_{n}gram" for n in range(5, 11)),
        "stop_words": ("stop_words",),
        "stop_line_ratio": ("line_punctuation",),
    },
    "map_cc": {
        "chars": ("least_characters", "most_characters"),
        "sentences": ("sentences",),
        "digit_ratio": ("digits",),
        "latin_ratio": ("longest_words",),
        "punctuation_ratio": ("punctuation",),
        "hash_ratio": ("hashes",),
        "lenticular_ratio": ("lenticular",),
        "ellipsis_ratio": ("ellipses",),
        "bullet_line_ratio": ("bullets",),
        "more_line_ratio": ("more_lines",),
        **{f"top_{n}gram_ratio": (f"top_{n}gram",) for n in (2, 3, 4)},
        **{f"duplicate_{n}gram_ratio": (f"duplicate_{n}gram",) for n in range(5, 11)},
        "distinct_ratio": ("distinct",),
        "entropy": ("entropy",),
    },
    "chinese_webtext": {
        "chars": ("characters",),
        "newline_ratio": ("mean_line",),
        "han_ratio": ("han",),
        "spam_phrases_per_line": ("sensitive_words",),
        "duplicate_13gram_ratio": ("duplicate_13gram",),
    },
    "c4_zh": {
        "complete_lines": ("good_lines",),
        "duplicate_line_ratio": ("duplicate_lines",),
        "duplicate_line_char_ratio": ("duplicate_line_characters",),
        "duplicate_5gram_ratio": tuple(f"duplicate_{n}gram" for n in range(5, 11)),
    },
}
"""Preset -> our rule -> the original's rules."""

AMONG = {"fineweb2_zh": ("top_", "least_words"), "c4_zh": ("duplicate_", "good_lines")}
"""Preset -> how the names of rules begin that are calibrated on documents which pass another.

An n-gram that occurs once covers much of a document that has too few words anyhow; what is
repeated in too few lines does not matter.
"""
