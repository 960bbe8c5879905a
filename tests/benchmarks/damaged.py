"""Twenty thousand damaged pages through the whole step, each a document or a reject.

python -m tests.benchmarks.damaged DATA_FOLDER [PAGES]     (minutes)
"""

import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from quality.text import Repeats, convert, survey
from tests.quality.text.mutating import damaged, pages_of
from tests.quality.text.test_damaged_pages import records


def main(data: Path, count: int) -> None:
    """Convert them, and print what became of them and how long one took at most."""
    reasons: Counter[str] = Counter()
    slowest = 0.0
    started = time.process_time()
    made = damaged(pages_of(data), count, seed=7)
    while some := list(islice(made, 50)):
        begun = time.process_time()
        frame = records(some)
        repeats = Repeats()
        survey(frame, repeats)
        found = convert(frame, repeats)
        assert found.height == len(some)
        assert (found["text"].is_null() == found["reason"].is_not_null()).all()
        reasons.update(reason or "text" for reason in found["reason"])
        slowest = max(slowest, time.process_time() - begun)
    taken = time.process_time() - started
    print(f"{count:,} pages in {taken:.0f} s; the slowest 50 together {slowest:.1f} s")
    for reason, times in reasons.most_common():
        print(f"  {reason:14} {times:7,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
