"""A source: where raw records come from, how to read them, and what may be done with them."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.terms import Terms

Format = Literal["warc", "html", "jsonl", "chat", "parquet", "csv", "text", "pdf", "docx", "sql"]

MEDIA_TYPES: dict[str, str] = {
    "html": "text/html",
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Fields(BaseModel):
    """Which field of a structured record holds what; null where it holds nothing of the kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field("text", description="The text; for chat logs the list of messages.")
    id: str | None = Field(None, description="The record's own number, kept in its address.")
    title: str | None = None
    url: str | None = Field(None, description="The page's address.")
    html: str | None = Field(None, description="A page's HTML (text or bytes), used for text.")
    published_at: str | None = Field(None, description="ISO 8601 date or time.")
    ai_label: str | None = Field(
        None, description="The label of AI-made text (GB 45438-2025), JSON or an object."
    )


class Source(BaseModel):
    """One source of raw records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        "web", description="What kind of text this is; policies and privacy are set per kind."
    )
    format: Format = Field(description="How the raw files are read.")
    path: str | tuple[str, ...] | None = Field(
        None, description="Files, folders or glob patterns; relative to corpus.yaml; or s3:// URLs."
    )
    url: str | None = Field(
        None, description="The database's SQLAlchemy URL, where it holds no password."
    )
    url_env: str | None = Field(
        None, description="The environment variable that holds the database's SQLAlchemy URL."
    )
    query: str | None = Field(None, description="The SQL query whose rows are the records.")
    fields: Fields = Fields()
    licence: str = Field("unknown", description="SPDX identifier, or a word of your own.")
    confidential: bool = Field(False, description="Never in a mixture for an open release.")
    tenant: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = Field(
        None, description="Whose data it is: no other tenant's mixtures hold it."
    )
    acceptance: Terms = Field(
        Terms(), description="What was agreed with its supplier, over the terms for all sources."
    )
    max_record_bytes: int = Field(
        64 * 2**20, gt=0, description="A longer record is rejected rather than held in memory."
    )

    @property
    def holds_pages(self) -> bool:
        """Whether its records are pages of the web."""
        return self.format in {"warc", "html"} or self.fields.html is not None

    @model_validator(mode="after")
    def _where_it_is(self) -> "Source":
        if self.format != "sql":
            if not self.path:
                raise ValueError(f"format {self.format} needs path")
        elif self.query is None or (self.url is None) == (self.url_env is None):
            raise ValueError("format sql needs query, and either url or url_env")
        if self.url and re.match(r"[^/]*://[^/@]*:[^/@]*@", self.url):
            raise ValueError(
                "url holds a password: put it into a variable and name that in url_env"
            )
        return self
