"""What arrives bit by bit ends as what is built at once: the same bytes in every table."""

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.plan import Plan
from tests.pipelines import small
from tests.pipelines.light import Light

TOGETHER = ("pairs", "duplicates", "boilerplate", "verdicts", "corpus", "inventory")
TEXTS = [small.MARKET, small.LIBRARY, small.FERRY, small.ORCHARD, small.KITE, small.CLINIC]
FOOTER = "版权所有，转载请注明出处，违者必究。"
SOURCES = ("east", "north", "south", "west")
KINDS = {"west": "law"}
"""West has a threshold of its own."""

LINE_RULES = {"default": {"trim_common": True, "common_ratio": {"max": 0.9}}}
ONE_MIXTURE = {"general": {"max_epochs": 1}}


def revised(text: str, chance: random.Random) -> str:
    """The text with some characters changed: a near-duplicate, or just not one any more."""
    letters = list(text)
    for _ in range(chance.randrange(4)):
        letters[chance.randrange(len(letters))] = chance.choice("甲乙丙丁戊")
    return "".join(letters)


def lay_sources(folder: Path) -> None:
    """Four sources of one file each: revisions of the same texts, in part under the same line."""
    chance = random.Random(7)
    for source in SOURCES:
        texts = [revised(chance.choice(TEXTS), chance) for _ in range(12)]
        footed = [text + (f"\n{FOOTER}" if chance.random() < 0.5 else "") for text in texts]
        for number, text in enumerate(footed):
            small.put(folder / source / f"{number:02}.txt", text)


def configured(folder: Path, sources: tuple[str, ...], home: str, **more: Any) -> Light:
    """The corpus of these sources, in the order of SOURCES however they arrived."""
    named = {
        name: {"kind": KINDS.get(name, "web"), "format": "text", "path": name}
        for name in SOURCES
        if name in sources
    }
    settings = {"dedup": {"common": 4}, "policies": LINE_RULES, "mixtures": ONE_MIXTURE} | more
    path = small.configure(folder, sources=named, home=home, batch_bytes="1MiB", **settings)
    return Light(path)


def digests(light: Light) -> dict[str, Any]:
    """The digests of everything that depends on several documents."""
    plan = Plan(light.corpus, light.lake, light.specs)
    found: dict[str, Any] = {
        f"{table}/{name}": receipt.digest
        for table in TOGETHER
        for name in plan.files(table)
        if (receipt := light.lake.receipt(table, name))
    }
    return found | small.shard_digests(light.path)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder of the four sources, and what comes of them in one build."""
    folder: Path = tmp_path_factory.mktemp("sources")
    lay_sources(folder)
    whole = configured(folder, SOURCES, "at_once")
    whole.build()
    return folder, digests(whole)


def rows(light: Light, table: str) -> pl.DataFrame:
    names = Plan(light.corpus, light.lake, light.specs).files(table)
    return light.lake.scan(table, names).collect()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_changes_no_byte(
    at_once: tuple[Path, dict[str, Any]], seed: int
) -> None:
    folder, wanted = at_once
    order = random.Random(seed).sample(SOURCES, len(SOURCES))
    for count in range(1, len(order) + 1):
        light = configured(folder, tuple(order[:count]), f"arriving_{seed}")
        light.build()
    assert light.known == {"1-of-1": frozenset(f"{source}-00000" for source in order[:-1])}
    assert digests(light) == wanted


def test_the_sources_share_texts_and_lines(at_once: tuple[Path, dict[str, Any]]) -> None:
    """Else the other tests would prove little."""
    light = configured(at_once[0], SOURCES, "at_once")
    assert light.build() == []
    found = rows(light, "duplicates")
    assert found.filter(~pl.col("kept")).height > 10
    assert found["twin_batch"].n_unique() > 2
    alike = rows(light, "pairs")["similarity"]
    assert alike.is_between(0.7, 0.9, closed="left").any()
    assert rows(light, "pairs")["counted"].n_unique() == 2
    assert (rows(light, "boilerplate")["common_ratio"] > 0.1).any()
    assert FOOTER not in "".join(rows(light, "corpus")["text"])


def test_shares_give_the_duplicates_of_one_run(at_once: tuple[Path, dict[str, Any]]) -> None:
    folder, wanted = at_once
    dedup = {"common": 4, "shares": 3}
    light = configured(folder, SOURCES, "shared", dedup=dedup)
    made = light.build()
    assert [one for one in made if one.startswith("pairs")] == [
        "pairs 1-of-3",
        "pairs 2-of-3",
        "pairs 3-of-3",
    ]
    found = digests(light)
    same = [name for name in wanted if not name.startswith("pairs")]
    assert {name: found[name] for name in same} == {name: wanted[name] for name in same}
    apart = rows(light, "pairs").unique(["left", "right"]).sort("left", "right")
    assert apart.equals(pl.read_parquet(folder / "at_once/pairs/1-of-1.parquet"))


@pytest.mark.parametrize("asked", [{"threshold": 0.85}, {"bands": 30, "rows": 4}])
def test_other_settings_end_as_if_they_had_always_been_so(
    at_once: tuple[Path, dict[str, Any]], asked: dict[str, float]
) -> None:
    folder, _ = at_once
    dedup = {"common": 4, **asked}
    changed = configured(folder, SOURCES, "changed")
    changed.build()
    changed = configured(folder, SOURCES, "changed", dedup=dedup)
    changed.build()
    fresh = configured(folder, SOURCES, f"fresh_{len(asked)}", dedup=dedup)
    fresh.build()
    assert digests(changed) == digests(fresh)


def test_when_the_kept_one_goes_the_next_is_kept(tmp_path: Path) -> None:
    small.lay(tmp_path)
    path = small.configure(tmp_path, batch_bytes=1)
    light = Light(path)
    light.build()
    twin = kept(light, small.MARKET_AGAIN)
    assert twin.startswith("news")
    small.news(tmp_path, "2024-01", small.FIRST[1:], more=["{这一行不是记录"])
    light.build()
    assert light.known == {"1-of-1": frozenset()}
    assert kept(light, small.MARKET_AGAIN) == ""
    assert small.MARKET_AGAIN in rows(light, "corpus")["text"].to_list()
    fresh = Light(small.configure(tmp_path, batch_bytes=1, home="fresh"))
    fresh.build()
    assert digests(light) == digests(fresh)


def kept(light: Light, text: str) -> str:
    """The batch of the document kept instead; empty where it is kept itself."""
    documents = pl.concat(
        [rows(light, "documents"), rows(light, "duplicates").select("kept", "twin_batch")],
        how="horizontal",
    )
    row = documents.row(by_predicate=pl.col("text") == text, named=True)
    return "" if row["kept"] else str(row["twin_batch"])
