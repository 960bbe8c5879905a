"""Copies: exact and near-duplicates of documents, found on the folded text.

Belongs here: signatures, the choice of bands, clusters and who is kept of each. Does not belong
here: what to do with a duplicate (a verdict), duplicates inside one document (a signal).
"""

from quality.dedup.bands import bands, s_curve
from quality.dedup.clusters import MEMBERS, cluster
from quality.dedup.members import keeps_one_of_each, members_of
from quality.dedup.signatures import signatures

__all__ = [
    "MEMBERS",
    "bands",
    "cluster",
    "keeps_one_of_each",
    "members_of",
    "s_curve",
    "signatures",
]
