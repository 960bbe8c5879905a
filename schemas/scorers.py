"""Models of one's own, as corpus.yaml names them."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.located import wrong
from schemas.scores import SCORE_UNITS, SCORES

TAKEN = frozenset(SCORES) - frozenset(SCORE_UNITS)
"""Columns of the scores that no scorer of one's own can give."""


class Scorer(BaseModel):
    """A model of one's own that gives every document a number.

    The file's ending says what it is: `.npz` from `wenyuan train` (a classifier, or a character
    model, whose number is perplexity, 1 upwards), a fastText classifier (`.bin`, `.ftz`), or ONNX
    (`.onnx`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(description="The file, relative to corpus.yaml: .npz, .bin, .ftz or .onnx.")
    label: str | None = Field(
        None,
        description="The label whose chance is the score (for ONNX, the number of the output, from "
        "0); null for the expected value of labels that are numbers, for the one output of a "
        "regression, or for perplexity.",
    )
    tokenizer: str | None = Field(
        None, description="For ONNX models that take tokens: their tokenizer.json."
    )
    segmented: Literal["characters"] | None = Field(
        None,
        description="For fastText models that read every character as a word: characters. Null "
        "for those that are given the text as it is, its new lines as spaces.",
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ending = Path(self.model).suffix
        if ending not in {".npz", ".bin", ".ftz", ".onnx"}:
            raise wrong("a scorer is a file .npz, .bin, .ftz or .onnx", "model")
        if self.tokenizer is not None and ending != ".onnx":
            raise wrong("only an ONNX model has a tokenizer", "tokenizer")
        if self.segmented is not None and ending not in {".bin", ".ftz"}:
            raise wrong("only a fastText model is told how texts are segmented", "segmented")
        return self
