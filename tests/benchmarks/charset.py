"""How many texts get their charset right, how fast, and what the confidence is worth.

    python -m tests.benchmarks.charset VENV [DOCUMENTS]     (default: 100 of each set)

Beside charset-normalizer and chardet, in VENV. `files` are the shared pages, files and samples in
their original bytes. `transcoded` are stretches of real texts of the half not tuned on, in each
encoding, without a declaration; with a wrong one (each of five) for us alone, since peers hear
none. A text is right if every character is. Medians of three for speed.
"""

import base64
import itertools
import random
import sys
import time
from pathlib import Path
from statistics import median

from quality.text.charset import decode
from quality.text.encodings import characters, known
from tests.benchmarks.reading import ask, peers_at, piece, texts
from tests.shared import shared_data

PEERS = ("charset_normalizer", "chardet")
CODECS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le")
SIZES = (10, 20, 50, 200, 2_000)
WRONG = ("utf-8", "gbk", "big5", "iso-8859-1", "utf-16")
SAMPLES = {
    "arabic-1": "cp1256",
    "chinese": "big5hkscs",
    "french-1": "cp1252",
    "greek": "iso8859-7",
    "greek-2": "iso8859-7",
    "hebrew-2": "cp1255",
    "hebrew-3": "cp1255",
    "korean": "cp949",
    "russian": "mac-cyrillic",
    "turkish": "cp1254",
}
"""What samples are in that are not UTF-8."""

Cases = list[tuple[bytes, str]]
"""Bytes, and the text they are."""


def main(venv: str, documents: int = 100) -> None:
    """Print the tables."""
    python = peers_at(venv)
    print(f"{'right':28}{'n':>8}{'ours':>9}" + "".join(f"{name:>20}" for name in PEERS))
    for what, cases in _files().items():
        _table(what, cases, python)
    sure: list[tuple[float, bool]] = []
    for codec in CODECS:
        for size in SIZES:
            cases = _transcoded(codec, size, documents)
            _table(f"{codec} {size} bytes", cases, python)
            sure += _declared(codec, cases)
    _confidence(sure)
    _speed(python)


def _files() -> dict[str, Cases]:
    pages: Cases = []
    for name in ("html-163-gbk", "html-cwce", "html-magic-html", "html-readability"):
        pages += [_truth(path) for path in sorted(shared_data(name).rglob("*.html"))]
    books = [_truth(path) for path in sorted(shared_data("text-tcm-gbk-files").glob("*.txt"))]
    samples = []
    for path in sorted((shared_data("mojibake-charset-normalizer") / "data").glob("*.txt")):
        codec = SAMPLES.get(path.stem.removeprefix("sample-"), "utf-8-sig")
        samples.append((path.read_bytes(), path.read_bytes().decode(codec)))
    return {"pages": pages, "books": books, "samples": samples}


def _truth(path: Path) -> tuple[bytes, str]:
    payload = path.read_bytes()
    try:
        return payload, payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return payload, characters(payload, "gb18030").text


def _transcoded(codec: str, size: int, documents: int) -> Cases:
    draw = random.Random(f"{codec}{size}")
    cases: Cases = []
    for text in texts(documents, held_out=True):
        found = piece(text, min(size // 2, len(text)), draw) if size < 2_000 else text[:size]
        payload = (found or "").encode(codec, "ignore")[:size]
        whole = payload.decode(codec, "ignore")
        if sum(c >= "\u2e80" for c in whole) * 4 >= max(len(whole), 8):
            payload = whole.encode(codec)
            cases.append((payload, characters(payload, known(codec) or "utf-8").text))
    return cases


def _right(read: list[str | None], cases: Cases) -> float:
    pairs = zip(read, cases, strict=True)
    return sum(_same(text, wanted) for text, (_, wanted) in pairs) / max(len(cases), 1)


def _same(text: str | None, wanted: str) -> bool:
    """Whether a text is right; old and new editions of GB 18030 and Big5 are one."""
    return (text or "").removeprefix("\ufeff").translate(_EDITIONS) == wanted.translate(_EDITIONS)


_EDITIONS = str.maketrans("\ue5e5•､‾∼♁☉¥¢£", "\u3000‧﹑¯～⊕⊙￥￠￡")


def _table(what: str, cases: Cases, python: Path) -> None:
    ours = [found.text if (found := decode(payload)) else None for payload, _ in cases]
    given = [base64.b64encode(payload).decode() for payload, _ in cases]
    scores = [_right(ours, cases), *(_right(ask(python, name, given)[0], cases) for name in PEERS)]
    print(f"{what:28}{len(cases):8}{scores[0]:9.4f}" + "".join(f"{s:20.4f}" for s in scores[1:]))


def _declared(codec: str, cases: Cases) -> list[tuple[float, bool]]:
    """Prints what becomes of wrong declarations; returns confidences and who was right."""
    others = [label for label in WRONG if known(label) != known(codec)]
    sure = []
    for payload, wanted in cases:
        for label in (None, *others):
            found = decode(payload, label)
            right = found is not None and found.text == wanted
            sure.append((found.confidence if found else 0.0, right))
    share = sum(good for _, good in sure) / max(len(sure), 1)
    print(f"{'  with none and each wrong one':28}{len(sure):6}{share:9.4f}")
    return sure


def _confidence(sure: list[tuple[float, bool]]) -> None:
    print("\nconfidence          n    right")
    edges = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)
    for low, high in itertools.pairwise(edges):
        inside = [good for confidence, good in sure if low <= confidence < high]
        if inside:
            print(f"{low:5} to {min(high, 1):5}{len(inside):8}{sum(inside) / len(inside):9.4f}")


def _speed(python: Path) -> None:
    kinds = {
        "UTF-8 pages": [p.read_bytes() for p in shared_data("html-magic-html").rglob("*.html")],
        "GBK pages": [p.read_bytes() for p in shared_data("html-163-gbk").rglob("*.html")],
    }
    print(f"\n{'MB/s':20}{'ours':>9}" + "".join(f"{name:>20}" for name in PEERS))
    for what, payloads in kinds.items():
        size = sum(map(len, payloads)) / 1e6
        given = [base64.b64encode(payload).decode() for payload in payloads]
        ours = _median(payloads)
        peers = [median(ask(python, name, given)[1] for _ in range(3)) for name in PEERS]
        print(f"{what:20}{size / ours:9.1f}" + "".join(f"{size / took:20.1f}" for took in peers))


def _median(payloads: list[bytes]) -> float:
    took = []
    for _ in range(3):
        started = time.perf_counter()
        for payload in payloads:
            decode(payload, html=True)
        took.append(time.perf_counter() - started)
    return median(took)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
