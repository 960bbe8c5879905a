"""A mixture described as MLCommons Croissant, which dataset search engines and loaders read."""

import json
from typing import Any

import polars as pl

from schemas.manifest import Manifest, Shard
from schemas.tables import SHARDS

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"

MEDIA_TYPES = {"parquet": "application/x-parquet", "arrow": "application/vnd.apache.arrow.file"}
"""The first as Croissant writes it, the second as IANA has it registered."""

COLUMNS = {
    "doc_id": "文档编号。The document: 32 hex digits of its source, address and raw bytes.",
    "text": "正文，个人信息已按隐私设置处理。The text, personal data treated as the settings say.",
    "source": "来源。The source in corpus.yaml.",
    "domain": "领域。The kind of the source.",
    "language": "语言。BCP 47: zh-Hans, zh-Hant, yue, lzh, en, …",
    "quality": "质量。How much lasting knowledge or skill the text gives, 0 to 1.",
    "licence": "许可。The licence of the source.",
    "component": "配方成分。The part of the recipe that took the document.",
    "epoch": "第几轮，自 0 起。Which repetition of the document, from 0.",
}

# Of the names in the context of Croissant 1.1, those that are used here or that readers ask for.
_TERMS = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset"),
    *("jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: dict[str, Any] = {term: f"cr:{term}" for term in _TERMS} | {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}


def croissant(manifest: Manifest) -> str:
    """The JSON-LD for `croissant.json` beside the manifest: every file, and the rows they hold.

    Paths are relative to it, so that it moves with the mixture. A mixture has no address of its
    own: `url` names it and its version as a URN. No time of day, and so no `datePublished`: the
    same manifest, the same bytes.
    """
    m = manifest
    described = {
        "@context": dict(sorted(_CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": m.name,
        "description": {
            "zh": f"文渊按配方生成的中文训练语料：{m.rows} 行，来自 {'、'.join(m.components)}。",
            "en": f"A training mixture that Wenyuan made from a recipe: {m.rows} rows of "
            f"{', '.join(m.components)}.",
        },
        "version": m.version,
        "license": list(m.licences),
        "inLanguage": list(m.languages),
        "url": f"urn:wenyuan:{m.name}:{m.version}",
        "isLiveDataset": False,
        "distribution": [*map(_file, m.shards), *map(_files, _globs(m))],
        "recordSet": [_rows(glob) for glob in _globs(m)],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _globs(manifest: Manifest) -> list[str]:
    """What matches the files of each part of the mixture, in the first of its formats."""
    form = manifest.recipe.formats[0]
    folders = {one.path.rpartition("/")[0] for one in manifest.shards if one.format == form}
    return [f"{folder}/*.{form}" for folder in sorted(folders)]


def _file(shard: Shard) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": shard.path,
        "name": shard.path,
        "contentUrl": shard.path,
        "contentSize": f"{shard.bytes} B",
        "encodingFormat": MEDIA_TYPES[shard.format],
        "sha256": shard.sha256,
    }


def _files(glob: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": glob,
        "name": glob,
        "encodingFormat": MEDIA_TYPES[glob.rpartition(".")[2]],
        "includes": glob,
    }


def _rows(glob: str) -> dict[str, Any]:
    """The rows of a part, named for its folder."""
    name = glob.split("/")[-2]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": [{"@id": f"{name}/doc_id"}, {"@id": f"{name}/epoch"}],
        "field": [_field(name, column, glob) for column in SHARDS],
    }


def _field(records: str, column: str, glob: str) -> dict[str, Any]:
    kind = SHARDS[column]
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{column}",
        "name": column,
        "description": COLUMNS[column],
        "dataType": "sc:Text" if kind == pl.String else _number(kind),
        "source": {"fileSet": {"@id": glob}, "extract": {"column": column}},
    }


def _number(kind: pl.DataType) -> str:
    return "sc:Float" if kind.is_float() else "sc:Integer"
