"""Copies: exact and near-duplicates of documents, found on the folded text.

Belongs here: signatures, the choice of bands, pairs, clusters and who is kept of each, and lines
that many documents share. Does not belong here: what to do with a duplicate (a verdict), and what
repeats inside one document (a signal).
"""

from quality.dedup.bands import Bands, bands, bands_of, s_curve
from quality.dedup.clusters import cluster
from quality.dedup.lines import boilerplate, lines
from quality.dedup.members import MEMBERS, keeps_one_of_each, members_of
from quality.dedup.pairs import NOTHING_KNOWN, Known, TextsAt, pairs
from quality.dedup.signatures import signatures

__all__ = [
    "MEMBERS",
    "NOTHING_KNOWN",
    "Bands",
    "Known",
    "TextsAt",
    "bands",
    "bands_of",
    "boilerplate",
    "cluster",
    "keeps_one_of_each",
    "lines",
    "members_of",
    "pairs",
    "s_curve",
    "signatures",
]
