"""`wenyuan exams`: which exams stand in the corpus."""

from pathlib import Path

import click

from pipelines.cli.options import console, corpus_option, json_option, print_json, table_of
from pipelines.examining import exam_report
from schemas.corpus import load_corpus
from schemas.exams import ExamReport


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@corpus_option
@json_option
def exams(sources: tuple[str, ...], path: Path, as_json: bool) -> None:
    """Which exams stand in the corpus, where, and which of their items cannot be looked for.

    Without SOURCE, in all. Documents and items are told by their ids; no text is shown or read.
    """
    found = exam_report(load_corpus(path), sources)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found)


def _print(report: ExamReport) -> None:
    counts = dict.fromkeys(("items", "not indexed", "documents", "items hit"), True)
    table = table_of("exams", {"benchmark": False, **counts, "sources": False})
    for one in report.benchmarks:
        worst = ", ".join(f"{name} {count:,}" for name, count in one.sources.items())
        numbers = (one.items, len(one.not_indexed), one.documents, one.hit)
        table.add_row(one.benchmark, *(f"{number:,}" for number in numbers), worst or "none")
    console.print(table)
    for one in report.benchmarks:
        for shown in one.examples:
            console.print(
                f"{one.benchmark} {shown.item}: {shown.share:.2f} in {shown.doc_id} "
                f"of {shown.source}",
                soft_wrap=True,
            )
    most = ", ".join(f"{name} {share:g}" for name, share in report.asked.items())
    console.print(
        f"{report.documents:,} documents looked at; allowed share: {most or 'of nothing'}",
        soft_wrap=True,
    )
    if report.unasked:
        console.print(f"all is allowed: {', '.join(report.unasked)}", soft_wrap=True)
    per = report.index_bytes / max(1, report.seeds)
    console.print(
        f"the index takes {report.index_bytes / 1e6:,.1f} MB: {report.seeds:,} runs of "
        f"characters, {per:.0f} bytes each",
        soft_wrap=True,
    )
