"""The files of a lake as datasets of OpenLineage: what they are called, and what is told of them.

A dataset is named by table and batch, or `mixtures/<name>`, within the namespace of the lake. Told
are columns, counts and places; never a value.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    DatasetFacet,
    OutputDatasetFacet,
    column_lineage_dataset,
    datasource_dataset,
    lifecycle_state_change_dataset,
    output_statistics_output_dataset,
    schema_dataset,
)

from pipelines.lake import TABLES
from pipelines.plan import MIXTURE, Plan
from schemas.columns import COLUMNS, MIXED, Column
from schemas.tables import SHARDS

_HOW = {
    "same": ("DIRECT", "IDENTITY", False),
    "redacted": ("DIRECT", "TRANSFORMATION", True),
    "decides": ("INDIRECT", "CONDITIONAL", False),
}
"""OpenLineage's words for how a column follows from another: type, subtype, masking."""

_FILTER = column_lineage_dataset.Transformation("INDIRECT", "FILTER")
_DROP = lifecycle_state_change_dataset.LifecycleStateChange.DROP


def namespace(plan: Plan) -> str:
    """The namespace of the datasets of a lake."""
    return plan.lake.home.absolute().as_uri()


def inputs(plan: Plan, asset: str, partition: str | None) -> list[InputDataset]:
    """What `asset` is made from (for `partition`)."""
    names = plan.origin(asset, partition).inputs
    placed = (name if "/" in name else f"{name}/{partition}" for name in names)
    return [InputDataset(namespace(plan), name) for name in placed]


def before(plan: Plan, table: str, batch: str | None) -> list[InputDataset]:
    """What is left of `table` comes from where rows are taken out of it: itself, as it was.

    What is taken out of documents becomes rejects.
    """
    tables = ("documents", "rejects") if table == "rejects" else (table,)
    return [InputDataset(namespace(plan), f"{name}/{batch}") for name in tables]


def outputs(
    plan: Plan, asset: str, partition: str | None, *, made: bool = False
) -> list[OutputDataset]:
    """What `asset` is; where it is `made` with its columns and counts, or that it is gone."""
    return [
        OutputDataset(
            namespace(plan),
            name,
            facets=_facets(plan, asset, name) if made else {},
            outputFacets=_statistics(plan, asset, name) if made else {},
        )
        for name in _names(plan, asset, partition)
    ]


def _names(plan: Plan, asset: str, partition: str | None) -> list[str]:
    if asset.startswith(MIXTURE):
        return [f"mixtures/{asset.removeprefix(MIXTURE)}"]
    files = [partition] if partition else list(plan.batches)
    return [f"{asset}/{name}" for name in files]


def _path(plan: Plan, asset: str, name: str) -> Path:
    table, _, file = name.partition("/")
    return plan.lake.mixture(file) if asset.startswith(MIXTURE) else plan.lake.path(table, file)


def _facets(plan: Plan, asset: str, name: str) -> dict[str, DatasetFacet]:
    table = MIXED if asset.startswith(MIXTURE) else asset
    path = _path(plan, asset, name)
    if not path.exists():
        dropped = lifecycle_state_change_dataset.LifecycleStateChangeDatasetFacet(_DROP)
        return {"lifecycleStateChange": dropped}
    uri = path.absolute().as_uri()
    facets: dict[str, DatasetFacet] = {
        "schema": _schema(SHARDS if table == MIXED else TABLES[asset]),
        "dataSource": datasource_dataset.DatasourceDatasetFacet(plan.corpus.name, uri),
    }
    if table in COLUMNS:
        facets["columnLineage"] = _columns(plan, table, name)
    return facets


def _schema(columns: pl.Schema) -> schema_dataset.SchemaDatasetFacet:
    field = schema_dataset.SchemaDatasetFacetFields
    return schema_dataset.SchemaDatasetFacet([field(name, str(of)) for name, of in columns.items()])


def _columns(plan: Plan, table: str, name: str) -> column_lineage_dataset.ColumnLineageDatasetFacet:
    files = list(plan.batches) if table == MIXED else [name.partition("/")[2]]

    def fields(columns: tuple[Column, ...]) -> Iterator[column_lineage_dataset.InputField]:
        for column in columns:
            kind, subtype, masking = _HOW[column.how]
            how = column_lineage_dataset.Transformation(kind, subtype, masking=masking)
            for file in files:
                place = f"{column.table}/{file}"
                yield column_lineage_dataset.InputField(namespace(plan), place, column.name, [how])

    kept = column_lineage_dataset.InputField(
        namespace(plan), f"verdicts/{files[0]}", "kept", [_FILTER]
    )
    return column_lineage_dataset.ColumnLineageDatasetFacet(
        {
            column: column_lineage_dataset.Fields(list(fields(origins)))
            for column, origins in COLUMNS[table].items()
        },
        dataset=[kept] if table == "corpus" else [],
    )


def _statistics(plan: Plan, asset: str, name: str) -> dict[str, OutputDatasetFacet]:
    """Rows, bytes and files."""
    of = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet
    table, _, file = name.partition("/")
    if asset.startswith(MIXTURE):
        manifest = plan.lake.manifest(file)
        if manifest is None:
            return {}
        size = sum(shard.bytes for shard in manifest.shards)
        return {"outputStatistics": of(manifest.rows, size, len(manifest.shards))}
    receipt = plan.lake.receipt(table, file)
    if receipt is None:
        return {}
    size = plan.lake.path(table, file).stat().st_size
    return {"outputStatistics": of(receipt.rows, size, 1)}
