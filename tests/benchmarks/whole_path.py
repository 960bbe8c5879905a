"""From the bytes of pages to documents and their language: speed, and memory as pages grow.

    python -m tests.benchmarks.whole_path DATA_FOLDER [COPIES …]     (default: 2 8 24)

Every real page of the shared sets, as many times over, each time in a folder of its own (so a site
of its own). One process reads all of them as one batch, as a build does: what sites repeat, main
text, repair, language. Each size runs in a process of its own, whose peak is told.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.reading import Reading
from quality.language import language
from schemas.batches import Batch, RawFile
from schemas.sources import Source
from tests.quality.text.mutating import files_of


def main(data: Path, copies: list[int]) -> None:
    """Measure each number of copies."""
    print("copies   pages    MB raw   CPU s   pages/s   MB/s   peak MB   documents")
    for count in copies:
        with tempfile.TemporaryDirectory(prefix="wenyuan-bench-") as folder:
            for copy in range(count):
                place = Path(folder) / f"{copy:03}"
                place.mkdir()
                for number, file in enumerate(files_of(data)):
                    shutil.copy(file, place / f"{number:03}.html")
            command = [sys.executable, "-m", __spec__.name, "--measure", folder]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            print(f"{count:6} {told.rstrip()}", flush=True)


def measure(folder: Path) -> None:
    """Read the folder once for the compiler, then for the clock."""
    files = sorted(folder.rglob("*.html"))
    _documents(files[:20])
    started = time.process_time()
    pages, documents = len(files), _documents(files)
    seconds = time.process_time() - started
    size = sum(file.stat().st_size for file in files) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{pages:8,} {size:9.0f} {seconds:7.1f} {pages / seconds:9.0f} {size / seconds:6.1f}"
        f" {peak:9.0f} {documents:11,}"
    )


def _documents(files: list[Path]) -> int:
    raw = tuple(RawFile(path=str(file), size=file.stat().st_size, version="") for file in files)
    batch = Batch(name="pages-00000", source="pages", files=raw)
    reading = Reading(batch, Source(kind="web", format="html", path="pages"))
    for documents in reading.documents():
        language(documents.lazy()).collect()
    return reading.kept


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        measure(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), [int(one) for one in sys.argv[2:]] or [2, 8, 24])
