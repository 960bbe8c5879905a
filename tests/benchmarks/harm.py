"""Spam and toxicity: `python -m tests.benchmarks.harm DATA_FOLDER` (two minutes).

Held-out posts beside a fastText classifier of the same texts, pages of a crawl beside the phrase
signal, and megabytes a CPU second of each of them.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import fasttext
import numpy as np
import polars as pl
from resiliparse.extract.html2text import extract_plain_text

from assets.sources import read
from quality.kernels.arrow import strings
from quality.kernels.fold import fold_all
from quality.scoring import signals
from quality.scoring.harm import sets, spam, train
from quality.scoring.harm.evaluate import SCORERS, THRESHOLD, judged, on_posts
from quality.scoring.linear import judging
from quality.text import convert
from quality.text.charset import decode
from schemas.batches import Batch, RawFile
from schemas.sources import Source
from tests.quality.scoring.read import labelled

FASTTEXT = {
    "wordNgrams": 4,
    "epoch": 10,
    "lr": 0.1,
    "minCount": 1,
    "dim": 32,
    "thread": 1,
    "verbose": 0,
}
"""As FineWeb2-HQ has them, with fewer passes and dimensions."""


def spaced(texts: Sequence[str]) -> list[str]:
    """Folded texts with every character as a word."""
    return [" ".join(text) for text in fold_all(pl.Series(texts))]


def peer(found: train.Material, kind: sets.Kind, menus: list[str]) -> Any:
    """The fastText classifier of what our own was learned from."""
    harmful, clean = train.examples(found, kind, menus)
    lines = [f"__label__1 {line}" for line in spaced(harmful)]
    lines += [f"__label__0 {line}" for line in spaced(clean)]
    random.Random(train.SEED).shuffle(lines)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        return fasttext.train_supervised(file.name, **FASTTEXT)


def posts(data: Path) -> None:
    """The areas under the curve on held-out posts."""
    found = train.material(data)
    of = {"chineseharm": sets.harm_posts(data), "cold": sets.cold_posts(data)}
    for kind, scorer in SCORERS.items():
        menus = found.spam if kind == "spam" else []
        model = peer(found, kind, menus)
        for name, some in of.items():
            held = [post for post in some if sets.in_test(post.text)]
            truth = np.array([getattr(post, kind) for post in held])
            if not truth.any():
                continue
            told = [model.predict(line, k=2) for line in spaced([post.text for post in held])]
            theirs = np.array([dict(zip(*one, strict=True)).get("__label__1", 0) for one in told])
            ours = on_posts(scorer, some, kind)["auc"]
            _say(f"{kind} {name}: ours {ours:.3f} fastText {judging.auc(theirs, truth):.3f}")
        speed(f"fastText {kind}", partial(_predicted, model), data)
        speed(f"ours {kind}", partial(judged, scorer), data)


def _predicted(model: Any, texts: Sequence[str]) -> None:
    for line in spaced(texts):
        model.predict(line)


def pages(data: Path) -> None:
    """What is said of the pages of a crawl that are nearly all spam, as converted and as seen."""
    file = str(data / "warc-cc-zh-spam" / "warcfile-part.warc")
    source = Source(kind="web", format="warc", path=file)
    batch = Batch(name="a-00000", source="a", files=(RawFile(path=file, size=0, version=""),))
    records = pl.concat(list(read(batch, source)))
    texts = convert(records)["text"].fill_null("").to_list()
    for place, (payload, text) in enumerate(zip(records["payload"], texts, strict=True)):
        page = decode(payload or b"", html=True)
        seen = extract_plain_text(page.text if page else "", main_content=False)
        told = [judged(spam, [one])[0] for one in (text, seen)]
        density = signals(pl.LazyFrame({"doc_id": ["a"], "text": [seen]})).collect()
        _say(
            f"page {place}: converted {len(text)} characters {told[0]:.3f}, "
            f"seen {len(seen)} {told[1]:.3f}, spam_density {density['spam_density'][0]:.1f}"
        )


def passages(data: Path) -> None:
    """The figures on passages of all kinds of text that readers labelled."""
    rows = list(labelled(data))
    for kind, scorer in SCORERS.items():
        truth = np.array([bool(getattr(label, kind)) for label, _ in rows])
        scores = judged(scorer, [text for _, text in rows])
        flagged = scores > THRESHOLD
        ece = judging.calibration_error(np.stack([1 - scores, scores], 1), truth.astype(int))
        _say(
            f"read passages, {kind}: {truth.sum()} of {truth.size}, "
            f"auc {judging.auc(scores, truth):.3f} precision {truth[flagged].mean():.3f} "
            f"recall {flagged[truth].mean():.3f} ece {ece:.3f}"
        )


def speed(name: str, run: Callable[[Sequence[str]], object], data: Path) -> None:
    """Megabytes of clean documents that a CPU second judges."""
    texts = [sets.clean_texts(data, one)[:200] for one in ("news_zh_hans", "tech_docs_zh_hans")]
    some = [text for part in texts for text in part]
    run(some[:10])
    size = strings(pl.Series(some)).data.size
    start = time.process_time()
    run(some)
    _say(f"{name}: {size / 1e6 / (time.process_time() - start):.1f} MB/s")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    posts(Path(sys.argv[1]))
    passages(Path(sys.argv[1]))
    pages(Path(sys.argv[1]))
