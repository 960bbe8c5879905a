"""The tools that `peers` asks, each as its documentation uses it, set up for Chinese.

    python -m tests.benchmarks.privacy.tools install VENVS      (any Python 3.11; some ten minutes)
    VENVS/…/bin/python -m tests.benchmarks.privacy.tools NAME TEXTS ANSWERS     (`peers` does this)

TEXTS is a JSON list. ANSWERS is the JSON of what is found in each text, as [start, end, type] with
the tool's own name of the type, and of the processor seconds of `TURNS` runs over all texts. Runs
inside the tool's own environment, so nothing of the project is imported here.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.environments import install

TURNS = 3

ENVIRONMENTS = {
    "presidio": (["presidio-analyzer==2.2.366", "spacy==3.8.18", "phonenumbers==9.0.43"],),
    "data-juicer": (["py-data-juicer==1.6.1", "aiohttp"],),
    "datatrove": (["datatrove==0.10.1", "regex"],),
    "dolma": (["dolma==1.2.1", "aiobotocore==2.5.4", "boto3==1.28.17"],),
    "scrubadub": (["scrubadub==2.0.1"],),
    "privyscope": (["privyscope-zh-hans==0.1.6", "privyscope-zh-hant==0.1.6"],),
}
"""What each environment holds. data-juicer imports aiohttp, and datatrove's formatters regex,
without asking for it; pip tries dolma's versions of boto3 for long unless it is told these."""

Found = list[tuple[int, int, str]]


class Tool(NamedTuple):
    """What a tool finds in a text, and what it does when nobody looks, which is what is timed."""

    find: Callable[[str], Found]
    run: Callable[[str], object]


def main(arguments: list[str]) -> None:
    """Install all environments, or ask one tool."""
    if arguments[0] == "install":
        install(Path(arguments[1]), ENVIRONMENTS)
        return
    name, texts, answers = arguments
    asked = json.loads(Path(texts).read_text(encoding="utf-8"))
    _, load = TOOLS[name]
    tool = load()
    found = [tool.find(text) for text in asked]
    seconds = [_seconds(tool, asked) for _ in range(TURNS)]
    Path(answers).write_text(json.dumps({"found": found, "seconds": seconds}), encoding="utf-8")


def _seconds(tool: Tool, texts: list[str]) -> float:
    before = time.process_time()
    for text in texts:
        tool.run(text)
    return time.process_time() - before


class Noting:
    """A pattern that notes what it replaces.

    The stand-in is as long as what it stands for, so that the patterns after it see the same
    positions, and ends no word, as the tools' own `[…]` ends none. What a replacement puts back
    (`\\1…`) is not noted.
    """

    def __init__(self, pattern: "re.Pattern[str]", kind: str, found: Found) -> None:
        self._pattern, self._kind, self._found = pattern, kind, found

    def sub(self, replacement: str | Callable[["re.Match[str]"], str], text: str) -> str:
        """As `re.Pattern.sub`."""

        def note(match: "re.Match[str]") -> str:
            new = replacement(match) if callable(replacement) else match.expand(replacement)
            if new == match[0]:
                return new
            puts_back = isinstance(replacement, str) and replacement.startswith("\\1")
            start = match.end(1) if puts_back else match.start()
            self._found.append((start, match.end(), self._kind))
            return match[0][: start - match.start()] + "]" * (match.end() - start)

        return self._pattern.sub(note, text)


def presidio() -> Tool:
    """What Presidio ships, for Chinese, with the telephone plans of the four places.

    Its language engine is told to use spaCy's blank Chinese pipeline, since trained ones come from
    elsewhere than the package registry; so nobody looks for names and places.
    """
    return _presidio([])


def presidio_patterns() -> Tool:
    """The same, and what its documentation says to write where a country's kinds are missing.

    The identity number has its check, and mobile numbers are those of the plan.
    """
    kit = import_module("presidio_analyzer")
    checked = type(
        "IdentityRecognizer",
        (kit.PatternRecognizer,),
        {"validate_result": lambda self, text: _checks(text)},
    )
    identity = r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
    mobile = r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    return _presidio(
        [
            checked(
                supported_entity="CN_ID",
                patterns=[kit.Pattern("identity number", identity, 0.5)],
                context=["身份证", "身份證", "证件"],
                supported_language="zh",
            ),
            kit.PatternRecognizer(
                supported_entity="CN_MOBILE",
                patterns=[kit.Pattern("mobile number", mobile, 0.5)],
                context=["手机", "电话", "联系"],
                supported_language="zh",
            ),
        ]
    )


def _checks(identity: str) -> bool:
    """Whether the check character of a resident identity number is right (GB 11643)."""
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(identity[:17]))
    return "10X98765432"[total % 11] == identity[17].upper()


def _presidio(patterns: list[Any]) -> Tool:
    kit = import_module("presidio_analyzer")
    shipped = import_module("presidio_analyzer.predefined_recognizers")
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider
    with tempfile.TemporaryDirectory() as blank:
        import_module("spacy").blank("zh").to_disk(blank)
        models = [{"lang_code": "zh", "model_name": blank}]
        settings = {"nlp_engine_name": "slim", "models": models}
        engine = provider(nlp_configuration=settings).create_engine()
    registry = kit.RecognizerRegistry(supported_languages=["zh"])
    registry.load_predefined_recognizers(languages=["zh"], nlp_engine=engine)
    registry.remove_recognizer("PhoneRecognizer", language="zh")
    for one in (
        shipped.PhoneRecognizer(
            context=["电话", "手机", "電話", "手機"],
            supported_language="zh",
            supported_regions=("CN", "HK", "TW", "MO"),
        ),
        shipped.CreditCardRecognizer(context=["卡号", "银行卡"], supported_language="zh"),
        *patterns,
    ):
        registry.add_recognizer(one)
    analyzer = kit.AnalyzerEngine(registry, engine, supported_languages=["zh"])

    def find(text: str) -> Found:
        found = analyzer.analyze(text, language="zh")
        return [(one.start, one.end, one.entity_type) for one in found]

    return Tool(find, find)


def datajuicer_clean() -> Tool:
    """clean_email_mapper and clean_ip_mapper; their replacement notes what it stands for."""
    mappers = import_module("data_juicer.ops.mapper")
    found: Found = []

    def noting(kind: str) -> Callable[["re.Match[str]"], str]:
        def note(match: "re.Match[str]") -> str:
            found.append((*match.span(), kind))
            return "]" * len(match[0])

        return note

    plain = [mappers.CleanEmailMapper(), mappers.CleanIpMapper()]
    noted = [mappers.CleanEmailMapper(repl=noting("email")), mappers.CleanIpMapper()]
    noted[1].repl = noting("ip")

    def run(steps: list[Any], text: str) -> None:
        samples = {"text": [text]}
        for step in steps:
            samples = step.process_batched(samples)

    def find(text: str) -> Found:
        found.clear()
        run(noted, text)
        return list(found)

    return Tool(find, lambda text: run(plain, text))


def datajuicer_redaction() -> Tool:
    """pii_redaction_mapper; the patterns it has compiled note what they replace."""
    mapper = import_module("data_juicer.ops.mapper").PiiRedactionMapper
    plain, noted, found = mapper(), mapper(), Found()
    for name, value in list(vars(noted).items()):
        if isinstance(value, re.Pattern):
            setattr(noted, name, Noting(value, name, found))

    def find(text: str) -> Found:
        found.clear()
        noted.process_single({"text": text})
        return list(found)

    return Tool(find, lambda text: plain.process_single({"text": text}))


def datatrove() -> Tool:
    """PIIFormatter; the patterns of its two replacers note what they replace."""
    formatter = import_module("datatrove.pipeline.formatters").PIIFormatter
    plain, noted, found = formatter(), formatter(), Found()
    for kind, replacer in {"email": noted.emails_replacer, "ip": noted.ip_replacer}.items():
        replacer.regex = Noting(replacer.regex, kind, found)

    def find(text: str) -> Found:
        found.clear()
        noted.format(text)
        return list(found)

    return Tool(find, plain.format)


def dolma(tagger: str) -> Tool:
    """A tagger; what it takes of the spaces and marks around a value is taken off again."""
    import_module("dolma.taggers.pii")
    tag = import_module("dolma.core.registry").TaggerRegistry.get(tagger)()
    document = import_module("dolma.core.data_types").Document
    around = " \t\r\n.,?!;:()"

    def spans(text: str) -> Any:
        return tag.predict(document(id="0", source="", text=text)).spans

    def find(text: str) -> Found:
        found = []
        for one in spans(text):
            value = text[one.start : one.end].lstrip(around)
            start = one.end - len(value)
            found.append((start, start + len(value.rstrip(around)), one.type))
        return found

    return Tool(find, spans)


def scrubadub() -> Tool:
    """All detectors it loads for `zh_CN`; filth it merges counts by its parts."""
    scrubber = import_module("scrubadub").Scrubber(locale="zh_CN")

    def find(text: str) -> Found:
        parts = [getattr(one, "filths", [one]) for one in scrubber.iter_filth(text)]
        return [(one.beg, one.end, one.type) for each in parts for one in each]

    return Tool(find, find)


def privyscope() -> Tool:
    """Its patterns for Simplified and Traditional, whichever a text is; its model is elsewhere."""
    engine = import_module("privyscope").Privyscope.auto(regex_only=True).preload()

    def find(text: str) -> Found:
        return [(one.start, one.end, one.label) for one in engine.redact(text).detected_spans]

    return Tool(find, find)


TOOLS: dict[str, tuple[str, Callable[[], Tool]]] = {
    "Presidio": ("presidio", presidio),
    "Presidio + 2 patterns": ("presidio", presidio_patterns),
    "data-juicer clean": ("data-juicer", datajuicer_clean),
    "data-juicer redaction": ("data-juicer", datajuicer_redaction),
    "datatrove": ("datatrove", datatrove),
    "dolma regex v2": ("dolma", lambda: dolma("pii_regex_v2")),
    "dolma fast v2": ("dolma", lambda: dolma("pii_regex_with_counts_fast_v2")),
    "scrubadub": ("scrubadub", scrubadub),
    "privyscope": ("privyscope", privyscope),
}
"""The environment of each, and how it is loaded."""


if __name__ == "__main__":
    main(sys.argv[1:])
