"""Exam questions inside documents.

Belongs here: reading benchmark files, the index of their questions, and how much of an item a
document holds. Does not belong here: which share is too much (a verdict), what is done then, and
where an index is kept.
"""

from quality.contamination.cutting import beyond, uncut_share, without_passages
from quality.contamination.exams import ITEMS, exam_items
from quality.contamination.formats import ENDINGS
from quality.contamination.index import VERSION, Index, index, of_arrays
from quality.contamination.measuring import LEAST_SHARE, contamination

__all__ = [
    "ENDINGS",
    "ITEMS",
    "LEAST_SHARE",
    "VERSION",
    "Index",
    "beyond",
    "contamination",
    "exam_items",
    "index",
    "of_arrays",
    "uncut_share",
    "without_passages",
]
