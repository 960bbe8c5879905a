"""`wenyuan why`: from a document to its decision."""

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from pipelines.cli.options import (
    console,
    corpus_option,
    exams_of,
    json_option,
    languages_of,
    pairs_of,
    print_json,
    reveal_option,
    said_by,
    table_of,
    visible,
)
from pipelines.lookup import Found, explained, find_places
from schemas.corpus import load_corpus
from schemas.policies import own_column

MOST_SHOWN = 20


@click.command()
@click.argument("document", metavar="DOC_ID|URL")
@corpus_option
@json_option
@reveal_option
@click.option(
    "--repairs", is_flag=True, help="Show what repair changed, by doing it again on the raw record."
)
def why(document: str, path: Path, as_json: bool, reveal: bool, repairs: bool) -> None:
    """Everything known of one document, and why it was kept or dropped.

    DOC_ID may be cut to its first 6 hex digits or more. A URL, or the path of a raw file, shows
    every document of it, and every record of it that could not be read.
    """
    corpus = load_corpus(path)
    found = find_places(corpus, document)
    if as_json:
        known = explained(corpus, found, reveal=reveal, repairs=repairs)
        print_json([one.model_dump(mode="json") for one in known])
        return
    for one in explained(corpus, found[:MOST_SHOWN], reveal=reveal, repairs=repairs):
        _print_found(one)
    if len(found) > MOST_SHOWN:
        console.print(f"… and {len(found) - MOST_SHOWN:,} more; --json prints all")


def _print_found(found: Found) -> None:
    if found.rejected:
        console.print("rejected", style="red", end=" ")
        console.print(f"{found.rejected['stage']}: {found.rejected['reason']}")
        console.print(pairs_of("reject", found.rejected))
        return
    _print_verdict(found)
    for use in found.mixtures:
        console.print(f"in {use.shard}#{use.row}, epoch {use.epoch}", soft_wrap=True)
    repairs = (f"{one['kind']} ×{one['count']}" for one in found.document["repairs"] or ())
    told = {
        "repairs": ", ".join(repairs) or "none",
        "ai_label": said_by(found.document["ai_label"]),
    }
    console.print(pairs_of("document", found.document | told))
    _print_repairs(found)
    counted = [finding["kind"] for finding in found.findings]
    kinds = ", ".join(f"{kind} ×{counted.count(kind)}" for kind in dict.fromkeys(counted))
    measured = found.measured | {"personal data": kinds or "none"}
    if "shares" in measured:
        spoken = {one["language"]: one["share"] for one in measured.pop("shares")}
        measured["languages"] = languages_of(spoken)
    if hits := measured.pop("hits", None):
        measured["exams"] = exams_of(hits)
    for one in measured.pop("own", ()):
        measured[own_column(one["name"])] = one["score"]
    console.print(pairs_of("measured", measured))
    rules = table_of("rules, in order", dict.fromkeys(("rule", "value", "asked", ""), False))
    for rule in found.rules:
        passed = Text("passes", "green") if rule["passed"] else Text("fails", "red")
        rules.add_row(rule["rule"], rule["value"], rule["threshold"], passed)
    console.print(rules)
    console.print("text", style="bold", end=" " if not found.revealed else "\n")
    if not found.revealed:
        console.print("(personal data masked)")
    console.print(found.excerpt, soft_wrap=True)


def _print_repairs(found: Found) -> None:
    if found.unmended:
        console.print(f"repairs cannot be shown: {found.unmended}", style="yellow", soft_wrap=True)
    if not found.mended:
        return
    table = table_of("repairs", dict.fromkeys(("kind", "before", "after"), False))
    for one in found.mended:
        for excerpt in one.excerpts:
            table.add_row(one.kind, visible(excerpt.before), visible(excerpt.after))
    console.print(table)


def _print_verdict(found: Found) -> None:
    verdict = found.verdict
    if verdict is None:
        console.print("not decided yet: run 'wenyuan build'", style="yellow")
    elif verdict["kept"]:
        console.print("kept", style="green")
    else:
        console.print("dropped", style="red", end=" ")
        because = f"{verdict['rule']}: {verdict['value']}, asked {verdict['threshold']}"
        console.print(f"because of {because}", soft_wrap=True)
    if found.outdated:
        changed = "corpus.yaml asks something else by now: run 'wenyuan build'"
        console.print(changed, style="yellow")
    if found.twin:
        source, uri = found.twin["source"], found.twin["uri"]
        console.print(f"kept instead: {uri} of the source {source}", soft_wrap=True)
        console.print(f"              {_alike(found.measured)}", soft_wrap=True)
        console.print(f"              wenyuan why {found.twin['doc_id']}", soft_wrap=True)


def _alike(measured: dict[str, Any]) -> str:
    """How alike the document and its twin are, and how that is known.

    >>> _alike({"similarity": 0.8125, "similarity_counted": False, "cluster_size": 3})
    'similarity 0.812, estimated; 3 documents say the same'
    """
    counted = measured.get("similarity_counted")
    how = "" if counted is None else ", counted" if counted else ", estimated"
    alike, size = measured["similarity"], measured["cluster_size"]
    return f"similarity {alike:.3f}{how}; {size:,} documents say the same"
