"""Shards: the same bytes every time, all or nothing, and every row findable."""

import dataclasses
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.shards import load, pack, packing, read_row, writing
from quality.mixing import Mixture, shard_count
from schemas.card import card
from schemas.errors import ConfigError, IntegrityError, NotFoundError
from schemas.tables import SHARDS
from tests.pipelines.mixed import (
    FUNNEL,
    MADE_FROM,
    RECIPE,
    build,
    contents,
    corpus,
    selection,
    table,
)


@pytest.fixture
def small_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pieces per bucket and several row groups per shard, on a handful of documents."""
    monkeypatch.setattr(packing, "BUFFER_BYTES", 300)
    monkeypatch.setattr(writing, "GROUP_BYTES", 500)


@pytest.mark.usefixtures("small_buffers")
def test_a_mixture_holds_exactly_the_rows_planned_in_their_order(tmp_path: Path) -> None:
    rows = corpus()
    chosen = selection(rows.lazy(), RECIPE)
    mixed = Mixture("m", RECIPE, rows.lazy(), chosen)
    manifest = pack(mixed, tmp_path, MADE_FROM, FUNNEL)
    expected = chosen.rows.join(rows, on="doc_id", how="left", maintain_order="left")
    for form in ("parquet", "arrow"):
        written = table(tmp_path, form)
        assert written.schema == SHARDS
        assert written.rows() == expected.select(SHARDS.names()).rows()
    assert manifest.rows == expected.height
    assert len(manifest.shards) > 4


def test_the_manifest_adds_up_and_describes_the_files(tmp_path: Path) -> None:
    manifest = build(tmp_path, corpus())
    assert load(tmp_path) == manifest
    parquet = [one for one in manifest.shards if one.format == "parquet"]
    assert sum(one.rows for one in parquet) == manifest.rows
    written = table(tmp_path)
    assert sum(one.text_bytes for one in parquet) == written["text"].str.len_bytes().sum()
    assert len(parquet) == shard_count(sum(one.text_bytes for one in parquet), 2000)
    for one in manifest.shards:
        content = (tmp_path / one.path).read_bytes()
        assert (one.bytes, one.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    for name, part in manifest.components.items():
        mine = written.filter(pl.col("source") == name)
        assert part.rows == mine.height
        assert part.documents == mine["doc_id"].n_unique()
        assert part.tokens == mine["text"].str.len_chars().sum()
    assert sum(part.tokens for part in manifest.components.values()) == manifest.tokens
    assert sum(manifest.languages.values()) == sum(manifest.licences.values()) == manifest.rows
    assert manifest.languages["unknown"] == written["language"].null_count()
    assert manifest.inputs == ("sha256:a", "sha256:b")


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)), st.integers(1, 40), st.integers(50, 2000))
def test_the_bytes_do_not_depend_on_the_order_or_the_pieces_of_the_corpus(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], piece: int, buffer: int
) -> None:
    rows = corpus(40)
    folder = tmp_path_factory.mktemp("mixture")
    build(folder / "one", rows)
    turned = pl.concat(list(rows[order].iter_slices(piece)), rechunk=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "BUFFER_BYTES", buffer)
        build(folder / "two", turned)
    assert contents(folder / "one") == contents(folder / "two")
    shutil.rmtree(folder)


def test_the_bytes_do_not_depend_on_what_lies_under_nulls(tmp_path: Path) -> None:
    rows = corpus()
    arrow = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
    nulls = arrow["quality"].combine_chunks().buffers()[0]
    values = pa.array(rows["quality"].fill_null(7.5).to_numpy()).buffers()[1]
    dirty = pa.Array.from_buffers(pa.float32(), len(rows), [nulls, values])
    littered = pl.DataFrame(arrow.set_column(5, "quality", dirty))
    assert littered.equals(rows)
    for name, frame in (("clean", rows), ("littered", littered)):
        (tmp_path / name).mkdir()
        whole = frame.with_columns(component=pl.lit("crawl"), epoch=pl.lit(0, pl.UInt8))
        paths = {form: tmp_path / name / f"00000.{form}" for form in RECIPE.formats}
        writing.write(whole.select(SHARDS.names()), paths)
    assert contents(tmp_path / "clean") == contents(tmp_path / "littered")


SCRIPT = """
import sys, polars as pl
from pathlib import Path
from pipelines.shards import pack
from schemas.manifest import Ingredients
from schemas.recipes import Recipe
from tests.pipelines.mixed import mixture
recipe = Recipe(
    tokenizer="characters", max_epochs=2, formats=("parquet", "arrow"), shard_bytes="20K"
)
made_from = Ingredients(name="m", inputs=(), code_version="1", policy_version="1")
assert pl.thread_pool_size() == int(sys.argv[3])
rows = pl.scan_parquet(sys.argv[1])
pack(mixture(rows, recipe), Path(sys.argv[2]), made_from, {})
"""


def test_the_bytes_do_not_depend_on_the_number_of_threads(tmp_path: Path) -> None:
    rows = corpus(3000)
    rows.write_parquet(tmp_path / "corpus.parquet", row_group_size=200)
    for threads in ("1", "5"):
        subprocess.run(
            [
                sys.executable,
                "-c",
                SCRIPT,
                tmp_path / "corpus.parquet",
                tmp_path / threads,
                threads,
            ],
            env={**os.environ, "POLARS_MAX_THREADS": threads},
            cwd=Path(__file__).parents[2],
            check=True,
        )
    assert contents(tmp_path / "1") == contents(tmp_path / "5")
    assert len(contents(tmp_path / "1")) > 20


def test_a_version_stands_for_everything_the_bytes_depend_on(tmp_path: Path) -> None:
    def version(**changed: Any) -> str:
        recipe = RECIPE.model_copy(update=changed.pop("recipe", {}))
        made_from = MADE_FROM.model_copy(update=changed)
        return build(tmp_path, corpus(), recipe, made_from).version

    versions = [
        version(),
        version(inputs=("sha256:a",)),
        version(code_version="2"),
        version(policy_version="p2"),
        version(name="other"),
        version(recipe={"seed": 1}),
        version(recipe={"shard_bytes": 1999}),
        build(tmp_path, corpus(61)).version,
    ]
    assert len(set(versions)) == len(versions)
    assert version() == versions[0]


@pytest.mark.usefixtures("small_buffers")
@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_any_row_is_read_by_its_number(tmp_path: Path, form: str) -> None:
    manifest = build(tmp_path, corpus())
    whole = table(tmp_path, form).to_dicts()
    of_form = [one for one in manifest.shards if one.format == form]
    read = [read_row(tmp_path, one.path, row) for one in of_form for row in range(one.rows)]
    assert read == whole
    assert read_row(tmp_path, f"00000.{form}", 1) == whole[1]


@pytest.mark.usefixtures("small_buffers")
def test_reading_a_row_reads_one_row_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = build(tmp_path, corpus(), RECIPE.model_copy(update={"shard_bytes": 10**6})).shards[0]
    groups: list[int] = []
    original = pq.ParquetFile.read_row_group

    def spy(file: pq.ParquetFile, group: int, **options: Any) -> pa.Table:
        groups.append(group)
        return original(file, group, **options)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", spy)
    read_row(tmp_path, shard.path, shard.rows - 1)
    assert len(groups) == 1
    assert groups[0] > 5


def test_a_row_that_is_not_there_is_an_error_that_says_what_is(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"holds no manifest\.json"):
        read_row(tmp_path, "00000.parquet", 0)
    first = build(tmp_path, corpus()).shards[0]
    with pytest.raises(NotFoundError, match=f"there are 0 to {first.rows - 1}"):
        read_row(tmp_path, first.path, first.rows)
    with pytest.raises(NotFoundError, match="no row -1"):
        read_row(tmp_path, first.path, -1)
    with pytest.raises(NotFoundError, match=f"there are {first.path} to"):
        read_row(tmp_path, "../secrets.parquet", 0)
    (tmp_path / first.path).unlink()
    with pytest.raises(IntegrityError, match="not on disk"):
        read_row(tmp_path, first.path, 0)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(IntegrityError, match="build the mixture again"):
        load(tmp_path)


def changed(rows: pl.DataFrame, how: str) -> pl.DataFrame:
    return {
        "a document less": rows[1:],
        "a document twice": pl.concat([rows, rows[:1]]),
        "another text": rows.with_columns(pl.col("text") + "。"),
        "a column less": rows.drop("licence"),
    }[how]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("a document less", "1 are not in the corpus and 0"),
        ("a document twice", "0 are not in the corpus and 1"),
        ("another text", "not those the plan counted"),
        ("a column less", r"lacks \['licence'\]"),
    ],
)
def test_rows_other_than_those_planned_are_never_published(
    tmp_path: Path, how: str, why: str
) -> None:
    rows = corpus().filter(pl.col("source") == "crawl")
    recipe = RECIPE.model_copy(update={"components": {}, "max_epochs": 1})
    build(tmp_path, rows, recipe)
    before = contents(tmp_path)
    newer = RECIPE.model_copy(update={"components": {}, "max_epochs": 1, "seed": 1})
    other = Mixture("m", newer, changed(rows, how).lazy(), selection(rows.lazy(), newer))
    with pytest.raises(IntegrityError, match=why):
        pack(other, tmp_path, MADE_FROM, FUNNEL)
    assert {k: v for k, v in contents(tmp_path).items() if ".tmp-" not in k} == before


def test_the_card_says_what_is_in_the_mixture_in_both_languages(tmp_path: Path) -> None:
    manifest = build(tmp_path, corpus())
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text == card(manifest, FUNNEL)
    for name, part in manifest.components.items():
        assert f"| {name} | {part.weight:.2%} | {part.tokens:,} | {part.epochs:.2f} |" in text
    assert f'path: "{manifest.version}/train/*.parquet"' in text
    assert f"| 行 rows | {manifest.rows:,} |" in text
    assert "| yue |" in text
    assert "| crawl | 30 | 1 | 9 | 20 |" in text
    assert "read: 70" in (tmp_path / "funnel.svg").read_text(encoding="utf-8")
    assert "| public-domain |" in text


def test_a_card_keeps_its_tables_whatever_the_words_in_them(tmp_path: Path) -> None:
    manifest = build(tmp_path, corpus())
    odd = manifest.model_copy(update={"licences": {"CC | BY\nand more": 3}})
    assert "| CC \\| BY and more | 3 |" in card(odd, FUNNEL)


def test_the_manifest_is_json_that_people_can_read(tmp_path: Path) -> None:
    made_from = MADE_FROM.model_copy(update={"name": "水利"})
    build(tmp_path, corpus(), made_from=made_from)
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert '"name": "水利"' in text
    assert json.loads(text)["recipe"]["components"]["crawl"]["weight"] == 0.6


def test_parts_have_folders_of_their_own(tmp_path: Path) -> None:
    recipe = RECIPE.model_copy(update={"validation": 0.3})
    manifest = build(tmp_path, corpus(), recipe)
    held_out = pl.read_parquet(tmp_path / manifest.version / "validation" / "*.parquet")
    train = pl.read_parquet(tmp_path / manifest.version / "train" / "*.parquet")
    assert not set(held_out["doc_id"]) & set(train["doc_id"])
    assert held_out["epoch"].to_list() == [0] * held_out.height
    for name, frame in (("validation", held_out), ("train", train)):
        part = manifest.parts[name]
        assert (part.rows, part.text_bytes) == (frame.height, frame["text"].str.len_bytes().sum())
        assert part.tokens == frame["text"].str.len_chars().sum() == sum(part.components.values())
    assert "split: validation" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_a_name_that_several_parts_have_is_no_name(tmp_path: Path) -> None:
    manifest = build(tmp_path, corpus(), RECIPE.model_copy(update={"validation": 0.3}))
    with pytest.raises(ConfigError, match="names 2 shards") as error:
        read_row(tmp_path, "00000.parquet", 0)
    exact = [f"{manifest.version}/{part}/00000.parquet" for part in ("train", "validation")]
    assert all(f"{tmp_path.name}/{path}" in str(error.value) for path in exact)
    first, second = (read_row(tmp_path, path, 0) for path in exact)
    assert read_row(tmp_path, "validation/00000.parquet", 0) == second != first


def test_a_selection_of_nothing_has_no_shards(tmp_path: Path) -> None:
    rows = corpus()
    full = selection(rows.lazy(), RECIPE)
    nothing = dataclasses.replace(full, rows=full.rows.clear())
    empty = Mixture("m", RECIPE, rows.lazy(), nothing)
    manifest = pack(empty, tmp_path, MADE_FROM, FUNNEL)
    assert manifest.shards == ()
    with pytest.raises(NotFoundError, match="there are none"):
        read_row(tmp_path, "00000.parquet", 0)
