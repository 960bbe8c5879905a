"""Two suppliers of whom every number is known."""

from pathlib import Path

import pytest

from tests.pipelines import small

LIBRARY_AGAIN = small.LIBRARY.replace("下周", "本周")
HOSTILE = f"<b>{small.MOBILE}"
"""The name of a file: markup, and somebody's number."""

TERMS = {"max_rejected": "10%", "max_own_copies": "10%", "min_kept": 0.6}
SOURCES = {
    "news": small.SETTINGS["sources"]["news"],
    "notices": {
        **small.SETTINGS["sources"]["notices"],
        "licence": "CC-BY-4.0",
        "acceptance": {"max_rejected": None, "max_other_copies": "10%", "max_personal": "50%"},
    },
}


def lay(folder: Path) -> Path:
    """News: 11 records, one unreadable, one short, one English, one a copy of their own. Notices:
    3, one a copy of the news, one with a telephone number."""
    small.news(folder, "2024-01", small.FIRST, more=["{这一行不是记录"])
    small.news(folder, "2024-02", [*small.SECOND[:-1], LIBRARY_AGAIN])
    small.notice(folder, "clinic", small.CLINIC)
    small.notice(folder, "market", small.MARKET_AGAIN)
    small.notice(folder, HOSTILE, small.WATER)
    return small.configure(folder, sources=SOURCES, acceptance=TERMS)


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus.yaml of both, built. Change nothing in it."""
    path = lay(tmp_path_factory.mktemp("delivered"))
    assert not small.build_here(path).failures
    return path
