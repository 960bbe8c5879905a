"""Near-duplicates side by side: ours and the peers on one planted corpus.

    python -m tests.benchmarks.dedup.near_duplicates FOLDER
        [--tools ours rensa …] [--documents N] [--venvs VENVS]

FOLDER is what `planted` wrote, VENVS what `peers.py install` made (beside FOLDER). All tools run
on one core; ours also on two. `read` only reads. A planted pair counts as removed unless both its
documents are kept. A dropped document is right where a kept one is as similar as .7 (`exact`), or
where, besides, one of its planted relatives is kept (`kin`). `lost` groups kept no copy and
nothing as similar as .7 to any of them.

What each tool kept and cost stays in FOLDER/results; a tool that was run is not run again.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import polars as pl

from tests.benchmarks.dedup import peers
from tests.benchmarks.dedup.cost import Cost, measure
from tests.benchmarks.dedup.edits import EDITS
from tests.benchmarks.dedup.peers import PEERS
from tests.benchmarks.dedup.truth import NEAR, matched, neighbours, sample

READ = (
    "import polars as pl, sys;"
    "pl.scan_parquet(sys.argv[1]).select(pl.col('text').str.len_bytes().sum())"
    ".collect(engine='streaming')"
)
BINS = {4: "under .5", 5: ".5–.6", 6: ".6–.7", 7: ".7–.8", 8: ".8–.9", 9: ".9–1"}
"""Tenths of similarity."""
OURS = {"ours": 1, "ours 2": 2}


def main() -> None:
    """Run what has not been run, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tools", nargs="*", default=["read", *OURS, *PEERS])
    parser.add_argument("--documents", type=int)
    parser.add_argument("--venvs", type=Path)
    given = parser.parse_args()
    # Some tools run in a folder of their own: they must find these from there.
    folder = given.folder.absolute()
    venvs = (given.venvs or folder.parent / "venvs").absolute()
    folder = _head(folder, given.documents) if given.documents else folder
    (folder / "results").mkdir(exist_ok=True)
    costs = {tool: _run(tool, folder, venvs) for tool in given.tools}
    truth = Truth(folder)
    print(f"{truth.documents.height:,} documents, {truth.size / 1e6:.1f} MB")
    _print_costs(costs, truth)
    for title, pairs in truth.sets.items():
        _print_recall(title, pairs, {tool: truth.kept(tool) for tool in costs if tool != "read"})


def _head(folder: Path, documents: int) -> Path:
    """A folder with the first documents only; a copy without its original is nobody's copy."""
    head = folder / f"first-{documents}"
    if not head.exists():
        head.mkdir()
        texts = pl.scan_parquet(folder / "documents.parquet").head(documents)
        texts.sink_parquet(head / "documents.parquet", row_group_size=max(200, documents // 50))
        truth = pl.read_parquet(folder / "truth.parquet").head(documents)
        gone = ~pl.col("original").is_in(truth["doc_id"].implode())
        names = ("original", "edit", "similarity")
        alone = [pl.when(gone).then(None).otherwise(name).alias(name) for name in names]
        truth.with_columns(alone).write_parquet(head / "truth.parquet")
    return head


def _run(tool: str, folder: Path, venvs: Path) -> Cost:
    """The cost of the tool, whose kept ids lie in results."""
    named = folder / "results" / tool.replace(" ", "-")
    told = named.with_suffix(".json")
    if told.exists():
        return Cost(**json.loads(told.read_text(encoding="utf-8")))
    work = named.with_suffix(".work")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    documents, kept = str(folder / "documents.parquet"), named.with_suffix(".parquet")
    if tool == "read":
        command = [sys.executable, "-c", READ, documents]
    elif tool in OURS:
        command = [sys.executable, "-m", "tests.benchmarks.dedup.ours", documents, str(work)]
        # Compiles the kernels, once for all.
        measure([*command, "--old", "3000"], named.with_suffix(".log"))
    else:
        python = str(venvs / PEERS[tool][0] / "bin/python")
        command = [python, "-m", peers.__name__, tool, documents, str(kept), str(work)]
    cost = measure(command, named.with_suffix(".log"), OURS.get(tool, 1))
    if tool in OURS:
        found = pl.scan_parquet(work / "full-duplicates.parquet").filter("kept").select("doc_id")
        found.sink_parquet(kept)
        shutil.copy(work / "full-phases.json", named.with_suffix(".phases"))
    shutil.rmtree(work)
    told.write_text(json.dumps(cost.as_dict()), encoding="utf-8")
    return cost


class Truth:
    """What was planted, and what is alike."""

    def __init__(self, folder: Path) -> None:
        table = pl.read_parquet(folder / "documents.parquet")
        truth = pl.read_parquet(folder / "truth.parquet")
        self.folder, self.texts, ids = folder, table["text"], table["doc_id"]
        self.size = int(self.texts.str.len_bytes().sum())
        group = pl.coalesce("original", "doc_id").alias("group")
        self.documents = truth.select("doc_id", group).with_row_index("row")
        self.sample = sample(self.texts)
        path = folder / "neighbours.parquet"
        if not path.exists():
            neighbours(self.texts, self.sample).write_parquet(path)
        found = pl.read_parquet(path)
        ends = [ids.gather(found[end]).alias(end) for end in ("left", "right")]
        planted = truth.filter(pl.col("similarity") >= NEAR)
        known = planted.select(left="original", right="doc_id", similarity="similarity")
        alike = pl.concat([known, found.with_columns(ends)]).unique(["left", "right"])
        turned = alike.select(left="right", right="left", similarity="similarity")
        self.alike = pl.concat([alike, turned])
        self.sets = _sets(truth, alike, self.documents.drop("row"))

    def kept(self, tool: str) -> pl.DataFrame:
        """The ids that the tool kept."""
        return pl.read_parquet(self.folder / "results" / f"{tool.replace(' ', '-')}.parquet")

    def precision(self, kept: pl.DataFrame) -> tuple[int, float, float, int]:
        """How many were dropped; what share of them rightly (exact, kin); how many groups lost."""
        held = self.documents.join(kept, on="doc_id", how="semi")
        dropped = self.documents.join(kept, on="doc_id", how="anti")
        close = self.alike.join(kept, left_on="right", right_on="doc_id", how="semi")
        unsure = dropped.join(close, left_on="doc_id", right_on="left", how="anti")
        right = matched(self.texts, self.sample, unsure["row"], held["row"])
        alone = unsure.filter(~pl.col("row").is_in(right.implode()))
        orphans = alone.join(held, on="group", how="anti")
        exact, kin = (1 - some.height / max(dropped.height, 1) for some in (alone, orphans))
        saved = pl.concat([held, dropped.join(alone, on="row", how="anti")])
        planted = self.documents.filter(pl.len().over("group") > 1)
        lost = planted.join(saved, on="group", how="anti")["group"].n_unique()
        return dropped.height, exact, kin, lost


def _sets(
    truth: pl.DataFrame, alike: pl.DataFrame, groups: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """The pairs whose removal is asked for, by what is printed: left, right, similarity, kind."""
    planted = truth.drop_nulls("original").rename({"doc_id": "left", "original": "right"})
    planted = planted.select("left", "right", "similarity", kind="edit")
    near = planted.filter(pl.col("similarity") >= NEAR)
    groups = groups.rename({"doc_id": "left"})
    both = alike.join(groups, on="left").join(groups.rename({"left": "right"}), on="right")
    natural = both.filter(pl.col("group") != pl.col("group_right")).select(
        "left", "right", "similarity", kind=pl.lit("natural")
    )
    tenth = (pl.col("similarity").clip(0.4, 0.99) * 10).cast(pl.Int64).replace_strict(BINS)
    return {
        "planted, of Jaccard .7 or more, by edit": pl.concat([near, natural]),
        "planted, all, by edit": planted,
        "planted and natural, by Jaccard": pl.concat([planted, natural]).with_columns(kind=tenth),
    }


def _print_costs(costs: dict[str, Cost], truth: Truth) -> None:
    print(
        "tool            CPU s    wall s   peak MB   MB/CPU s  dropped   exact     kin  lost groups"
    )
    for tool, cost in costs.items():
        line = f"{tool:11} {cost.line()} {truth.size / 1e6 / cost.cpu:10.2f}"
        if tool != "read":
            dropped, exact, kin, lost = truth.precision(truth.kept(tool))
            line += f" {dropped:8,} {exact:7.4f} {kin:7.4f} {lost:6}"
        print(line)
        phases = truth.folder / "results" / f"{tool.replace(' ', '-')}.phases"
        if phases.exists():
            for name, spent in json.loads(phases.read_text(encoding="utf-8")).items():
                print(f"  {name:11}{Cost(**spent).line()}")


def _print_recall(title: str, pairs: pl.DataFrame, kept: dict[str, pl.DataFrame]) -> None:
    kinds = sorted(map(str, pairs["kind"].unique()), key=lambda kind: (kind not in EDITS, kind))
    sizes: dict[str, int] = dict(pairs.group_by("kind").len().rows())
    print(f"\nshare removed: {title}")
    print(" " * 11 + "".join(f"{kind:>12}" for kind in [*kinds, "all"]))
    print(
        " " * 11
        + "".join(f"{count:12,}" for count in [*(sizes[kind] for kind in kinds), pairs.height])
    )
    for tool, ids in kept.items():
        there = ids["doc_id"].implode()
        stands = pl.col("left").is_in(there) & pl.col("right").is_in(there)
        removed = pairs.with_columns(removed=~stands)
        shares: dict[str, float] = dict(removed.group_by("kind").agg(pl.mean("removed")).rows())
        every = [shares[kind] for kind in kinds] + [1 - pairs.select(stands.mean()).item()]
        print(f"{tool:11}" + "".join(f"{share:12.4f}" for share in every))


if __name__ == "__main__":
    main()
