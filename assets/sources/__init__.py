"""Readers: raw files in, frames of RECORDS out.

Belongs here: finding raw files, reading each format record by record, naming what could not be
read and where, and going back from a document to its bytes. Does not belong here: turning bytes
into text (`quality.text`), deciding what is good, or writing anything.
"""

from assets.sources.discovery import discover
from assets.sources.reading import read
from assets.sources.trace import raw_record

__all__ = ["discover", "raw_record", "read"]
