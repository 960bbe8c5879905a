"""Choosing the obvious way: one document after the other, exact fractions, no arrays."""

from fractions import Fraction
from math import ceil

import polars as pl

from schemas.recipes import Recipe

MASK = 2**64 - 1


def mix(state: int) -> int:
    state = (state + 0x9E3779B97F4A7C15) & MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
    return state ^ (state >> 31)


def slow_key(seed: int, purpose: int, doc_id: str, time: int = 0) -> int:
    state = mix(seed) ^ purpose
    for word in (int(doc_id[:16], 16), int(doc_id[16:], 16), time):
        state = mix(mix(state) ^ word)
    return state


Sequences = dict[str, list[tuple[str, int, int, int]]]


def slow_sequences(
    inventory: pl.DataFrame, recipe: Recipe
) -> tuple[Sequences, list[tuple[str, str]]]:
    """What each source gives in an epoch (document, copy, copies, size), and what is held out."""
    sequences: Sequences = {}
    held_out: list[tuple[str, str]] = []
    limit = int(recipe.validation * 2**64)
    for row in inventory.to_dicts():
        if recipe.components and row["source"] not in recipe.components:
            continue
        if slow_key(recipe.seed, 3, row["family"]) < limit:
            held_out.append((row["source"], row["doc_id"]))
            continue
        copies = 1
        for least in sorted(recipe.upsample):
            copies = recipe.upsample[least] if row["cluster_size"] >= least else copies
        sequences.setdefault(row["source"], []).extend(
            (row["doc_id"], copy, copies, row["chars"]) for copy in range(copies)
        )
    return sequences, held_out


def slow_plan(
    inventory: pl.DataFrame, recipe: Recipe
) -> list[tuple[int, str, str, int, int]] | None:
    """Part, component, document, epoch and key of every row; null where it cannot be done.

    For recipes of whole sources.
    """
    sequences, held_out = slow_sequences(inventory, recipe)
    have = {name: sum(one[3] for one in items) for name, items in sequences.items()}
    if recipe.components and not all(have.get(name) for name in recipe.components):
        return None
    weights = {k: Fraction(str(c.weight)) for k, c in recipe.components.items()}
    weights = weights or {name: Fraction(size) for name, size in have.items() if size}
    if not weights:
        return None
    share = {name: weight / sum(weights.values()) for name, weight in weights.items()}
    feasible = int(min(recipe.max_epochs * have[name] / share[name] for name in share))
    total = recipe.tokens or feasible
    if total > feasible:
        return None
    shares = [Fraction(str(one.share)) for one in recipe.stages.values()] or [Fraction(1)]
    rows = []
    for name, part in share.items():
        ends = [
            ceil(sum(shares[: n + 1], Fraction(0)) / sum(shares) * total * part)
            for n in range(len(shares))
        ]
        order = sorted(
            sequences[name], key=lambda one: (slow_key(recipe.seed, 1, one[0], one[1]), one[0])
        )
        at = 0
        for nth in range(recipe.max_epochs):
            begun = at
            for doc_id, copy, copies, size in order:
                # Empty texts at the very end belong to their epoch, too.
                start = min(at, begun + have[name] - 1)
                if start < ends[-1]:
                    stage = sum(start >= end for end in ends)
                    epoch = nth * copies + copy
                    rows.append((stage, name, doc_id, epoch))
                at += size
    rows += [(len(shares), name, doc_id, 0) for name, doc_id in held_out]
    keyed = [(*row, slow_key(recipe.seed, 2, row[2], row[3])) for row in rows]
    return sorted(keyed, key=lambda row: (row[0], row[4], row[2], row[3]))
