"""A corpus as it comes: real documents of many kinds, and among them what a crawl brings in.

Of the dirt, pages with everything that stands around their text, posts of spam and abuse, and
fragments are real; copies, torn encodings, keyword lists and shuffled text are made of real
documents by rules. Each document says what it is (`dirt`), for the table; no arm reads that.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import zstandard
from resiliparse.extract.html2text import extract_plain_text

from quality.text.charset import decode

CLEAN = {
    "law_zh_hans": 2_000_000,
    "law_zh_hant": 1_500_000,
    "news_zh_hans": 2_500_000,
    "medical_zh_hans": 2_000_000,
    "tech_docs_zh_hans": 2_500_000,
    "tech_docs_zh_hant": 1_000_000,
    "tw_web_zh_hant": 3_000_000,
    "wiki_zh": 1_000_000,
    "modern_translation_zh_hans": 2_000_000,
    "novel_classical_zh_hans": 1_500_000,
    "classical_lzh": 1_000_000,
}
"""Characters of each set of `bulk`: 20 million together."""
LONGEST = 20_000
"""Characters of a document; longer ones are cut, so that no book is half a budget."""
COPIES, TORN, SHUFFLED, LISTS, FRAGMENTS = 0.2, 0.05, 0.05, 0.1, 0.05
"""Characters of each made dirt, as shares of the clean ones."""
POSTS = 30
"""Posts that make one page of spam."""
SPAM = 0.1
PAGES = ("html-163-gbk", "html-cwce", "html-magic-html", "html-md-react", "html-md-webpack")
CHROME, AROUND = 0.3, 600
"""Share of the clean documents around which the lines of a real page are put, and how many
characters of them at most above and below."""

Row = tuple[str, str, str]
"""Where it is from, what is wrong with it (empty: nothing), the text."""


def pool(data: Path, size: float = 1.0) -> pl.DataFrame:
    """The corpus: `doc_id`, `set`, `dirt`, `text`, shuffled; `size` is a share of all of it."""
    clean = [row for name, chars in CLEAN.items() for row in _clean(data, name, chars * size)]
    dice = random.Random(20)
    rows = [*_framed(data, clean, dice), *_made(clean, dice), *_spam(data, clean, dice)]
    dice.shuffle(rows)
    frame = pl.DataFrame(rows, schema=["set", "dirt", "text"], orient="row")
    marks = [hashlib.sha256(f"{n}".encode()).hexdigest()[:32] for n in range(frame.height)]
    return frame.with_columns(doc_id=pl.Series(marks)).filter(pl.col("text").str.len_chars() > 0)


def _clean(data: Path, name: str, chars: float) -> Iterator[Row]:
    """Documents of a set in the order of the digests of their ids, until they are that many."""
    rows = pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["id", "text"])
    order = sorted(rows.iter_rows(), key=lambda row: hashlib.sha256(str(row[0]).encode()).digest())
    left = chars
    for _, text in order:
        if left <= 0:
            return
        left -= min(len(text), LONGEST)
        yield name, "", text[:LONGEST]


def _made(clean: list[Row], dice: random.Random) -> Iterator[Row]:
    total = sum(len(text) for *_, text in clean)
    ways = {
        "copy": (COPIES, _copied),
        "torn": (TORN, _torn),
        "shuffled": (SHUFFLED, _shuffled),
        "list": (LISTS, _listed),
        "fragment": (FRAGMENTS, _fragment),
    }
    for dirt, (share, make) in ways.items():
        left = share * total
        while left > 0:
            name, _, text = dice.choice(clean)
            made = make(text, dice)
            left -= max(1, len(made))
            yield name, dirt, made


def _framed(data: Path, clean: list[Row], dice: random.Random) -> Iterator[Row]:
    """The clean documents, some of them as they come when a page is read as it stands."""
    frames = list(_chrome(data))
    for name, _, text in clean:
        if dice.random() < CHROME:
            above, below = dice.choice(frames)
            yield name, "chrome", f"{above}\n{text}\n{below}"
        else:
            yield name, "", text


def _copied(text: str, dice: random.Random) -> str:
    """The same with a few sentences gone, and a line of the copier's own above and below."""
    kept = [part for part in text.split("。") if dice.random() > 0.03]
    site = dice.choice(("资讯网", "百科", "文库", "论坛", "头条号"))
    return f"首页 > {site} > 正文\n{'。'.join(kept)}\n本文转载自{site}，版权归原作者所有"


def _torn(text: str, dice: random.Random) -> str:
    """UTF-8 read as GBK or as Latin-1, and what cannot be read lost."""
    return text.encode().decode(dice.choice(("gb18030", "latin-1")), errors="replace")


def _shuffled(text: str, dice: random.Random) -> str:
    """Every sentence with its characters in any order, as word salad comes."""
    sentences = text.split("。")
    return "。".join("".join(dice.sample(one, len(one))) for one in sentences)


def _listed(text: str, dice: random.Random) -> str:
    """A list of words that are cut out of the text, said again and again."""
    places = [dice.randrange(max(1, len(text) - 6)) for _ in range(12)]
    words = [text[place : place + dice.randint(2, 5)].replace("\n", "") for place in places]
    return "_".join(dice.choice(words) for _ in range(dice.randint(60, 400)))


def _fragment(text: str, dice: random.Random) -> str:
    """A teaser of a list of articles."""
    start = dice.randrange(max(1, len(text) - 40))
    return f"{text[start : start + 30]}…… 展开\n[查看更多]"


def _spam(data: Path, clean: list[Row], dice: random.Random) -> Iterator[Row]:
    """Pages of real posts: gambling, pornography, fraud, black markets, abuse.

    They are of the half that no classifier of ours has learned from.
    """
    packed = (data / "quality-chineseharm" / "bench.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode().split("\n")
    rows = [json.loads(line) for line in lines if line]
    posts = [row["文本"] for row in rows if row["标签"] != "不违规"]
    bad = [post for post in posts if int(hashlib.sha1(post.encode()).hexdigest(), 16) % 2 == 0]
    left = SPAM * sum(len(text) for *_, text in clean)
    while left > 0:
        page = "\n".join(dice.choices(bad, k=POSTS))
        left -= len(page)
        yield "quality-chineseharm", "spam", page


def _chrome(data: Path) -> Iterator[tuple[str, str]]:
    """What stands above and below the text on real pages."""
    for folder in PAGES:
        for file in sorted((data / folder).rglob("*.htm*")):
            known = decode(file.read_bytes(), html=True)
            if known is None:
                continue
            whole = extract_plain_text(known.text, preserve_formatting=False)
            main = extract_plain_text(known.text, preserve_formatting=False, main_content=True)
            place = whole.find(main[:50]) if main else -1
            if place > 0:
                yield whole[:place][-AROUND:], whole[place + len(main) :][:AROUND]
