"""The peers, each with what a knowledgeable user would set for Chinese, from HTML to text.

    python peers.py install VENV                 (Python 3.11; a minute)
    VENV/bin/python peers.py NAME PAGES TEXTS    (`main_text` does this)
    VENV/bin/python peers.py rouge TEXTS SCORES

Runs inside the peers' own environment, so nothing of the project is imported here. PAGES has a
JSON string, the page's HTML, on each line; TEXTS the extracted ones, after the CPU seconds taken.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

PACKAGES = (
    "trafilatura==2.3.1",
    "resiliparse==2.0.1",
    "readability-lxml==0.9",
    "justext==3.0.2",
    "gne==0.4.3",
    "jieba==0.42.1",
)

STOP_WORDS = frozenset("的年在月是和日了於为為有被人中他与與後也而由")
"""For jusText, which has none for Chinese; it looks for words between spaces."""


def main(arguments: list[str]) -> None:
    """Install the environment, run one peer, or score by ROUGE."""
    if arguments[0] == "install":
        install(Path(arguments[1]))
    elif arguments[0] == "rouge":
        pairs = [json.loads(line) for line in _lines(Path(arguments[1]))]
        scores = [rouge(found, gold) for found, gold in pairs]
        Path(arguments[2]).write_text(json.dumps(scores), encoding="utf-8")
    else:
        run(arguments[0], Path(arguments[1]), Path(arguments[2]))


def install(venv: Path) -> None:
    """Make the environment unless it is there."""
    if not venv.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        # pip of before 2024 fails on an extra that two packages ask for.
        for packages in (["--upgrade", "pip"], PACKAGES):
            subprocess.run(
                [venv / "bin/python", "-m", "pip", "install", "-q", *packages], check=True
            )


def run(name: str, pages: Path, texts: Path) -> None:
    """Extract every page; one that a peer fails on has no text."""
    extract = PEERS[name]()
    read = [json.loads(line) for line in _lines(pages)]
    extract(read[0])
    found = []
    started = time.process_time()
    for page in read:
        try:
            found.append(extract(page) or "")
        except Exception:  # noqa: BLE001 - what a peer raises is its own affair
            found.append("")
    rows = [time.process_time() - started, *found]
    texts.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def _trafilatura(*, recall: bool) -> Callable[[str], str]:
    extract = import_module("trafilatura").extract
    return lambda page: extract(
        page, output_format="markdown", include_comments=False, favor_recall=recall
    )


def _resiliparse() -> Callable[[str], str]:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: extract(page, main_content=True, preserve_formatting=True, alt_texts=False)


def _readability() -> Callable[[str], str]:
    document = import_module("readability").Document
    parse = import_module("lxml.html").fromstring
    return lambda page: parse(document(page).summary()).text_content()


def _justext() -> Callable[[str], str]:
    justext = import_module("justext").justext
    settings = {"length_low": 20, "length_high": 60, "stopwords_low": 0, "stopwords_high": 0}
    return lambda page: "\n".join(
        paragraph.text
        for paragraph in justext(page.encode(), STOP_WORDS, encoding="utf-8", **settings)
        if not paragraph.is_boilerplate
    )


def _gne() -> Callable[[str], str]:
    extractor = import_module("gne").GeneralNewsExtractor()
    return lambda page: extractor.extract(page).get("content", "")


PEERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "trafilatura": lambda: _trafilatura(recall=False),
    "trafilatura, recall": lambda: _trafilatura(recall=True),
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
    "jusText": _justext,
    "GNE": _gne,
}


def rouge(text: str, gold: str) -> float:
    """ROUGE-N as WebMainBench defines it: F1 of 5-grams of jieba's tokens, markup and all."""
    cut = import_module("jieba").lcut
    found, wanted = (_grams(cut(one)) for one in (text, gold))
    both = (found & wanted).total()
    return 2 * both / max(found.total() + wanted.total(), 1)


def _grams(tokens: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[at : at + 5]) for at in range(len(tokens) - 4))


if __name__ == "__main__":
    main(sys.argv[1:])
