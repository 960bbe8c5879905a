"""Copies that are not quite copies: what mirrors, re-posts and converters do to a text."""

import random
from collections.abc import Callable
from dataclasses import replace

from examples.city.entries import Entry
from examples.city.words import read_words

_HALF = str.maketrans("，。：；！？（）", ",.:;!?()")
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"

_PHRASES = {"修表": "修錶", "怀表": "懷錶", "表重新": "錶重新", "油干": "油乾", "老板": "老闆"}
_SIMPLIFIED = (
    "云桥记们纪响厉担远处听见后来发冲里凑钱着经铁车从开过爱数厢乱颜还红说旧应该换蓝时头会卖热气灯"
    "飘买饿许种树东个岁轻当乡秃黄难学鱼鳞变绿连鸟飞县给奖请问图么凉边块写游师让护点调长几没声电脸"
    "讲围体温压报欢这静录脱对户楼铺门馄饨葱钟两张宽谢镜墙挂满样谁怀盖坏礼动贴儿现间机关"
)
_TRADITIONAL = (
    "雲橋記們紀響厲擔遠處聽見後來發沖裡湊錢著經鐵車從開過愛數廂亂顏還紅說舊應該換藍時頭會賣熱氣燈"
    "飄買餓許種樹東個歲輕當鄉禿黃難學魚鱗變綠連鳥飛縣給獎請問圖麼涼邊塊寫遊師讓護點調長幾沒聲電臉"
    "講圍體溫壓報歡這靜錄脫對戶樓鋪門餛飩蔥鐘兩張寬謝鏡牆掛滿樣誰懷蓋壞禮動貼兒現間機關"
)
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)


def traditional(text: str) -> str:
    """`text` in Traditional characters; only for the four texts of texts/pairs.txt.

    >>> traditional("老板开门")
    '老闆開門'
    """
    for simplified, written in _PHRASES.items():
        text = text.replace(simplified, written)
    return text.translate(_TO_TRADITIONAL)


def _changed(original: Entry, file: str, uri: str, change: Callable[[str], str]) -> Entry:
    paragraphs = [change(paragraph) for paragraph in original.paragraphs]
    return replace(
        original,
        file=file,
        uri=uri,
        paragraphs=paragraphs,
        defect="near_duplicate",
        twin=original.uri,
        charset=None,
    )


def exact(original: Entry, file: str, uri: str) -> Entry:
    """The same text elsewhere."""
    return replace(_changed(original, file, uri, str), defect="exact_duplicate")


def narrowed(original: Entry, file: str, uri: str) -> Entry:
    """The same text with ASCII punctuation."""
    return _changed(original, file, uri, lambda text: text.translate(_HALF))


def converted(original: Entry, file: str, uri: str) -> Entry:
    """The same text in Traditional characters."""
    copy = _changed(original, file, uri, traditional)
    return replace(copy, language="zh-Hant", title=traditional(original.title or "") or None)


def framed(original: Entry, file: str, uri: str, rng: random.Random) -> Entry:
    """The same text with a line before and a line after it."""
    lines = read_words("boiler.txt")
    copy = _changed(original, file, uri, str)
    frame = (rng.choice(lines["head"]), rng.choice(lines["foot"]))
    return replace(copy, paragraphs=[frame[0], *copy.paragraphs, frame[1]])


def edited(original: Entry, file: str, uri: str, rng: random.Random) -> Entry:
    """The same text with 1 to 2 of 100 characters replaced, personal data left alone."""
    copy = _changed(original, file, uri, str)
    whole = copy.text
    kept: set[int] = set()
    for _, value in (*original.pii, *original.public):
        start = whole.find(value)
        while start >= 0:
            kept.update(range(start, start + len(value)))
            start = whole.find(value, start + 1)
    free = [i for i, char in enumerate(whole) if "一" <= char <= "龥" and i not in kept]
    places = set(rng.sample(free, max(1, round(len(whole) * rng.uniform(0.01, 0.02)))))
    changed = "".join(
        rng.choice(_COMMON.replace(char, "")) if i in places else char
        for i, char in enumerate(whole)
    )
    return replace(copy, paragraphs=changed.split("\n"))
