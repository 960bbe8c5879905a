"""Bytes to clean text: charset, main text of a page, repair and normalisation.

Belongs here: everything between a raw record and the `text` of a document. Does not belong
here: reading files, measuring or judging the text, or rewriting its script, width or wording.
"""

from quality.text.conversion import convert, repairs_of, survey
from quality.text.repeats import Repeats

__all__ = ["Repeats", "convert", "repairs_of", "survey"]
