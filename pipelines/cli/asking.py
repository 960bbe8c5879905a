"""From the options of `wenyuan forget` to the request they make."""

import re
from typing import Any

import click

from pipelines.withdrawal.ledger import Ledger
from quality.withdrawal import key_name, snippet_of
from schemas.errors import ConfigError
from schemas.withdrawals import Request, Subject

SELECTORS = ("docs", "urls", "prefixes", "sources", "files", "digests")
_SUBJECT = re.compile(r"([0-9a-f]{16}):([0-9a-f]{64})")


def request_of(key: bytes, passages: list[str], asked: dict[str, Any], reason: str) -> Request:
    """The request; passages are hashed under `key`.

    Raises:
        ConfigError: nothing is named, or something by what does not name it.
    """
    if not any(asked[name] for name in SELECTORS):
        raise ConfigError(
            "say what to forget: --doc, --url, --url-prefix, --source, --contains or "
            "--subject-digest; or check what was forgotten with --verify"
        )
    if places := [url for url in asked["urls"] if "://" not in url and "#" in url]:
        raise ConfigError(
            f"{places[0]!r} is a place in a raw file, where another record may come to lie; "
            "name the document with --doc"
        )
    return Request(
        docs=tuple(asked["docs"]),
        urls=tuple(asked["urls"]),
        prefixes=tuple(asked["prefixes"]),
        sources=tuple(asked["sources"]),
        snippets=tuple(snippet_of(text, key) for text in passages),
        subjects=tuple(map(_subject, asked["digests"])),
        twins=asked["twins"],
        reason=reason,
    )


def passages_of(asked: dict[str, Any]) -> list[str]:
    """The passages, each read once: one may come from standard input."""
    texts = []
    for file in asked["files"]:
        with click.open_file(str(file), "rb") as given:
            data = given.read()
        try:
            texts.append(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ConfigError(f"{file} is not UTF-8") from None
    return texts


def require_own(request: Request, ledger: Ledger) -> None:
    """Digests that the key of this lake did not make find nothing.

    Raises:
        ConfigError: there is such a one.
    """
    own = key_name(ledger.key()) if request.subjects and ledger.has_key else "none"
    if others := [one.key for one in request.subjects if one.key != own]:
        raise ConfigError(
            f"the digest was made under the key {others[0]}, and the key of this lake is {own}: "
            "make it again here, with 'wenyuan subject-digest'"
        )


def _subject(digest: str) -> Subject:
    match = _SUBJECT.fullmatch(digest.strip().lower())
    if match is None:  # it may be the value itself, so it is not repeated
        raise ConfigError(
            "--subject-digest takes what 'wenyuan subject-digest' prints: 16 hex digits, a colon "
            "and 64 hex digits"
        )
    return Subject(key=match[1], digest=match[2])
