"""Benchmark files as exam items."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from quality.contamination.formats import records
from quality.contamination.questions import Question, asked
from schemas.errors import ConfigError

ITEMS = pl.Schema(
    {
        "benchmark": pl.String(),
        "item": pl.String(),
        "passage": pl.String(),
        "stem": pl.String(),
        "options": pl.List(pl.String()),
        "answer": pl.String(),
    }
)
"""An exam item in its parts, as `quality.contamination.questions.Question` describes them."""

ID = ("id", "qid", "question_id", "query_id", "idx", "", "编号", "题号", "序号")
PASSAGE = (
    "passage",
    "context",
    "context_text",
    "flores_passage",
    "article",
    "background",
    "background_description",
    "material",
    "材料",
)
STEM = (
    "question",
    "question_text",
    "query",
    "query_text",
    "problem",
    "prompt",
    "input",
    "instruction",
    "premise",
    "hypothesis",
    "sentence",
    "sentence1",
    "content",
    "abst",
    "text",
    "题目",
    "问题",
)
OPTIONS = ("options", "choices", "choice", "candidates", "sentence2", "keyword", "选项")
ANSWER = ("answer", "answers", "answer_text", "output", "target", "answerkey", "答案")
"""The names of fields that hold a part, in lower case: those of GAOKAO-Bench, AGIEval, C-Eval,
CMMLU, CLUE and CMRC2018, M3Exam, Belebele and XCOPA, and what tables are headed with."""

OPTION = re.compile(r"(?:mc_answer|choice|option|选项)?_?([a-h1-8])")
"""The name of a column that holds one option: A, option_b, choice1, mc_answer4."""

NOTES = frozenset(
    {"analysis", "explanation", "other", "source", "year", "category", "keywords", "split"}
    | {"label", "label_desc", "score", "index", "subject", "link", *ID}
)
"""Fields about an item, which no candidate reads."""

BLANK = re.compile(r"#idiom\d+#|_{2,}")


def exam_items(
    payload: bytes, benchmark: str, file: str = "", ending: str = ".json"
) -> pl.DataFrame:
    r"""The items of a benchmark file (`ITEMS`), in the order of the file.

    `payload` is UTF-8 (a JSON array of objects, an object that holds one, JSON lines, CSV or TSV
    with a line of names) or Parquet, as `ending` says. `item` is the entry's id, else its place
    from 0, behind `file` and a slash where the benchmark has several files, and followed by the
    number of the question where the entry has several. What has no field with a known name is
    taken as one stem.

    Raises:
        ConfigError: the file is none of these, or an entry has no text; with the place.

    >>> payload = '[{"question": "（3分）谁写的？", "options": ["(A)甲", "(B)乙"]}]'.encode()
    >>> exam_items(payload, "demo").select("item", "stem", "options").rows()
    [('0', '谁写的？', ['甲', '乙'])]
    """
    where = f"benchmark {benchmark!r}" + (f", {file}" if file else "")
    rows = []
    for number, (place, entry) in enumerate(records(payload, where, ending)):
        found = list(_questions(entry, number))
        if not found:
            raise ConfigError(f"{where}, {place}: there is no text of a question in it")
        for name, one in found:
            item = f"{file}/{name}" if file else name
            rows.append((benchmark, item, one.passage, one.stem, list(one.options), one.answer))
    return pl.DataFrame(rows, schema=ITEMS, orient="row")


def _questions(entry: Any, number: int) -> Iterator[tuple[str, Question]]:
    """The questions of an entry and their names, each with its own passage, stem and options."""
    found = list(_entries(entry, {}))
    asked_of = [list(_of_fields(fields)) for fields in found]
    name = _id(_lower(entry)) if isinstance(entry, dict) else _last_text(entry)
    name = name or str(number)
    several = sum(map(len, asked_of)) > 1
    count = 0
    for fields, questions in zip(found, asked_of, strict=True):
        own = _id(fields)
        for of_stem, one in enumerate(questions, start=1):
            count += 1
            if own and own != name:
                yield f"{own}.{of_stem}" if len(questions) > 1 else own, one
            else:
                yield f"{name}.{count}" if several else name, one


def _entries(entry: Any, above: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The innermost objects of an entry, each with the passage that stands above it.

    SQuAD and CMRC2018 nest questions in paragraphs, C3 writes them beside the list of the lines of
    their passage.
    """
    if isinstance(entry, list):
        lines = [one for one in entry if isinstance(one, list) and _are_texts(one)]
        inside = [one for one in entry if isinstance(one, list) and not _are_texts(one)]
        passage = {"passage": "\n".join(line for of in lines for line in of)} if lines else {}
        for one in (one for of in inside for one in of):
            yield from _entries(one, {**above, **passage})
        yield from ({**above, **_lower(one)} for one in entry if isinstance(one, dict))
        return
    fields = _lower(entry)
    nested = next(
        (fields[name] for name in ("paragraphs", "qas", "questions") if fields.get(name)), None
    )
    if not isinstance(nested, list) or not all(isinstance(one, dict) for one in nested):
        yield {**above, **fields}
        return
    passage = {name: fields[name] for name in PASSAGE if fields.get(name)}
    for one in nested:
        yield from _entries(one, {**above, **passage})


def _of_fields(fields: Mapping[str, Any]) -> Iterator[Question]:
    """The questions that the fields of one object make."""
    options = tuple(one for name in OPTIONS for one in _texts(fields.get(name)))
    options += tuple(
        text for name, value in fields.items() if OPTION.fullmatch(name) for text in _texts(value)
    )
    known = [name for name in fields if name in STEM]
    if not known and not options:
        known = [name for name in fields if name not in NOTES]
    stems = [list(_texts(fields[name])) for name in known]
    answer = "\n".join(_texts([fields.get(name) for name in ANSWER]))
    if re.fullmatch(r"[A-Ha-h0-9\s,，、]*", answer) or answer in options:
        answer = ""
    passage = "\n".join(text for name in PASSAGE for text in _texts(fields.get(name)))
    # A list of contents (CHID) is as many questions about the same candidates.
    each = stems[0] if known == ["content"] else ["\n".join(one for of in stems for one in of)]
    for stem in each:
        if stem.strip() or options:
            yield from asked(passage, BLANK.sub("", stem), options, answer)


def _id(fields: Mapping[str, Any]) -> str | None:
    given = (fields[name] for name in ID if fields.get(name) not in (None, ""))
    return next((str(one) for one in given if isinstance(one, str | int)), None)


def _last_text(entry: list[Any]) -> str | None:
    """The id of an entry that is a list: the text that stands in it by itself."""
    return next((one for one in reversed(entry) if isinstance(one, str)), None)


def _are_texts(value: list[Any]) -> bool:
    return all(isinstance(one, str) for one in value)


def _lower(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).strip().lower(): value for name, value in entry.items()}


def _texts(value: object) -> Iterator[str]:
    """Every text inside `value`, in order, `NOTES` left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if str(key).lower() not in NOTES:
                yield from _texts(part)
