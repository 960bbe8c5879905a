"""Measurements beside the documents: the same rows in the same order, never a decision."""

import dagster as dg
import polars as pl

import quality.contamination
import quality.dedup
import quality.language
import quality.privacy
import quality.scoring
from assets.discretion import discreet
from assets.exams import exam_index
from assets.languages import language_model
from assets.raw import BATCHES
from assets.scorers import scorers
from schemas.corpus import Corpus

SIGNED = "2"
"""The code version of `signatures`."""


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="2")
@discreet
def language(documents: pl.LazyFrame, corpus_yaml: dg.ResourceParam[Corpus]) -> pl.LazyFrame:
    """The language and script of each document and of its paragraphs, measured on its own text."""
    return quality.language.language(documents, language_model(corpus_yaml.language))


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="5")
@discreet
def signals(documents: pl.LazyFrame) -> pl.LazyFrame:
    """How each document is written: lengths, shares, repetition, spam, prose."""
    return quality.scoring.signals(documents)


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="1")
@discreet
def scores(documents: pl.LazyFrame, corpus_yaml: dg.ResourceParam[Corpus]) -> pl.LazyFrame:
    """What models think of each document: knowledge, harm, industry, surprise, moment."""
    return quality.scoring.scores(documents, scorers(corpus_yaml))


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="2")
@discreet
def privacy(documents: pl.LazyFrame) -> pl.LazyFrame:
    """Where personal data stands in each document: kind and place, never the value."""
    return quality.privacy.privacy(documents)


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version=SIGNED)
@discreet
def signatures(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The MinHash of each document's folded character 5-grams."""
    return quality.dedup.signatures(documents)


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="1")
@discreet
def lines(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The hash of each folded line of each document."""
    return quality.dedup.lines(documents)


@dg.asset(group_name="annotate", partitions_def=BATCHES, code_version="3")
@discreet
def contamination(documents: pl.LazyFrame, corpus_yaml: dg.ResourceParam[Corpus]) -> pl.LazyFrame:
    """The exam items that stand in each document: how much of each, and where."""
    exams = exam_index(corpus_yaml.contamination, corpus_yaml.home)
    return quality.contamination.contamination(documents, exams)
