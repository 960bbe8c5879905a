"""Finding one document again in every table."""

from collections.abc import Iterable, Iterator

import polars as pl
from pydantic import BaseModel

from assets.settings import source_rules
from pipelines.lake import TABLES, Lake
from pipelines.lineage.forward import rows_of
from pipelines.mending import Mending, mendings
from pipelines.places import SHORTEST_PREFIX, Place, place_of, places
from pipelines.rows import Row, Rows, first_of_sorted, take
from pipelines.withdrawal.explaining import request_of
from quality.alignment import side_by_side
from quality.contamination import uncut_share
from quality.policy import evaluate, own_scores
from quality.privacy import densities, masked
from schemas.corpus import Corpus
from schemas.errors import IntegrityError, NotFoundError
from schemas.lineage import MixtureRow
from schemas.policies import policy_version
from schemas.tables import FINDING_KINDS, WITHDRAW

EXCERPT = 300
ANNOTATIONS = ("language", "signals", "scores", "contamination", "duplicates", "boilerplate")


class Found(BaseModel):
    """What is known of one document, or of one reject.

    `verdict` is null where the document is not decided yet, and `outdated` says that corpus.yaml
    asks something else by now; `twin` is the document kept instead of this one; `mixtures` are its
    rows in the mixtures as they are published. `mended` are the edits of repair, where they were
    asked for, and `unmended` says why they cannot be shown.
    """

    document: Row = {}
    measured: Row = {}
    findings: list[Row] = []
    rules: list[Row] = []
    verdict: Row | None = None
    outdated: bool = False
    twin: Row | None = None
    mixtures: list[MixtureRow] = []
    excerpt: str = ""
    revealed: bool = False
    rejected: Row | None = None
    mended: list[Mending] | None = None
    unmended: str | None = None


def find_document(corpus: Corpus, name: str, *, reveal: bool = False) -> list[Found]:
    """All documents and rejects named `name`: a doc_id or the beginning of one, a URL, a path.

    Raises:
        NotFoundError: there is none.
        ConfigError: `name` begins several ids.
    """
    return list(explained(corpus, find_places(corpus, name), reveal=reveal))


def find_places(corpus: Corpus, name: str) -> list[Place]:
    """Where they are; raises what `find_document` does. The path of a raw file may name many."""
    found = places(corpus, Lake(corpus.home), name)
    if not found:
        raise NotFoundError(
            f"no document and no reject has the id or address {name!r} in {corpus.home}; give "
            f"the doc_id or its first {SHORTEST_PREFIX} hex digits or more, the exact URL, or "
            "the raw file's path"
        )
    return found


def explained(
    corpus: Corpus, found: Iterable[Place], *, reveal: bool = False, repairs: bool = False
) -> Iterator[Found]:
    """What is known of the document or reject in each place, as one asks for it.

    With `repairs` each document's raw record is read and repaired again.
    """
    lake = Lake(corpus.home)
    rows = Rows(lake)
    for place in found:
        row = rows.at(*place)
        if row is None:
            continue  # a build has just made the batch again
        if place.table == "rejects":
            yield _rejected(lake, place, row.row(0, named=True))
        else:
            known = _explained(corpus, rows, place, row, reveal=reveal)
            yield _with_repairs(corpus, known, reveal=reveal) if repairs else known


def _with_repairs(corpus: Corpus, known: Found, *, reveal: bool) -> Found:
    try:
        mended = mendings(corpus, known.document, reveal=reveal)
    except (NotFoundError, IntegrityError) as error:
        return known.model_copy(update={"unmended": str(error)})
    return known.model_copy(update={"mended": mended})


def _rejected(lake: Lake, place: Place, row: Row) -> Found:
    told = {"batch": place.batch} | row
    if row["stage"] == WITHDRAW:
        told["withdrawn"] = request_of(lake, place.batch, row["detail"])
    return Found(rejected=told)


def _explained(
    corpus: Corpus, rows: Rows, place: Place, document: pl.DataFrame, *, reveal: bool
) -> Found:
    row = document.drop("text").row(0, named=True)
    text = document["text"][0]

    def beside(table: str) -> pl.DataFrame | None:
        """The row of `table` for this document; null where it is not there yet, or not in place."""
        one = rows.at(table, place.batch, place.row)
        if one is None or one.schema != TABLES[table] or one["doc_id"][0] != row["doc_id"]:
            return None
        return one.rename({"kept": "duplicate_kept"}) if table == "duplicates" else one

    measured = [one for table in ANNOTATIONS if (one := beside(table)) is not None]
    findings, verdict = beside("privacy"), beside("verdicts")
    decided = verdict.drop("doc_id").row(0, named=True) if verdict is not None else None
    source = corpus.sources[row["source"]]
    asked = source_rules(corpus, source)
    passed: list[Row] = []
    if len(measured) == len(ANNOTATIONS) and findings is not None:
        together = side_by_side(*(one.lazy() for one in (*measured, findings)))
        of_kind = densities(corpus.treatments(source.kind))
        together = together.with_columns(uncut_share(), **of_kind, **own_scores(corpus.own))
        passed = evaluate(together, asked).drop("doc_id").to_dicts()
    known = {key: value for one in measured for key, value in one.row(0, named=True).items()}
    twin = _twin(rows.lake, known)
    signed = beside("signatures")
    if twin and signed is not None:
        known["similarity_counted"] = _counted(rows.lake, signed["exact"][0], twin)
    return Found(
        document=shown(row, reveal=reveal),
        measured={key: value for key, value in known.items() if key not in row},
        findings=findings["findings"].to_list()[0] if findings is not None else [],
        rules=passed,
        verdict=decided,
        outdated=decided is not None and decided["policy_version"] != policy_version(asked),
        twin=twin and {name: twin[name] for name in ("doc_id", "source", "uri", "batch")},
        mixtures=[
            use for name in corpus.mixtures for use in rows_of(rows.lake, name, row["doc_id"])
        ],
        excerpt=(text if reveal else masked(text))[:EXCERPT],
        revealed=reveal,
    )


def _twin(lake: Lake, known: Row) -> Row | None:
    """The document that was kept instead, as far as it is there: its place, and `exact`."""
    if known.get("twin") is None:
        return None
    twin = {"doc_id": known["twin"], "source": None, "uri": None, "batch": known["twin_batch"]}
    place = place_of(lake, [known["twin_batch"]], known["twin"])
    if place is None:
        return twin | {"exact": None}
    document = take(lake.path("documents", place.batch), [place.row], ["source", "uri"])
    signed = Rows(lake).at("signatures", place.batch, place.row)
    same = signed is not None and signed["doc_id"][0] == known["twin"]
    exact = signed["exact"][0] if signed is not None and same else None
    return twin | document.drop("at").row(0, named=True) | {"exact": exact}


def _counted(lake: Lake, exact: int, twin: Row) -> bool | None:
    """Whether the similarity to the twin was counted; null where that is not known."""
    if twin["exact"] is None or twin["exact"] == exact:
        return None if twin["exact"] is None else True
    left, right = sorted((exact, twin["exact"]))
    pair = (pl.col("left") == left) & (pl.col("right") == right)
    for share in sorted((lake.home / "pairs").glob("*.parquet")):
        if found := first_of_sorted(share, "left", left, pair):
            return bool(found["counted"])
    return None


def shown(document: Row, *, reveal: bool) -> Row:
    """A document's places, its title, author and AI label masked unless `reveal`."""
    if reveal:
        return document
    title, label = document["title"], document["ai_label"]
    return document | {
        "title": title and masked(title),
        "author": document["author"] and f"〔{FINDING_KINDS['name']}〕",
        "ai_label": label and {name: value and masked(value) for name, value in label.items()},
    }
