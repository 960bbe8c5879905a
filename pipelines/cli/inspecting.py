"""`wenyuan inspect`: the per-document steps on any file, without a corpus."""

import json
import re
import sys
from pathlib import Path

import click

from pipelines.cli.options import console, json_option, languages_of, pairs_of, said_by
from pipelines.inputs import FORMATS
from pipelines.inspection import Inspector, Object, inspect_paths
from quality.privacy import masked
from schemas.corpus import load_corpus

EXCERPT = 600


def _checked(_ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
        raise click.BadParameter("a kind is lower-case letters, digits and _, such as web or law")
    return value


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="How PATH is read; auto goes by the end of its name, and takes - for jsonl.",
)
@click.option(
    "--kind",
    default="web",
    show_default=True,
    callback=_checked,
    help="The kind of source whose thresholds and privacy apply.",
)
@click.option(
    "-c",
    "--corpus",
    "config",
    type=click.Path(path_type=Path),
    help="Take thresholds, privacy and exams from this file, not the documented defaults.",
)
@json_option
def inspect(
    paths: tuple[str, ...], form: str, kind: str, config: Path | None, as_json: bool
) -> None:
    """Run the per-document steps on any file, without a corpus.

    PATH is a file, a folder, or - for standard input. JSON lines have {"id", "text"},
    {"id", "html"} or {"id", "html_b64"}; CSV and Parquet have a column text. With --json, one
    object a document and line, in input order; its "title" and "text" hold personal data in
    clear. Without, everything shown is masked.
    """
    inspector = Inspector(kind, load_corpus(config) if config else None)
    out = sys.stdout.buffer
    for chunk in inspect_paths(paths, form, inspector):
        if as_json:
            out.write(b"".join(map(_line, chunk)))
            out.flush()
        else:
            for found in chunk:
                _print_card(found)


def _line(found: Object) -> bytes:
    # Only an escape can hold half a surrogate pair, which an id may have.
    return json.dumps(found, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def _print_card(found: Object) -> None:
    where = dict.fromkeys(str(one) for one in (found["path"], found["id"]) if one is not None)
    console.rule("  ".join(where), align="left")
    if found["rejected"]:
        console.print("rejected", style="red", end=" ")
        console.print(f"{found['rejected']['stage']}: {found['rejected']['reason']}")
        return
    verdict = found["verdict"]
    if verdict["kept"]:
        console.print("kept", style="green")
    else:
        console.print("dropped", style="red", end=" ")
        because = f"{verdict['rule']}: {verdict['value']}, asked {verdict['threshold']}"
        console.print(because, soft_wrap=True)
    console.print(pairs_of(None, _measured(found)))
    # What a corpus.yaml keeps in clear in a mixture is still masked on a screen.
    text = masked(found["redacted"])
    console.print(text[:EXCERPT], soft_wrap=True)
    if len(text) > EXCERPT:
        console.print(f"… ({len(text):,} characters in all)", style="dim")


def _measured(found: Object) -> dict[str, str | None]:
    kinds = [finding["kind"] for finding in found["findings"]]
    counted = (f"{kind} ×{kinds.count(kind)}" for kind in dict.fromkeys(kinds))
    said = said_by(found["ai_label"])
    return {
        "title": masked(found["title"]) if found["title"] else None,
        "published": found["published_at"],
        "charset": found["charset"] and f"{found['charset']} ({found['charset_confidence']:.2f})",
        "ai label": said and masked(said),
        "language": f"{found['language']} ({found['confidence']:.2f})",
        "languages": languages_of(found["languages"]),
        "findings": ", ".join(counted) or "none",
        "signals": ", ".join(f"{name} {value:.3g}" for name, value in found["signals"].items()),
    }
