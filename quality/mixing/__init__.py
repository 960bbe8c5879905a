"""Mixing: from what a recipe asks and what the corpus holds to the rows of a mixture, in order.

Belongs here: components, budgets, choice, order, the numbering of shards. Does not belong here:
texts, which mixing never sees, and files (pipelines/shards).
"""

from quality.mixing.budget import Budget
from quality.mixing.choosing import CHOSEN, LEDGER, Mixture, Selection, choose, outlook
from quality.mixing.components import MEMBERS, members, names, size_of
from quality.mixing.keys import U64, Places, halves, shard_count, shard_numbers, shuffle_keys

__all__ = [
    "CHOSEN",
    "LEDGER",
    "MEMBERS",
    "U64",
    "Budget",
    "Mixture",
    "Places",
    "Selection",
    "choose",
    "halves",
    "members",
    "names",
    "outlook",
    "shard_count",
    "shard_numbers",
    "shuffle_keys",
    "size_of",
]
