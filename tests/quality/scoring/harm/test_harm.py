"""Spam and toxicity on the held-out halves of labelled sets, and on clean text of every domain."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from quality.kernels.arrow import strings
from quality.scoring.harm import evaluate, sets, spam, toxicity
from quality.scoring.linear import judging
from quality.scoring.scores import Scorer
from tests.quality.scoring.read import labelled
from tests.shared import shared_data

INSULT = "你这个死废物，狗东西，全家都是垃圾，去死吧！"
SPAM = "威尼斯人娱乐城官网开户，注册送58元彩金，加微信领取，提现秒到账，百家乐、时时彩应有尽有。"
PROSE = "他沿着河岸慢慢地走，想起小时候父亲带他来钓鱼的那个夏天，水面上还有薄薄的雾。"


def score(scorer: Scorer, *texts: str) -> list[float]:
    return [float(one) for one in scorer(strings(pl.Series(texts)))]


@pytest.mark.parametrize(
    ("scorer", "text"),
    [(spam, SPAM), (toxicity, INSULT)],
    ids=["spam", "toxicity"],
)
def test_plain_cases_are_told(scorer: Scorer, text: str) -> None:
    assert score(scorer, text)[0] > 0.9
    assert score(scorer, PROSE)[0] < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "以营利为目的，聚众赌博或者以赌博为业的，处三年以下有期徒刑、拘役或者管制，并处罚金。",
        "制作、复制、出版、贩卖、传播淫秽物品牟利的，处三年以下有期徒刑，并处罚金。",
        "意圖營利，供給賭博場所或聚眾賭博者，處五年以下有期徒刑，得併科十萬元以下罰金。",
        "医生您好，同房后总是出血，分泌物发黄，需要做什么检查？",
        "警方昨日通报，该团伙以刷单返利为名实施电信诈骗，涉案金额三百余万元，六名嫌疑人被抓获。",
        "性传播疾病包括淋病、梅毒和尖锐湿疣，使用安全套可以降低感染的风险。",
    ],
)
def test_speaking_of_harm_is_no_harm(text: str) -> None:
    assert score(spam, text)[0] < 0.5
    assert score(toxicity, text)[0] < 0.5


def test_political_words_are_no_insults() -> None:
    words = "民主、自由、选举、示威、主席、总理、政党、台湾、西藏、新疆、六四、宪法、人权、改革。"
    assert score(toxicity, words)[0] < 0.5
    assert score(spam, words)[0] < 0.5


def test_a_novel_may_hold_an_insult() -> None:
    novel = PROSE * 40 + f"“{INSULT}”他骂道。" + PROSE * 40
    assert score(toxicity, novel)[0] < 0.2


def test_spam_inside_a_page_shows() -> None:
    page = PROSE * 30
    clean, hidden = score(spam, page, page[:600] + SPAM * 4 + page[600:])
    assert clean < 0.01
    assert hidden > 0.2


def test_script_and_width_never_matter() -> None:
    one, other = score(spam, "註冊送彩金，加微信領取ＡＢＣ", "注册送彩金,加微信领取abc")
    assert one == other


@pytest.mark.parametrize(
    ("scorer", "kind", "posts", "at_least"),
    [
        (spam, "spam", sets.harm_posts, 0.96),
        (toxicity, "toxic", sets.harm_posts, 0.97),
        (toxicity, "toxic", sets.cold_posts, 0.89),
    ],
    ids=["spam", "abuse", "offence"],
)
def test_held_out_posts(
    scorer: Scorer, kind: sets.Kind, posts: Callable[..., list[sets.Post]], at_least: float
) -> None:
    data = shared_data("quality-chineseharm").parent
    found = evaluate.on_posts(scorer, posts(data), kind)
    assert found["auc"] > at_least
    assert found["ece"] < 0.08


@pytest.mark.parametrize(
    ("scorer", "kind", "at_least"), [(spam, "spam", 0.98), (toxicity, "toxic", 0.9)]
)
def test_passages_that_readers_labelled(scorer: Scorer, kind: sets.Kind, at_least: float) -> None:
    rows = list(labelled(shared_data("bulk").parent))
    scores = evaluate.judged(scorer, [text for _, text in rows])
    truth = np.array([bool(getattr(label, kind)) for label, _ in rows])
    assert judging.auc(scores, truth) > at_least


@pytest.mark.parametrize("scorer", [spam, toxicity])
def test_clean_text_is_seldom_flagged(scorer: Scorer) -> None:
    data = shared_data("text-law-zh-hans").parent
    for name, (_, share) in evaluate.false_alarms(data, scorer).items():
        assert share < (0.025 if "social" in name else 0.005), name


def test_what_is_learned_from_is_not_held_out() -> None:
    posts = sets.harm_posts(shared_data("quality-chineseharm").parent)
    known = sets.learned(posts)
    assert len(known) > 1300
    assert not any(sets.in_test(post.text) for post in known)
