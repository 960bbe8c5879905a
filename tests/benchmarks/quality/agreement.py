"""How far our presets agree with the originals they are named after, rule by rule and as a whole.

    python -m tests.benchmarks.quality.agreement DATA WORK [calibrate]

Half of the documents is reported on; `calibrate` prints, from the other half, the thresholds at
which each rule of ours drops as much as the original's. The agreement is the share of documents
with the same verdict; kappa is Cohen's, which is 0 for chance and 1 for the same verdicts.
`theirs` and `ours` are the documents that only the original, or only we drop.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quality.policy import decide, evaluate
from schemas.policies import Policy, Rule, rules
from tests.benchmarks.quality.asking import Asked, ask
from tests.benchmarks.quality.calibration import calibrate
from tests.benchmarks.quality.originals import TIMED
from tests.benchmarks.quality.pairs import PAIRS

SHOWN_SETS = 5


class Agreement(NamedTuple):
    """Counts of documents by who drops them."""

    both: int
    theirs: int
    ours: int
    neither: int

    @property
    def share(self) -> float:
        """Documents with the same verdict, 0 to 1."""
        return (self.both + self.neither) / sum(self)

    @property
    def kappa(self) -> float:
        """Cohen's kappa; 1 where neither drops anything."""
        total = sum(self)
        they, we = (self.both + self.theirs) / total, (self.both + self.ours) / total
        chance = they * we + (1 - they) * (1 - we)
        return 1.0 if chance == 1 else (self.share - chance) / (1 - chance)


def main(data: str, work: str, what: str = "") -> None:
    """Print the tables."""
    asked = ask(Path(data), Path(work))
    if what == "calibrate":
        calibrate(asked)
        return
    for preset, verdicts in asked.verdicts.items():
        for variant in verdicts["variant"].unique(maintain_order=True):
            report(asked, preset, variant)
    print_speed(asked)


def report(asked: Asked, preset: str, variant: str) -> None:
    """The table of one preset and one way to read its original."""
    reported = asked.documents.filter(half="report").select("doc_id", "set")
    theirs = asked.verdicts[preset].filter(variant=variant).join(reported, on="doc_id", how="semi")
    measured = reported.join(asked.measured, on="doc_id", maintain_order="left")
    asking = comparable(preset, set(theirs["rule"]), measured)
    print(f"\n{preset}, {variant}: {reported.height} documents")
    print("rule\tthreshold\ttheirs drops\tours drops\tagreement\tkappa\tboth\ttheirs\tours")
    outcomes = evaluate(measured.lazy(), asking)
    for rule in asking:
        mine = outcomes.filter(rule=rule.name).select("doc_id", "passed")
        their = passed(theirs, PAIRS[preset][rule.name])
        _print_row(f"{rule.name}\t{rule.threshold}", agree(their, mine))
    compared = {name for rule in asking for name in PAIRS[preset][rule.name]}
    alone = [name for name in theirs["rule"].unique(maintain_order=True) if name not in compared]
    for name in alone:
        dropped = (~theirs.filter(rule=name)["passed"]).sum() / reported.height
        print(f"{name}\tnot asked\t{dropped:.2%}")
    kept = decide(measured.lazy(), asking, "").collect().select("doc_id", passed="kept")
    whole = passed(theirs, tuple(theirs["rule"].unique()))
    _print_row("whole\t", agree(whole, kept))
    if alone:
        _print_row("whole, rules that both have\t", agree(passed(theirs, tuple(compared)), kept))
    _print_sets(reported, whole, kept)
    _print_reasons(outcomes, theirs, whole, kept)


def comparable(preset: str, told: set[str], measured: pl.DataFrame) -> list[Rule]:
    """The preset's rules that stand for a rule the original told of, and that were measured."""
    asked = rules({"web": Policy.model_validate({"preset": preset})}, "web")
    pairs = PAIRS[preset]
    return [
        rule
        for rule in asked
        if set(pairs.get(rule.name, ())) & told and rule.column in measured.columns
    ]


def passed(verdicts: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """Whether each document passed all rules of these names."""
    some = verdicts.filter(pl.col("rule").is_in(names))
    return some.group_by("doc_id").agg(pl.col("passed").all())


def agree(theirs: pl.DataFrame, ours: pl.DataFrame) -> Agreement:
    """How often two tables of `doc_id` and `passed` agree."""
    both = theirs.join(ours, on="doc_id", suffix="_ours", validate="1:1")
    they, we = ~both["passed"], ~both["passed_ours"]
    quarters = (they & we, they & ~we, ~they & we, ~(they | we))
    return Agreement(*(int(some.sum()) for some in quarters))


def _print_row(name: str, one: Agreement) -> None:
    total = sum(one)
    drops = f"{(one.both + one.theirs) / total:.2%}\t{(one.both + one.ours) / total:.2%}"
    print(
        f"{name}\t{drops}\t{one.share:.2%}\t{one.kappa:.3f}\t{one.both}\t{one.theirs}\t{one.ours}"
    )


def _print_sets(documents: pl.DataFrame, theirs: pl.DataFrame, ours: pl.DataFrame) -> None:
    """The sets on which the verdicts differ most."""
    both = documents.join(theirs, on="doc_id").join(ours, on="doc_id", suffix="_ours")
    differs = pl.col("passed") != pl.col("passed_ours")
    counts = both.group_by("set").agg(differs.sum().alias("differ"), pl.len().alias("of"))
    worst = counts.sort("differ", "set", descending=True).head(SHOWN_SETS)
    print("differ most: " + ", ".join(f"{name} {n} of {of}" for name, n, of in worst.rows()))


def _print_reasons(
    outcomes: pl.DataFrame,
    theirs: pl.DataFrame,
    whole: pl.DataFrame,
    kept: pl.DataFrame,
) -> None:
    """The rules that fail in documents which only one side drops."""
    both = whole.join(kept, on="doc_id", suffix="_ours")
    only_theirs = both.filter(~pl.col("passed") & pl.col("passed_ours"))
    only_ours = both.filter(pl.col("passed") & ~pl.col("passed_ours"))
    for who, some, told in (("theirs", only_theirs, theirs), ("ours", only_ours, outcomes)):
        failed = told.filter(~pl.col("passed")).join(some, on="doc_id", how="semi")
        counts = failed.group_by("rule").len().sort("len", "rule", descending=True)
        print(f"only {who} drops by: " + ", ".join(f"{name} {n}" for name, n in counts.rows()))


def print_speed(asked: Asked) -> None:
    """MB of UTF-8 per processor second."""
    size = int(asked.documents.head(TIMED)["text"].str.len_bytes().sum()) / 1e6
    print(f"\nMB per processor second, {TIMED} documents of {size:.1f} MB")
    for name, seconds in asked.seconds.items():
        print(f"{name}\t{size / seconds:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
