"""Makes the sample: `python -m examples.city.generate DEST` writes DEST/raw and DEST/truth.jsonl.

The same bytes come out every time: every choice hangs on one seed, every date is fixed.
"""

import random
import sys
from collections import Counter
from pathlib import Path

from examples.city import offices, readings, trades
from examples.city.crawl import Crawl
from examples.city.desk import Desk
from examples.city.entries import Entry, write_truth
from examples.city.exams import read_exams, write_exams
from examples.city.writing import Writer

SEED = 20250318


def generate(root: Path) -> list[Entry]:
    """Write the raw files and the truth under `root`; an entry for every raw record."""
    desk = Desk(root, Writer(random.Random(SEED)), read_exams())
    write_exams(desk.path("raw/exams/exam.jsonl"), desk.exams)
    for write in (
        offices.write_pages,
        offices.write_letters,
        offices.write_hotline,
        offices.write_archive,
        trades.write_finance,
        trades.write_medicine,
        readings.write_books,
        readings.write_cantonese,
        readings.write_chat,
    ):
        write(desk)
    _crawl(desk)
    write_truth(root / "truth.jsonl", desk.entries)
    return desk.entries


def _crawl(desk: Desk) -> None:
    crawl = Crawl(desk)
    spare = crawl.articles()
    pairs = crawl.pairs()
    crawl.copies()
    crawl.rubbish()
    crawl.exam_pages()
    crawl.garbled(spare[:3])
    crawl.write(spare[3:5])
    readings.write_editions(desk, pairs)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 1:
        print("usage: python -m examples.city.generate DEST", file=sys.stderr)
        return 2
    entries = generate(Path(arguments[0]))
    for source, count in Counter(entry.source for entry in entries).items():
        print(f"{source:12} {count:4} records")
    print(f"{'in all':12} {len(entries):4} records")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
