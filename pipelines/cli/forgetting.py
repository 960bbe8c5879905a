"""`wenyuan forget`: withdraw documents, keep them out, and prove it."""

from pathlib import Path
from typing import Any

import click

from pipelines.build import Outcome, build
from pipelines.cli.asking import SELECTORS, passages_of, request_of, require_own
from pipelines.cli.building import Bars
from pipelines.cli.options import console, corpus_option, json_option, pairs_of, print_json
from pipelines.instance import instance_of
from pipelines.lake import Lake
from pipelines.withdrawal.finding import Found, find
from pipelines.withdrawal.forgetting import record, verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import holding
from pipelines.workers import exclusive
from schemas.corpus import load_corpus
from schemas.errors import BusyError, ConfigError
from schemas.withdrawals import Entry, Published


@click.command()
@corpus_option
@click.option("--doc", "docs", multiple=True, metavar="ID", help="A document, by its whole doc_id.")
@click.option("--url", "urls", multiple=True, help="Every document of this exact address.")
@click.option(
    "--url-prefix",
    "prefixes",
    multiple=True,
    metavar="PREFIX",
    help="Every document whose address begins so; end it with a slash.",
)
@click.option(
    "--source", "sources", multiple=True, help="Every document of this source, new ones too."
)
@click.option(
    "--contains",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Every document that contains the text of FILE (UTF-8; - is standard input).",
)
@click.option(
    "--subject-digest",
    "digests",
    multiple=True,
    metavar="DIGEST",
    help="Every document with a finding of this value, by what 'wenyuan subject-digest' prints.",
)
@click.option("--reason", help="Why; it is kept in the ledger, so name no person.")
@click.option(
    "--twins/--no-twins",
    default=True,
    show_default=True,
    help="Withdraw copies and near-copies too, wherever they are from.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be found; write nothing.")
@click.option("--verify", "check", is_flag=True, help="Check the ledger, and the lake against it.")
@click.option(
    "--head", metavar="DIGEST", help="With --verify: a digest noted before, still to be there."
)
@json_option
def forget(path: Path, check: bool, head: str | None, as_json: bool, **asked: Any) -> None:
    """Withdraw documents: remove them, keep them out, and write a certificate.

    Several options together ask for everything that any of them names. Raw files are not touched:
    the certificate says where in them the withdrawn records lie.
    """
    path = path.resolve()
    if check:
        if any(asked[name] for name in SELECTORS):
            raise ConfigError("--verify checks all requests; ask for nothing else with it")
        _verify(path, head, as_json)
    elif asked.pop("dry_run"):
        _look(path, as_json, **asked)
    else:
        _forget(path, as_json, **asked)


def _verify(path: Path, head: str | None, as_json: bool) -> None:
    corpus = load_corpus(path)
    lake = Lake(corpus.home)
    with exclusive(lake):
        searched: dict[str, Any] = {**verify(corpus, lake, head), "head": Ledger(lake).head}
    if as_json:
        print_json(searched)
        return
    console.print("Nothing withdrawn is left.", style="green")
    console.print(pairs_of("searched", searched))


def _look(path: Path, as_json: bool, **asked: Any) -> None:
    """Say what a request would find. Where the lake has no key, it is one that nobody keeps."""
    corpus = load_corpus(path)
    lake = Lake(corpus.home)
    ledger = Ledger(lake)
    key = ledger.key() if ledger.has_key else b"only looking"
    request = request_of(key, passages_of(asked), asked, "looking")
    require_own(request, ledger)
    with exclusive(lake):
        found = find(corpus, lake, request, key)
        mixtures = holding(lake, found.documents["doc_id"])
    told = _told(found, mixtures)
    if as_json:
        print_json(told)
    else:
        _print(told, "would be withdrawn")
        console.print("nothing was written")


def _forget(path: Path, as_json: bool, **asked: Any) -> None:
    corpus = load_corpus(path)
    lake = Lake(corpus.home)
    if not (asked["reason"] or "").strip():
        raise ConfigError("give a --reason: it stands in the ledger and in 'wenyuan why'")
    ledger, passages, reason = Ledger(lake), passages_of(asked), asked["reason"].strip()
    # What is refused writes nothing, not a key.
    require_own(request_of(b"only checking", passages, asked, reason), ledger)
    with exclusive(lake):
        key = ledger.key() if passages else b""
        entry = record(corpus, lake, request_of(key, passages, asked, reason))
    outcome = _build(path, entry.number, quiet=as_json)
    ledger = Ledger(lake)
    if entry.number not in ledger.certificates:
        outcome.raise_failures()
    told = _certified(ledger, entry)
    if as_json:
        print_json(told)
    else:
        _print(told, "withdrawn")
    outcome.raise_failures()  # a recipe asks for more than is left


def _build(path: Path, number: int, *, quiet: bool) -> Outcome:
    try:
        with instance_of(load_corpus(path)) as instance, Bars(quiet=quiet) as shown:
            return build(path, instance, progress=shown)
    except BusyError as error:
        raise BusyError(
            f"request {number} is written down, and a build does the rest: {error}"
        ) from None


def _told(found: Found, mixtures: dict[str, Published]) -> dict[str, Any]:
    return {
        "documents": found.counts(),
        "copies": int((~found.documents["asked"]).sum()),
        "raw_files": found.documents["raw_path"].n_unique(),
        "mixtures": {
            name: {"rows": one.rows, "shards": len(one.shards)} for name, one in mixtures.items()
        },
    }


def _certified(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    certificate = ledger.certificates[entry.number]
    copied = ~ledger.read(entry, "documents")["asked"]
    return {
        "request": entry.number,
        "documents": entry.found,
        "copies": int(copied.sum()),
        "raw_files": certificate.raw_files,
        "mixtures": {
            name: {
                "rows": one.before.rows,
                "shards": len(one.after.shards) if one.after else 0,
                "rewritten": one.rewritten,
            }
            for name, one in certificate.mixtures.items()
        },
        "certificate": str(ledger.file(certificate)),
        "places": str(ledger.table(entry.number, "documents")),
        "head": ledger.head,
    }


def _print(told: dict[str, Any], what: str) -> None:
    total = sum(told["documents"].values())
    console.print(f"{total:,} documents {what}, {told['copies']:,} of them as copies", style="bold")
    for source, count in told["documents"].items():
        console.print(f"  {source}: {count:,}")
    for name, counts in told["mixtures"].items():
        rewritten = f", {counts['rewritten']:,} rewritten" if "rewritten" in counts else ""
        rows, shards = counts["rows"], counts["shards"]
        now = f"{shards:,} shard files{rewritten}" if shards else "taken off"
        console.print(f"mixture {name}: {rows:,} rows; {now}")
    if not told["mixtures"]:
        console.print("no mixture holds any of them")
    if "certificate" not in told:
        return
    files = told["raw_files"]
    console.print(
        f"certificate: {told['certificate']}\n"
        f"still to erase by you, in {files:,} raw files: {told['places']}\n"
        f"note this digest elsewhere: {told['head']}",
        soft_wrap=True,
    )
