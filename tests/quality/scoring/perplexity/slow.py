"""Modified Kneser-Ney models by the book: dictionaries of tuples, one symbol at a time."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

from quality.scoring.perplexity.estimating import BOUNDARY, FALLBACK

Gram = tuple[int, ...]


class SlowModel:
    """The chance of a symbol after others, as Chen and Goodman define it."""

    def __init__(self, documents: Sequence[Sequence[int]], order: int, *, continued: bool) -> None:
        self.order = order
        occurrences = [Counter[Gram]() for _ in range(order)]
        for document in [[BOUNDARY, *one, BOUNDARY] for one in documents]:
            for length in range(1, order + 1):
                for start in range(len(document) - length + 1):
                    gram = tuple(document[start : start + length])
                    occurrences[length - 1][gram] += 1
        occurrences[0][BOUNDARY,] -= len(documents) - 1  # two documents share one
        self.counts = [
            self._counts(occurrences, length, continued=continued) for length in range(1, order + 1)
        ]
        self.vocabulary = {gram[0] for gram in occurrences[0]}
        self.discounts = [self._discounts(counts) for counts in self.counts]
        self.chance = cache(self._chance)

    @staticmethod
    def _counts(
        occurrences: Sequence[Counter[Gram]], length: int, *, continued: bool
    ) -> Counter[Gram]:
        seen = occurrences[length - 1]
        if length == len(occurrences) or not continued:
            return seen
        preceded = Counter(gram[1:] for gram in occurrences[length])
        if length > 1:
            for gram in seen:
                if gram[0] == BOUNDARY:
                    preceded[gram] = seen[gram]
        return preceded

    @staticmethod
    def _discounts(counts: Counter[Gram]) -> tuple[float, float, float]:
        n1, n2, n3, n4 = (sum(c == n for c in counts.values()) for n in (1, 2, 3, 4))
        if not (n1 and n2 and n3 and n4):
            return FALLBACK
        y = n1 / (n1 + 2 * n2)
        found = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
        return found if min(found) > 0 else FALLBACK

    def _chance(self, context: Gram, symbol: int | None) -> float:
        """None is a symbol never seen."""
        level = len(context)
        lower = self.chance(context[1:], symbol) if level else 1 / (len(self.vocabulary) + 1)
        after = {
            gram[-1]: count for gram, count in self.counts[level].items() if gram[:-1] == context
        }
        if not after:
            return lower
        taken = {one: self.discounts[level][min(count, 3) - 1] for one, count in after.items()}
        total = sum(after.values())
        kept = after[symbol] - taken[symbol] if symbol in after else 0
        return kept / total + sum(taken.values()) / total * lower

    def surprises(self, documents: Sequence[Sequence[int]]) -> list[float]:
        """Of each symbol, and of the end of each document, in nats."""
        found = []
        for document in documents:
            line = [BOUNDARY, *document, BOUNDARY]
            for place in range(1, len(line)):
                context = tuple(line[max(0, place - self.order + 1) : place])
                symbol = line[place] if line[place] in self.vocabulary else None
                known = [one if one in self.vocabulary else -1 for one in context]
                found.append(-math.log(self.chance(tuple(known), symbol)))
        return found
