"""Raw files into batches: a file, once assigned, never moves.

Paths are written down relative to corpus.yaml, so that a corpus may move as a whole.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from assets.sources import discover
from pipelines.lake import Lake
from schemas.batches import Batch, RawFile
from schemas.corpus import Corpus, absolute, relative


def new_batches(corpus: Corpus, lake: Lake) -> list[Batch]:
    """Batches to write down: new files grouped, and known batches whose files have changed."""
    known = [lake.batch(name) for name in lake.batches()]
    return [
        batch
        for source in corpus.sources
        for batch in _of_source(corpus, source, [one for one in known if one.source == source])
    ]


def assign(corpus: Corpus, lake: Lake) -> list[Batch]:
    """Find new and changed raw files and write their batches down."""
    batches = new_batches(corpus, lake)
    for batch in batches:
        lake.put_batch(batch)
    return batches


def current_batches(corpus: Corpus, lake: Lake) -> dict[str, Batch]:
    """The batches of the sources that corpus.yaml still names, in order."""
    batches = (lake.batch(name) for name in lake.batches())
    return {batch.name: batch for batch in batches if batch.source in corpus.sources}


def placed(corpus: Corpus, batch: Batch) -> Batch:
    """The batch with the paths of its files as they are now, wherever corpus.yaml lies."""
    if corpus.sources[batch.source].format == "sql":
        return batch
    folder = Path(corpus.folder)
    files = (_at(file, absolute(file.path, folder)) for file in batch.files)
    return batch.model_copy(update={"files": tuple(files)})


def _at(file: RawFile, path: str) -> RawFile:
    return file.model_copy(update={"path": path})


def _of_source(corpus: Corpus, source: str, known: list[Batch]) -> Iterator[Batch]:
    folder = Path(corpus.folder)
    files_now = discover(corpus.sources[source], corpus.folder)
    found = {relative(file.path, folder): file for file in files_now}
    found = {path: _at(file, path) for path, file in found.items()}
    for batch in known:
        files = tuple(found.pop(file.path, file) for file in batch.files)
        if files != batch.files:
            yield batch.model_copy(update={"files": files})
    number = max((int(batch.name.rsplit("-", 1)[1]) for batch in known), default=-1)
    for offset, files in enumerate(_groups(found.values(), corpus.batch_bytes), number + 1):
        yield Batch(name=f"{source}-{offset:05d}", source=source, files=files)


def _groups(files: Iterable[RawFile], limit: int) -> Iterator[tuple[RawFile, ...]]:
    """Files in order of path, grouped until a group reaches `limit` bytes."""
    group: list[RawFile] = []
    held = 0
    for file in sorted(files, key=lambda file: file.path):
        group.append(file)
        held += file.size
        if held >= limit:
            yield tuple(group)
            group, held = [], 0
    if group:
        yield tuple(group)
