"""What is done with personal data, kind by kind and level over level."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from quality.privacy.confidence import CONFIDENCE
from schemas.corpus import load_corpus
from schemas.policies import Rule
from schemas.privacy import RULES, Privacy, Treatment, Treatments
from schemas.tables import FINDING_KINDS
from tests.shared import ROOT

LEVEL: TypeAdapter[dict[str, Treatment]] = TypeAdapter(Treatments)
KEEP = {"action": "keep", "reason": "a test"}


def privacy(levels: dict[str, Any], kind: str = "government") -> Privacy:
    return Privacy.of({name: LEVEL.validate_python(said) for name, said in levels.items()}, kind)


def action(of: Privacy, kind: str, rule: str = "cue") -> str:
    return of.treatment(kind, rule).action


def test_what_is_said_of_a_kind_of_source_lies_over_the_default() -> None:
    levels = {"default": "mask", "government": {"name": "pseudonymise", "address": KEEP}}
    here, there = privacy(levels), privacy(levels, "web")
    assert [action(here, kind) for kind in ("name", "address", "mobile")] == [
        "pseudonymise",
        "keep",
        "mask",
    ]
    assert action(there, "name") == "mask"


@pytest.mark.parametrize(
    ("source", "rule", "wanted"),
    [
        ("news", "mention", "keep"),
        ("news", "byline", "keep"),
        ("news", "field", "mask"),
        ("news", "repeat", "mask"),
        ("medicine", "mention", "mask"),
        ("hotline", "byline", "mask"),
    ],
)
def test_only_published_text_keeps_the_names_of_the_public(
    source: str, rule: str, wanted: str
) -> None:
    assert action(privacy({}, source), "name", rule) == wanted


def test_what_is_kept_says_why() -> None:
    kept = privacy({"web": {"qq": KEEP}}, "web").kept
    assert kept["qq"].reason == "a test"
    assert all(one.reason for one in kept.values())


def test_a_kind_goes_for_its_rules_and_a_default_for_everything() -> None:
    assert action(privacy({"web": {"name": "mask"}}, "web"), "name", "mention") == "mask"
    assert action(privacy({"web": "mask"}, "web"), "name", "mention") == "mask"
    assert action(privacy({"default": "mask"}, "web"), "credit_code", "gb32100") == "mask"
    apart = privacy({"web": {"name": "mask", "name.byline": KEEP}}, "web")
    assert [action(apart, "name", rule) for rule in ("byline", "mention")] == ["keep", "mask"]


def test_a_company_is_no_person_unless_it_is_one() -> None:
    anywhere = privacy({})
    assert action(anywhere, "credit_code", "gb32100") == "keep"
    assert action(anywhere, "credit_code", "sole_trader") == "mask"


def test_too_much_of_it_drops_the_document_by_a_rule() -> None:
    drop = {"action": "drop_document", "above": 5}
    asked = privacy({"government": {"default": drop, "resident_id": drop | {"above": 0}}})
    assert asked.rules == (
        Rule("private_density", "private_density", maximum=5),
        Rule("resident_id_density", "resident_id_density", maximum=0),
    )


@pytest.mark.parametrize(
    "treatment",
    [
        {"action": "keep"},
        {"action": "drop_document"},
        {"action": "mask", "above": 3},
        {"action": "drop_document", "above": -1},
        {"action": "hide"},
    ],
)
def test_a_treatment_says_all_that_it_needs_and_no_more(treatment: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"say why|drop_document needs|greater|Input should"):
        Treatment.model_validate(treatment)


def test_rules_that_can_be_named_are_of_kinds_that_are_there() -> None:
    assert set(RULES) <= set(FINDING_KINDS)


RARE = {"name.repeat", "name.citation", "name.spaced", "name.whole", "email.public"}
"""Rules that the labelled sets hold too few cases of."""


def test_rules_that_can_be_named_are_those_of_the_finders() -> None:
    named = {f"{kind}.{rule}" for kind, rules in RULES.items() for rule in rules}
    assert named - RARE <= set(CONFIDENCE)


def test_the_example_in_the_docs_is_right(tmp_path: Path) -> None:
    docs = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    shown = docs.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "corpus.yaml").write_text(
        "name: city\nsources:\n"
        "  letters: {kind: government, format: text, path: letters}\n"
        "  pages: {kind: news, format: html, path: pages}\n"
        f"mixtures: {{general: {{}}}}\n{shown}",
        encoding="utf-8",
    )
    corpus = load_corpus(tmp_path / "corpus.yaml")
    letters, pages = corpus.treatments("government"), corpus.treatments("news")
    assert action(letters, "name") == "pseudonymise"
    assert action(letters, "qq") == "drop_document"
    assert action(pages, "name", "byline") == "keep"
    assert "mayor@city.example" in pages.public
