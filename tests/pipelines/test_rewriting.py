"""Shards made again: only those of what changed."""

from pathlib import Path

import polars as pl

from tests.pipelines.mixed import RECIPE, build, corpus, table


def test_a_recipe_may_fold_width_and_rewrites_only_what_that_changes(tmp_path: Path) -> None:
    plain = corpus()
    wide = pl.col("doc_id").is_in(plain["doc_id"].head(1).implode())
    rows = plain.with_columns(
        text=pl.when(wide).then(pl.lit("第１２条，（ＡＢ）")).otherwise("text")
    )
    before = build(tmp_path, rows)
    recipe = RECIPE.model_copy(update={"fold_width": True})
    manifest = build(tmp_path, rows, recipe)
    assert manifest.recipe.fold_width
    assert manifest.version != before.version
    written = table(tmp_path)
    [text] = written.filter(wide)["text"].unique()
    assert text == "第12条，（AB）"
    parquet = [one for one in manifest.shards if one.format == "parquet"]
    assert sum(one.text_bytes for one in parquet) == written["text"].str.len_bytes().sum()
    known = {one.content: one.sha256 for one in before.shards if one.format == "parquet"}
    same = [known.get(one.content) == one.sha256 for one in parquet]
    assert 0 < sum(same) < len(same)


def test_a_corpus_that_changes_a_little_rewrites_only_the_shards_of_what_changed(
    tmp_path: Path,
) -> None:
    rows = corpus(400)
    recipe = RECIPE.model_copy(update={"components": {}, "max_epochs": 1})
    before = build(tmp_path, rows, recipe)
    files = {(one.format, one.content): (tmp_path / one.path).stat() for one in before.shards}
    after = build(tmp_path, rows.filter(pl.col("doc_id") != rows["doc_id"][7]), recipe)
    new = [one for one in after.shards if (one.format, one.content) not in files]
    assert len(after.shards) == len(before.shards) > 8
    assert len(new) == 2, "one shard, in each format"
    for one in after.shards:
        if one not in new:
            assert (tmp_path / one.path).stat().st_ino == files[one.format, one.content].st_ino
    less = rows.filter(pl.col("doc_id") != rows["doc_id"][7])
    fresh = build(tmp_path.with_name("fresh"), less, recipe)
    assert fresh == after


def test_an_edited_text_is_written_again_though_nothing_else_changed(tmp_path: Path) -> None:
    rows = corpus()
    build(tmp_path, rows)
    seventh = rows["doc_id"][7]
    edited = rows.with_columns(
        pl.when(pl.col("doc_id") == seventh)
        .then(pl.col("text").str.replace("卷", "券"))
        .otherwise("text")
        .alias("text")
    )
    build(tmp_path, edited)
    assert "券" in "".join(table(tmp_path).filter(pl.col("doc_id") == seventh)["text"])
