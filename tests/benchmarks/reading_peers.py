"""The peers that guess charsets and mend mojibake, in an environment of their own.

    python reading_peers.py install VENV                (any Python 3.11)
    VENV/bin/python reading_peers.py NAME CASES ANSWERS (`charset` and `mojibake` do this)

CASES is a JSON list: base64 of bytes for a detector, text for ftfy. ANSWERS is the JSON of the
texts read, null where there was none, and the seconds it took.
"""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

PACKAGES = ["ftfy==6.3.1", "chardet==7.7.0", "charset-normalizer==3.5.3"]

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
"""A peer's answer is read in the superset, as a knowledgeable user would."""


def main(arguments: list[str]) -> None:
    """Install the environment, or run one peer."""
    if arguments[0] == "install":
        venv = Path(arguments[1])
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "-q", *PACKAGES], check=True)
        return
    name, cases, answers = arguments
    given = json.loads(Path(cases).read_text("utf-8"))
    texts, seconds = PEERS[name](given)
    Path(answers).write_text(json.dumps({"texts": texts, "seconds": seconds}), "utf-8")


def _detector(
    detect: Callable[[bytes], str | None], given: list[str]
) -> tuple[list[str | None], float]:
    payloads = list(map(base64.b64decode, given))
    started = time.perf_counter()
    labels = [detect(payload) for payload in payloads]
    seconds = time.perf_counter() - started
    return [_read(*one) for one in zip(payloads, labels, strict=True)], seconds


def _read(payload: bytes, label: str | None) -> str | None:
    if label is None:
        return None
    codec = label.lower().replace("_", "-") if label.lower() != "shift_jis" else "shift_jis"
    try:
        return payload.decode(_WIDER.get(codec, codec), "replace")
    except LookupError:
        return None


def chardet(given: list[str]) -> tuple[list[str | None], float]:
    """Its answer for the whole of the bytes."""
    detect = import_module("chardet").detect
    return _detector(lambda payload: detect(payload)["encoding"], given)


def charset_normalizer(given: list[str]) -> tuple[list[str | None], float]:
    """Its best answer."""
    read = import_module("charset_normalizer").from_bytes

    def detect(payload: bytes) -> str | None:
        best = read(payload).best()
        return best.encoding if best else None

    return _detector(detect, given)


def ftfy(given: list[str]) -> tuple[list[str | None], float]:
    """Its repair of encodings alone: no width, quotes or entities."""
    fix = import_module("ftfy").fix_encoding
    started = time.perf_counter()
    texts: list[str | None] = [fix(text) for text in given]
    return texts, time.perf_counter() - started


PEERS: dict[str, Callable[[list[str]], tuple[list[str | None], float]]] = {
    "chardet": chardet,
    "charset_normalizer": charset_normalizer,
    "ftfy": ftfy,
}


if __name__ == "__main__":
    main(sys.argv[1:])
