"""Exam questions inside documents.

Belongs here: reading benchmark files, the index of their n-grams, and how much of an item a
document holds. Does not belong here: which share is too much (a verdict).
"""

from quality.contamination.exams import exam_items
from quality.contamination.index import Index, contamination, index

__all__ = ["Index", "contamination", "exam_items", "index"]
