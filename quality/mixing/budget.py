"""The budget: what each component should give, stage by stage, and whether it can.

Numbers only. Weights are exact fractions of the decimals they are written as, so that shares add
up to 1; a total is feasible exactly where every component can give its part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from schemas.errors import InfeasibleError
from schemas.recipes import Recipe

Shares = dict[str, Fraction]


@dataclass(frozen=True)
class Budget:
    """What is asked of each component, in tokens.

    `available` is what one epoch gives and `most` what all epochs give; `bounds` are, for each
    stage, the tokens asked up to its end; `shares` are of the whole. `shortage` says in words
    what is short and what would do, and is null where the budget can be met.
    """

    total: int
    available: Mapping[str, int]
    most: Mapping[str, int]
    shares: Mapping[str, float]
    bounds: Mapping[str, tuple[int, ...]]
    shortage: str | None = None

    def wanted(self, component: str) -> int:
        """The tokens asked of a component in all stages together."""
        return self.bounds[component][-1]


def budget(available: Mapping[str, int], recipe: Recipe) -> Budget:
    """The budget of `recipe` where one epoch of each component gives `available` tokens.

    Without `recipe.tokens` the total is the largest that weights and epochs allow. A larger total
    never asks less of any component.

    Raises InfeasibleError where a component has nothing at all.
    """
    used = dict(available) if recipe.components else {k: v for k, v in available.items() if v}
    _nothing_empty(used)
    most = {name: tokens * recipe.epochs_of(name) for name, tokens in used.items()}
    fixed = {k: one.tokens for k, one in recipe.components.items() if one.tokens is not None}
    stages = _stages(used, most, fixed, recipe)
    largest = _largest(most, fixed, stages)
    total = largest if recipe.tokens is None else recipe.tokens
    bounds = _bounds(total, fixed, stages)
    asked = Budget(
        total=total,
        available=used,
        most=most,
        shares={name: ends[-1] / max(1, total) for name, ends in bounds.items()},
        bounds=bounds,
    )
    short = any(asked.wanted(name) > most[name] for name in used)
    if short or total < sum(fixed.values()):
        return replace(asked, shortage=_shortage(asked, largest, recipe))
    return asked


def _nothing_empty(available: Mapping[str, int]) -> None:
    empty = sorted(name for name, tokens in available.items() if not tokens)
    if empty or not available:
        there = ", ".join(f"{name} {tokens:,}" for name, tokens in available.items() if tokens)
        raise InfeasibleError(
            f"no kept document of {', '.join(empty) or 'any source'}, so nothing to mix; "
            f"there are tokens of: {there or 'none'}. "
            "Look at the verdicts, or take the component out of the recipe"
        )


def _stages(
    available: Mapping[str, int], most: Mapping[str, int], fixed: Mapping[str, int], recipe: Recipe
) -> list[tuple[Fraction, Shares]]:
    """Each stage's share of the budget, and each component's share of the stage."""
    weighed = {name: tokens for name, tokens in available.items() if name not in fixed}
    own = _weights(weighed, most, recipe)
    if not recipe.stages:
        return [(Fraction(1), own)]
    whole = sum((_exact(one.share) for one in recipe.stages.values()), Fraction(0))
    return [
        (
            _exact(stage.share) / whole,
            _normal({k: _exact(w) for k, w in stage.components.items()}) or own,
        )
        for stage in recipe.stages.values()
    ]


def _weights(available: Mapping[str, int], most: Mapping[str, int], recipe: Recipe) -> Shares:
    if recipe.method == "unimax":
        return unimax(recipe.tokens or 0, {name: most[name] for name in available})
    if recipe.method == "temperature":
        return _normal({k: _exact(float(v) ** recipe.alpha) for k, v in available.items()})
    given = {k: _exact(c.weight) for k, c in recipe.components.items() if c.weight is not None}
    return _normal(given or {name: Fraction(tokens) for name, tokens in available.items()})


def unimax(total: int, most: Mapping[str, int]) -> Shares:
    """Even shares of `total`, but no more of a component than its `most` (Chung et al. 2023).

    >>> {k: float(v) for k, v in unimax(100, {"a": 10, "b": 1000, "c": 1000}).items()}
    {'a': 0.1, 'b': 0.45, 'c': 0.45}
    """
    left, given = Fraction(total), Shares()
    for place, name in enumerate(sorted(most, key=lambda one: (most[one], one))):
        given[name] = min(left / (len(most) - place), Fraction(most[name]))
        left -= given[name]
    return _normal(given)


def _exact(weight: float) -> Fraction:
    """Through the decimal form, so that 0.3 means three tenths."""
    return Fraction(f"{weight:.12g}")


def _normal(weights: Mapping[str, Fraction]) -> Shares:
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in sorted(weights.items())}


def _largest(
    most: Mapping[str, int], fixed: Mapping[str, int], stages: list[tuple[Fraction, Shares]]
) -> int:
    """The largest total that every component can give its share of."""
    spent = sum(fixed.values())
    shares = {
        name: sum((share * of.get(name, Fraction(0)) for share, of in stages), Fraction(0))
        for name in most
        if name not in fixed
    }
    limits = [floor(most[name] / share) for name, share in shares.items() if share]
    return spent + (min(limits) if limits else 0)


def _bounds(
    total: int, fixed: Mapping[str, int], stages: list[tuple[Fraction, Shares]]
) -> dict[str, tuple[int, ...]]:
    """What is asked of each component up to the end of each stage, rounded up."""
    rest = max(0, total - sum(fixed.values()))
    names = dict.fromkeys([*fixed, *(name for _, shares in stages for name in shares)])
    bounds: dict[str, tuple[int, ...]] = {}
    for name in names:
        asked, ends = Fraction(0), []
        for share, shares in stages:
            asked += share * (fixed[name] if name in fixed else rest * shares.get(name, 0))
            ends.append(ceil(asked))
        bounds[name] = tuple(ends)
    return bounds


def _shortage(asked: Budget, largest: int, recipe: Recipe) -> str:
    """What is short, by how much, and what would do."""
    total, most = asked.total, asked.most
    wanted = {name: asked.wanted(name) for name in asked.bounds}
    short = [
        f"{name} wants {wanted[name]:,} and has {asked.available[name]:,} x "
        f"{recipe.epochs_of(name)} epochs, {wanted[name] - most[name]:,} short"
        for name in wanted
        if wanted[name] > most[name]
    ]
    spent = sum(one.tokens or 0 for one in recipe.components.values())
    if total < spent:
        short.append(f"the components' own tokens add up to {spent:,}")
    ways = [f"with these weights the largest total is {largest:,}"]
    if sum(most.values()) >= total and not recipe.stages:
        nearest = _nearest(total, wanted, most)
        ways.append(
            f"for {total:,} tokens the nearest weights are "
            + ", ".join(f"{name}: {tokens / total:.4g}" for name, tokens in nearest.items())
        )
    epochs = max(ceil(wanted[name] / asked.available[name]) for name in wanted)
    ways.append(f"as it stands it takes max_epochs {epochs}")
    return (
        f"not enough for {total:,} tokens ({recipe.tokenizer}): {'; '.join(short)}. "
        f"What would do: {'; or '.join(ways)}"
    )


def _nearest(total: int, wanted: Mapping[str, int], most: Mapping[str, int]) -> dict[str, float]:
    """What each could give instead: the short ones all they have, the others the more for it."""
    given: dict[str, float] = {}
    open_ones = dict(wanted)
    while open_ones:
        scale = (total - sum(given.values())) / sum(open_ones.values())
        over = [name for name, tokens in open_ones.items() if tokens * scale > most[name]]
        if not over:
            given |= {name: tokens * scale for name, tokens in open_ones.items()}
            break
        for name in over:
            given[name] = most[name]
            del open_ones[name]
    return {name: given[name] for name in wanted}
