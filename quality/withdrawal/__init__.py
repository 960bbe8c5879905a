"""Withdrawn content: what tells it again, wherever and however it comes back.

Belongs here: matching documents against what was withdrawn. Does not belong here: the ledger of
requests, and what is done about a document that is found.
"""

from quality.withdrawal.keys import key_name
from quality.withdrawal.matching import HIT, asked, copies, margin
from quality.withdrawal.passages import LEAST_CHARS, contains, snippet_of
from quality.withdrawal.subjects import held, subjects_of
from quality.withdrawal.tombstones import Tombstones, joined, of_found, of_request, of_texts

__all__ = [
    "HIT",
    "LEAST_CHARS",
    "Tombstones",
    "asked",
    "contains",
    "copies",
    "held",
    "joined",
    "key_name",
    "margin",
    "of_found",
    "of_request",
    "of_texts",
    "snippet_of",
    "subjects_of",
]
