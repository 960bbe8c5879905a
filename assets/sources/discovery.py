"""Finding the raw files of a source."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from schemas.batches import RawFile
from schemas.errors import ConfigError
from schemas.sources import Format, Source

_COMPRESSED = ("", ".gz", ".zst")

SUFFIXES: dict[Format, tuple[str, ...]] = {
    "warc": (".warc", ".wet", ".arc"),
    "html": (".html", ".htm", ".shtml", ".xhtml"),
    "jsonl": (".jsonl", ".ndjson", ".jsonlines"),
    "chat": (".jsonl", ".ndjson", ".jsonlines"),
    "parquet": (".parquet", ".pq"),
    "csv": (".csv", ".tsv", ".tab"),
    "text": (".txt", ".md", ".markdown", ".text"),
    "pdf": (".pdf",),
    "docx": (".docx",),
}
"""The names a folder's files are taken by; a pattern takes whatever it matches."""

_NEVER_COMPRESSED = frozenset({"parquet", "pdf", "docx"})


def discover(source: Source, base: str) -> list[RawFile]:
    """The raw files of a source, in order of their paths, as they are now.

    `source.path` is a file, a folder (searched with those below it), a pattern, or several, each
    an fsspec URL or relative to `base` (to the working folder where that is empty). A query is
    one file, whose version is its digest.

    Raises:
        ConfigError: A path matches nothing.
    """
    if source.format == "sql":
        query = (source.query or "").encode()
        digest = hashlib.sha256(query).hexdigest()
        return [RawFile(path="sql", size=0, version=digest)]
    paths = (source.path,) if isinstance(source.path, str) else source.path or ()
    found = {file.path: file for path in paths for file in _expand(path, base, source.format)}
    return [found[path] for path in sorted(found)]


def _expand(path: str, base: str, format_: Format) -> list[RawFile]:
    placed = "://" in path or path.startswith("/") or not base
    url = path if placed else f"{base.rstrip('/')}/{path}"
    fs, root = fsspec.core.url_to_fs(url)
    files = list(_files(fs, root, format_))
    if not files:
        kinds = ", ".join(suffixes(format_))
        raise ConfigError(
            f"No {format_} file found at {url}. Looked for the file itself, for files matching it "
            f"as a pattern, and in it as a folder for names ending in {kinds}. Check `path` of "
            "the source in corpus.yaml; it is relative to that file."
        )
    return files


def suffixes(format_: Format) -> list[str]:
    """How the names of a format's files end, compressed ones included.

    >>> suffixes("pdf"), suffixes("warc")[:3]
    (['.pdf'], ['.warc', '.warc.gz', '.warc.zst'])
    """
    ends = ("",) if format_ in _NEVER_COMPRESSED else _COMPRESSED
    return [suffix + end for suffix in SUFFIXES[format_] for end in ends]


def _files(fs: fsspec.AbstractFileSystem, root: str, format_: Format) -> Iterator[RawFile]:
    if fs.isdir(root):
        ends = tuple(suffixes(format_))
        found = fs.find(root, detail=True)
        kept = {path: info for path, info in found.items() if path.lower().endswith(ends)}
    elif fs.exists(root):
        kept = {root: fs.info(root)}
    elif any(sign in root for sign in "*?["):
        kept = fs.glob(root, detail=True)
    else:
        kept = {}
    for path, info in kept.items():
        if info["type"] == "file":
            yield _raw_file(fs, path, info)


def _raw_file(fs: fsspec.AbstractFileSystem, path: str, info: dict[str, Any]) -> RawFile:
    if isinstance(fs, LocalFileSystem):
        stat = Path(path).stat()
        return RawFile(path=path, size=stat.st_size, version=str(stat.st_mtime_ns))
    size = info["size"] or 0
    return RawFile(path=fs.unstrip_protocol(path), size=size, version=_version(info))


def _version(info: dict[str, Any]) -> str:
    """What changes when a file's content may have: its ETag, or when it was last written."""
    for key in ("ETag", "etag", "LastModified", "last_modified", "mtime", "created"):
        if info.get(key) is not None:
            return str(info[key]).strip('"')
    return "unknown"
