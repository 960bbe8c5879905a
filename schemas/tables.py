"""The schema of every table in the lake. These constants are the truth; the docs quote them."""

import polars as pl

TIME = pl.Datetime("ms", "UTC")

PERMUTATIONS = 128
"""MinHash permutations per document: the default of datasketch."""

REPAIRS = pl.List(pl.Struct({"kind": pl.String(), "count": pl.UInt32()}))

AI_LABEL = pl.Struct(
    {
        "Label": pl.String(),
        "ContentProducer": pl.String(),
        "ProduceID": pl.String(),
        "ReservedCode1": pl.String(),
        "ContentPropagator": pl.String(),
        "PropagateID": pl.String(),
        "ReservedCode2": pl.String(),
    }
)
"""The implicit label of GB 45438-2025, its fields as the standard names them. `Label` is 1 for
what a machine made, 2 for what it may have made, 3 for what is suspected; then who made it and
its number there, who passed it on and its number there, and what each says of its integrity."""

RECORDS = pl.Schema(
    {
        "uri": pl.String(),
        "text": pl.String(),
        "payload": pl.Binary(),
        "media_type": pl.String(),
        "charset": pl.String(),
        "title": pl.String(),
        "published_at": TIME,
        "fetched_at": TIME,
        "ai_label": pl.String(),
        "raw_path": pl.String(),
        "raw_offset": pl.UInt64(),
        "raw_length": pl.UInt64(),
        "raw_digest": pl.String(),
        "stage": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)
"""What a reader yields: one row for every raw record it met, readable or not.

A readable record has `text` (already characters) or `payload` (bytes still to be turned into
text) and null `reason`. An unreadable one has `stage` and `reason` (a short snake_case word),
and optionally `detail` (never any content of the record).

`uri` is the page's address, or `path#row`; `charset` what the transport declared; `raw_offset`
and `raw_length` are bytes in the raw file, or for columnar and SQL sources the row number and
null; `raw_digest` is `sha256:` and 64 hex digits of the raw bytes (of the text, where the raw
form has no bytes of its own); `ai_label` is the label of AI-made text as a field holds it.
"""

DOCUMENTS = pl.Schema(
    {
        "doc_id": pl.String(),
        "batch": pl.String(),
        "source": pl.String(),
        "domain": pl.String(),
        "uri": pl.String(),
        "title": pl.String(),
        "author": pl.String(),
        "text": pl.String(),
        "published_at": TIME,
        "fetched_at": TIME,
        "media_type": pl.String(),
        "charset": pl.String(),
        "charset_confidence": pl.Float32(),
        "licence": pl.String(),
        "raw_path": pl.String(),
        "raw_offset": pl.UInt64(),
        "raw_length": pl.UInt64(),
        "raw_digest": pl.String(),
        "extractor": pl.String(),
        "repairs": REPAIRS,
        "ai_label": AI_LABEL,
    }
)
"""One row a readable record. `doc_id` is 32 hex digits of (source, uri, raw digest); `domain`
is the kind of the source; `charset` is the one decided on and `charset_confidence` the chance that
it is right, 0 to 1, null where the text came as characters; `repairs` counts edits by kind;
`ai_label` is what the record itself says of being AI-made, null where it says nothing."""

REJECTS = pl.Schema(
    {
        "raw_path": pl.String(),
        "raw_offset": pl.UInt64(),
        "raw_length": pl.UInt64(),
        "uri": pl.String(),
        "stage": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)
"""One row a record that could not become a document. `stage` is `read` or `extract`, or `withdraw`
for one that could and was withdrawn: its `detail` is the doc_id."""

WITHDRAW = "withdraw"
"""The stage of a reject that could be read and was withdrawn; its `detail` is the `doc_id`."""

LANGUAGE = pl.Schema(
    {
        "doc_id": pl.String(),
        "language": pl.String(),
        "confidence": pl.Float32(),
        "han_ratio": pl.Float32(),
        "shares": pl.List(pl.Struct({"language": pl.String(), "share": pl.Float32()})),
    }
)
"""`language` is BCP 47 (zh-Hans, zh-Hant, yue, lzh, ja, en, … und); both ratios are 0 to 1.
`shares` are the languages of its paragraphs and their share of the characters, the largest first.
"""

FINDING_KINDS: dict[str, str] = {
    "name": "姓名",
    "address": "地址",
    "birth_date": "出生日期",
    "resident_id": "身份证号",
    "permit": "通行证号",
    "passport": "护照号",
    "hk_id": "香港身份证号",
    "mo_id": "澳门身份证号",
    "tw_id": "台湾身份证号",
    "driver_file": "驾驶证档案号",
    "mobile": "手机号",
    "landline": "座机号",
    "email": "邮箱",
    "bank_card": "银行卡号",
    "credit_code": "统一社会信用代码",
    "organisation_code": "组织机构代码",
    "plate": "车牌号",
    "social_security": "社保号",
    "medical_record": "病历号",
    "qq": "QQ号",
    "wechat": "微信号",
    "ip": "IP地址",
    "mac": "MAC地址",
    "imei": "IMEI",
    "secret": "密钥",
}
"""Every kind of personal data and the label a mask shows for it."""

FINDINGS = pl.List(
    pl.Struct(
        {
            "kind": pl.String(),
            "start": pl.UInt32(),
            "end": pl.UInt32(),
            "rule": pl.String(),
            "confidence": pl.Float32(),
            "sensitive": pl.List(pl.String()),
        }
    )
)

PRIVACY = pl.Schema({"doc_id": pl.String(), "findings": FINDINGS})
"""`start` and `end` count characters of `text`; the value itself is never stored. `rule` is what
decided and `confidence` how often it is right, 0 to 1; `sensitive` names the standards by which
the kind is *sensitive* personal information. Findings of one document do not overlap and are in
order of `start`."""

SIGNATURES = pl.Schema(
    {
        "doc_id": pl.String(),
        "folded_chars": pl.UInt32(),
        "exact": pl.UInt64(),
        "minhash": pl.Binary(),
        "sketch": pl.Binary(),
    }
)
"""`exact` hashes the folded text. `minhash` is 128 little-endian unsigned 32-bit minima, as
`numpy.frombuffer` reads and datasketch takes them; `sketch` is a byte hashed from each, all that
comparing needs. Both are null where the text has under 5 characters."""

LINES = pl.Schema(
    {"doc_id": pl.String(), "hashes": pl.List(pl.UInt64()), "chars": pl.List(pl.UInt32())}
)
"""One item for each line of the text (cut at every new line): the hash of the folded line, and its
folded characters."""

PAIRS = pl.Schema(
    {
        "left": SIGNATURES["exact"],
        "right": SIGNATURES["exact"],
        "similarity": pl.Float32(),
        "counted": pl.Boolean(),
    }
)
"""Two texts that may be near-duplicates, named by `exact`, the smaller one left; in order. The
`similarity` is the Jaccard similarity of their sets of 5-grams, 0 to 1: counted where the estimate
came near the threshold, else that estimate."""

EXAM_HITS = pl.List(
    pl.Struct(
        {
            "benchmark": pl.String(),
            "item": pl.String(),
            "share": pl.Float32(),
            "start": pl.UInt32(),
            "end": pl.UInt32(),
        }
    )
)

CONTAMINATION = pl.Schema(
    {
        "doc_id": pl.String(),
        "benchmark": pl.String(),
        "item": pl.String(),
        "share": pl.Float32(),
        "hits": EXAM_HITS,
    }
)
"""`hits` are the exam items that stand in the document: `share` of the item's folded characters
found in common, in order, 0 to 1; `start` and `end` count characters of `text`, from the first to
the last of those in common. They are in the order of `start`; several may lie over each other.
`benchmark`, `item` and `share` are those of the hit with the largest share; null names and 0 where
there is none."""

DUPLICATES = pl.Schema(
    {
        "doc_id": pl.String(),
        "batch": pl.String(),
        "cluster": pl.String(),
        "cluster_size": pl.UInt32(),
        "family": pl.String(),
        "kept": pl.Boolean(),
        "twin": pl.String(),
        "twin_batch": pl.String(),
        "similarity": PAIRS["similarity"],
    }
)
"""A cluster is a kept document and those it is kept instead of. `cluster` is the smallest `doc_id`
in it and `cluster_size` counts its documents; `twin` is the kept one (null for itself), lying in
`twin_batch`, and `similarity` how alike it is, 1 for equal folded texts, else as in `PAIRS`.
`family` is the smallest `doc_id` of all that similar pairs link to it, directly or through others:
two documents of different families are no near-duplicates."""

BOILERPLATE = pl.Schema(
    {
        "doc_id": pl.String(),
        "batch": pl.String(),
        "common_ratio": pl.Float32(),
        "common_lines": pl.List(pl.UInt32()),
    }
)
"""`common_lines` are the numbers, from 0, of the lines that many documents of the corpus hold, and
`common_ratio` is their share of the folded characters of the text, 0 to 1."""

VERDICTS = pl.Schema(
    {
        "doc_id": pl.String(),
        "kept": pl.Boolean(),
        "rule": pl.String(),
        "value": pl.String(),
        "threshold": pl.String(),
        "twin": pl.String(),
        "policy_version": pl.String(),
    }
)
"""The first rule a document failed, what it measured, and what was asked; null where kept."""

CORPUS = pl.Schema(
    {
        "doc_id": pl.String(),
        "text": pl.String(),
        "source": pl.String(),
        "domain": pl.String(),
        "language": pl.String(),
        "quality": pl.Float32(),
        "licence": pl.String(),
        "batch": pl.String(),
    }
)
"""The kept documents, redacted. `quality` is `education` of the scores over 5, 0 to 1."""

INVENTORY = pl.Schema(
    {
        "doc_id": pl.String(),
        "source": pl.String(),
        "kind": pl.String(),
        "language": pl.String(),
        "licence": pl.String(),
        "industry": pl.String(),
        "quality": pl.Float32(),
        "volatility": pl.Float32(),
        "cluster_size": pl.UInt32(),
        "family": pl.String(),
        "published": pl.Date(),
        "ai_labelled": pl.Boolean(),
        "chars": pl.UInt32(),
        "bytes": pl.UInt64(),
        "wide": pl.UInt32(),
        "tokens": pl.List(pl.UInt32()),
        "content": pl.UInt64(),
    }
)
"""What a recipe can choose by: one row a row of the corpus, in its order, without the text. `kind`
is the kind of the source; `published` the day in China; `chars` and `bytes` (UTF-8) are of the
redacted text, `wide` its full-width digits and Latin letters; `tokens` has a count for each
tokenizer that recipes name, in order of their names; `content` hashes all that a shard holds of
the document."""

SHARDS = pl.Schema(
    {name: kind for name, kind in CORPUS.items() if name != "batch"}
    | {"component": pl.String(), "epoch": pl.UInt8()}
)
"""The rows of a mixture: `component` is the part of the recipe that took the document, and `epoch`
counts from 0. The batch is left out, since how files happened to be grouped when they arrived must
not change a mixture's bytes."""
