"""Where columns come from is told of columns that there are."""

import pytest

from assets.decisions import redacted_corpus
from assets.mixtures import mixture
from pipelines.lake import TABLES
from schemas.columns import COLUMNS, MIXED, Column
from schemas.recipes import Recipe
from schemas.tables import SHARDS

ALL = [
    (table, column, origin)
    for table, columns in COLUMNS.items()
    for column, origins in columns.items()
    for origin in origins
]


@pytest.mark.parametrize(("table", "column", "origin"), ALL)
def test_both_columns_are_there_and_the_table_is_read(
    table: str, column: str, origin: Column
) -> None:
    asset = mixture("m", Recipe()) if table == MIXED else redacted_corpus
    assert column in (SHARDS if table == MIXED else TABLES[table])
    assert origin.name in TABLES[origin.table]
    assert origin.table in {key.path[-1] for key in asset.keys_by_input_name.values()}


@pytest.mark.parametrize(("table", "column", "origin"), ALL)
def test_a_value_taken_as_it_is_keeps_its_type(table: str, column: str, origin: Column) -> None:
    if origin.how == "same":
        kinds = SHARDS if table == MIXED else TABLES[table]
        assert kinds[column] == TABLES[origin.table][origin.name]


def test_all_columns_of_the_corpus_are_told() -> None:
    assert set(COLUMNS["corpus"]) == set(TABLES["corpus"])
