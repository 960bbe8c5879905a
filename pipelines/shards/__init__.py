"""Shards: a mixture written as files, and published all or nothing.

A mixture's folder holds `manifest.json`, `README.md`, `croissant.json` and one folder named for
the version, in which each part has a folder of shards; where documents were withdrawn from it, also
`revoked.jsonl`. Of a mixture that was taken off only that is left.

Belongs here: packing, publishing and reading single rows. Does not belong here: what is chosen
(quality/mixing), and other forms of a published mixture.
"""

from pipelines.shards.packing import pack
from pipelines.shards.publishing import CARD, MANIFEST, REVOKED, load, take_off, tidy
from pipelines.shards.reading import find_shard, read_row

__all__ = [
    "CARD",
    "MANIFEST",
    "REVOKED",
    "find_shard",
    "load",
    "pack",
    "read_row",
    "take_off",
    "tidy",
]
