"""The signals: what can be counted of a text, each with its unit."""

import polars as pl

SIGNAL_UNITS: dict[str, str] = {
    # how much
    "chars": "characters of the text",
    "lines": "non-empty lines",
    "paragraphs": "runs of non-empty lines between blank ones",
    "sentences": "runs of text ended by 。！？!?…, counting a last unfinished one",
    "mean_line_chars": "characters per non-empty line",
    "mean_sentence_chars": "characters other than white space per sentence",
    # of what
    "digit_ratio": "share of characters that are digits of any width, 0 to 1",
    "latin_ratio": "share of characters that are Latin letters of any width, 0 to 1",
    "punctuation_ratio": "share of characters that are punctuation of any width, 0 to 1",
    "symbol_ratio": "share of characters that are neither letter, Han, kana, digit, "
    "punctuation nor white space, 0 to 1",
    "space_ratio": "share of characters that are white space other than new lines, 0 to 1",
    "newline_ratio": "share of characters that are new lines, 0 to 1",
    "garbled_ratio": "share of characters that are U+FFFD, private use, control, or what is "
    "read in their stead (锟斤拷, 烫烫烫烫), 0 to 1",
    "box_ratio": "share of characters that are □, ■ or U+FFFD, 0 to 1",
    "hash_ratio": "share of characters that are # of any width, 0 to 1",
    "lenticular_ratio": "share of characters that are 【 or 】, 0 to 1",
    "ellipsis_ratio": "ellipses (a run of …, or of three dots or more) over characters, 0 to 1",
    "nonletter_ratio": "share of characters, white space left out, that are not letters, 0 to 1",
    # lines
    "terminal_line_ratio": "share of non-empty lines that end in punctuation, 0 to 1",
    "stop_line_ratio": "share of non-empty lines that end in 。！？.!?… of any width, closing "
    "quotes and brackets aside, 0 to 1",
    "complete_lines": "non-empty lines of 5 or more characters that end in 。！？…”： of any width "
    "or script and hold no □, ■ or U+FFFD",
    "short_line_ratio": "share of non-empty lines with fewer than 10 characters, 0 to 1",
    "bullet_line_ratio": "share of non-empty lines that begin with a bullet, 0 to 1",
    "ellipsis_line_ratio": "share of non-empty lines that end in an ellipsis, 0 to 1",
    "more_line_ratio": "share of non-empty lines that end in 展开, 更多 or their kin, 0 to 1",
    "boilerplate_line_ratio": "share of non-empty lines that are the furniture of a page (备案号, "
    "版权所有, 责任编辑, 上一篇), 0 to 1",
    "table_ratio": "share of the lines' characters in two or more rows of a table, 0 to 1",
    "form_ratio": "share of the lines' characters in lines of forms (a label and its value or a "
    "blank to fill), 0 to 1",
    "code_ratio": "share of the lines' characters in lines of code, 0 to 1",
    "dialogue_ratio": "share of the lines' characters in lines that somebody speaks, 0 to 1",
    "newline_run": "most new lines in a row, white space between them left out",
    # repetition
    "duplicate_line_ratio": "share of non-empty lines seen earlier in the document, 0 to 1",
    "duplicate_line_char_ratio": "share of the lines' characters in lines seen earlier in the "
    "document, 0 to 1",
    "similar_line_ratio": "share of non-empty lines that differ from one of the lines just before "
    "in at most a tenth of their characters, 0 to 1",
    "duplicate_paragraph_ratio": "share of paragraphs seen earlier in the document, 0 to 1",
    "duplicate_paragraph_char_ratio": "share of the paragraphs' characters in paragraphs seen "
    "earlier in the document, 0 to 1",
    "top_2gram_ratio": "share of characters in the 2-gram that covers most, if it repeats, 0 to 1",
    "top_3gram_ratio": "share of characters in the 3-gram that covers most, if it repeats, 0 to 1",
    "top_4gram_ratio": "share of characters in the 4-gram that covers most, if it repeats, 0 to 1",
    "frequent_3gram_ratio": "share of 3-grams that are among the √n most frequent of the n "
    "distinct ones and occur more than once, 0 to 1",
    **{
        f"duplicate_{n}gram_ratio": f"share of characters inside character {n}-grams seen "
        "earlier, 0 to 1"
        for n in (5, 6, 7, 8, 9, 10, 13)
    },
    "distinct_ratio": "distinct characters over characters, 0 to 1",
    "entropy": "Shannon entropy of the character distribution, bits",
    # words
    "stop_words": "how many of 22 frequent Chinese function words occur, 0 to 22",
    "stop_word_ratio": "share of characters that are Chinese function words, 0 to 1",
    "spam_density": "characters in gambling, pornography and advertising phrases, per 1,000",
    "gambling_density": "characters in phrases of gambling, per 1,000",
    "porn_density": "characters in phrases of pornography, per 1,000",
    "advertising_density": "characters in phrases of advertising, per 1,000",
    "spam_phrases_per_line": "phrases of gambling, pornography and advertising per non-empty line",
    "link_density": "characters in web addresses, per 1,000",
    "contact_density": "characters in invitations to get in touch and the number or name given "
    "there, per 1,000",
    "pinyin_density": "characters in pinyin put after its character in brackets (網(wǎng)絡) or "
    "half-eaten so, per 1,000",
    "prose_ratio": "share of characters in prose lines that are not repeats, 0 to 1",
}
"""Every signal and its unit, in the order of the table."""

COUNT_SIGNALS = frozenset(
    {"chars", "lines", "paragraphs", "sentences", "complete_lines", "newline_run", "stop_words"}
)

SIGNALS = pl.Schema(
    {"doc_id": pl.String()}
    | {name: pl.UInt32() if name in COUNT_SIGNALS else pl.Float32() for name in SIGNAL_UNITS}
)
