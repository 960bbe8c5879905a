"""The last step to the corpus: what is kept is redacted, and a leak stops everything."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quality.corpus
from quality.corpus import Cleaning
from quality.privacy import find
from schemas.errors import IntegrityError
from schemas.policies import Exams
from schemas.privacy import EVERYTHING_MASKED, Privacy, Treatment
from schemas.tables import CORPUS, EXAM_HITS

MOBILE = "13812345678"
TEXTS = [f"预约请拨打电话{MOBILE}。", "渡口今天停航。", f"已经过时的电话{MOBILE}。"]
MASK = EVERYTHING_MASKED
KEEP_MOBILES = Privacy({**MASK.treatments, "mobile": Treatment(action="keep", reason="a test")})


def measured(texts: list[str], kept: list[bool]) -> pl.LazyFrame:
    """Documents, annotations and verdicts together."""
    count = len(texts)
    told = {"source": "town", "domain": "web", "language": "zh-Hans", "licence": "unknown"}
    return pl.LazyFrame(
        {
            "doc_id": [f"{n:032x}" for n in range(count)],
            "text": texts,
            "batch": ["town-00000"] * count,
            "education": pl.Series([2.5] * count, dtype=pl.Float32),
            "findings": find(pl.Series(texts, dtype=pl.String)),
            "kept": pl.Series(kept, dtype=pl.Boolean),
            "title": ["不在此列"] * count,
            **{name: [value] * count for name, value in told.items()},
        }
    )


def cleaned(privacy: Privacy, key: bytes = b"") -> list[str]:
    frames = list(Cleaning(measured(TEXTS, [True, True, False]), privacy, key=key).frames())
    assert all(frame.schema == CORPUS for frame in frames)
    return [text for frame in frames for text in frame["text"]]


def test_kept_documents_are_redacted_in_order_and_counted() -> None:
    cleaning = Cleaning(measured(TEXTS, [True, True, False]), MASK)
    [frame] = cleaning.frames()
    assert frame["text"].to_list() == ["预约请拨打电话〔手机号〕。", "渡口今天停航。"]
    assert (cleaning.documents, cleaning.kept, cleaning.dropped) == (3, 2, 1)
    assert (cleaning.redacted, cleaning.survivors) == (1, 0)


def test_treatments_decide_kind_by_kind() -> None:
    assert cleaned(KEEP_MOBILES)[0] == TEXTS[0]
    assert cleaned(MASK)[0] == "预约请拨打电话〔手机号〕。"


def test_stand_ins_follow_from_the_document_and_the_secret() -> None:
    privacy = Privacy({**MASK.treatments, "mobile": Treatment(action="pseudonymise")})
    one, again, other = (cleaned(privacy, key)[0] for key in (b"a", b"a", b"b"))
    assert one == again != other
    assert re.fullmatch(r"预约请拨打电话154\d{8}。", one)


def test_what_was_done_is_counted_by_kind_rule_and_action() -> None:
    cleaning = Cleaning(measured(TEXTS, [True, True, False]), KEEP_MOBILES)
    list(cleaning.frames())
    assert cleaning.treated == {("mobile", "plan", "keep"): 1}
    assert (cleaning.redacted, cleaning.left) == (0, 1)


def test_a_batch_of_nothing_kept_is_an_empty_corpus() -> None:
    cleaning = Cleaning(measured(TEXTS, [False] * 3), MASK)
    assert sum(frame.height for frame in cleaning.frames()) == 0
    assert (cleaning.documents, cleaning.dropped) == (3, 3)


def test_a_leak_is_an_error_and_nothing_of_it_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality.corpus, "redact", lambda text, *_: text)
    cleaning = Cleaning(measured(TEXTS, [True, True, False]), MASK)
    came_out: list[pl.DataFrame] = []
    with pytest.raises(IntegrityError) as error:
        came_out.extend(cleaning.frames())
    assert came_out == []
    assert cleaning.survivors == 1
    assert MOBILE not in str(error.value)


def test_what_is_kept_in_clear_on_purpose_is_no_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality.corpus, "redact", lambda text, *_: text)
    assert cleaned(KEEP_MOBILES)[0] == TEXTS[0]


PAGE = f"首页 新闻 便民\n\n  预约请拨打{MOBILE}。\n\n渡口镇版权所有\n"


def trimming(texts: list[str], common: list[list[int]], kept: list[bool]) -> Cleaning:
    lines = pl.Series("common_lines", common, dtype=pl.List(pl.UInt32))
    return Cleaning(measured(texts, kept).with_columns(lines), MASK, trim=True)


def written(cleaning: Cleaning) -> list[str]:
    frames = list(cleaning.frames())
    assert all(frame.schema == CORPUS for frame in frames)
    return [text for frame in frames for text in frame["text"]]


def test_common_lines_are_cut_and_personal_data_is_found_where_it_now_stands() -> None:
    cleaning = trimming([PAGE, PAGE, PAGE], [[0, 4], [], [4]], [True, True, False])
    masked = PAGE.replace(MOBILE, "〔手机号〕")
    assert written(cleaning) == ["  预约请拨打〔手机号〕。", masked]
    assert (cleaning.documents, cleaning.kept, cleaning.dropped) == (3, 2, 1)
    assert (cleaning.trimmed, cleaning.redacted) == (2, 2)


def test_a_cue_that_goes_with_its_line_leaves_nothing_to_redact() -> None:
    assert written(trimming([f"请拨打\n{MOBILE}\n渡口停航。"], [[1]], [True])) == [
        "请拨打\n渡口停航。"
    ]


def test_no_common_lines_are_cut_where_nobody_asked() -> None:
    lines = pl.Series("common_lines", [[0]] * 3, dtype=pl.List(pl.UInt32))
    cleaning = Cleaning(measured(TEXTS, [True] * 3).with_columns(lines), MASK)
    assert written(cleaning) == [text.replace(MOBILE, "〔手机号〕") for text in TEXTS]
    assert cleaning.trimmed == 0


@pytest.mark.parametrize("text", ["首页\n页脚", "首页\n\n页脚\n　"])
def test_a_document_of_which_nothing_would_be_left_stays_whole(text: str) -> None:
    common = [n for n, line in enumerate(text.split("\n")) if line.strip()]
    cleaning = trimming([text, "渡口\n页脚"], [common, [1]], [True, True])
    assert written(cleaning) == [text, "渡口"]
    assert (cleaning.kept, cleaning.trimmed) == (2, 1)


def test_cutting_leaves_no_pile_of_blank_lines() -> None:
    text = "  正文。\n\n页眉\n\n　\n页脚\n\n下文。\n\n\n两行之后。"
    assert written(trimming([text], [[2, 5]], [True])) == [
        "  正文。\n\n\n　\n\n下文。\n\n\n两行之后。"
    ]
    assert written(trimming(["甲。\n\n页眉\n\n\n乙。"], [[2]], [True])) == ["甲。\n\n乙。"]


@given(st.lists(st.lists(st.sampled_from(["首页", "正文。", "", " 缩进"]), min_size=1), max_size=4))
def test_what_is_cut_equals_the_obvious_version(pages: list[list[str]]) -> None:
    common = [[n for n, line in enumerate(page) if line == "首页"] for page in pages]
    cleaning = trimming(["\n".join(page) for page in pages], common, [True] * len(pages))
    for page, text in zip(pages, written(cleaning), strict=True):
        left = [line for line in page if line != "首页"]
        is_cut = "首页" in page and any(line.strip() for line in left)
        wanted = [line for line in (left if is_cut else page) if line.strip()]
        assert [line for line in text.split("\n") if line.strip()] == wanted


def test_the_order_of_a_large_batch_is_kept() -> None:
    many = measured([f"第{n}条消息。" for n in range(30_000)], [n % 3 > 0 for n in range(30_000)])
    text = [one for frame in Cleaning(many, MASK).frames() for one in frame["text"]]
    assert text == [f"第{n}条消息。" for n in range(30_000) if n % 3 > 0]


# --- exam passages ------------------------------------------------------------------------------

PASSAGE = "12．渡口停航的原因是\nA．枯水\nB．结冰"
NEWS = f"渡口镇新闻。\n{PASSAGE}\n联系电话{MOBILE}。"


def hit(text: str, share: float, benchmark: str = "gaokao") -> dict[str, object]:
    start = text.index("渡口停航")
    place = {"start": start, "end": start + len(PASSAGE) - 3}
    return {"benchmark": benchmark, "item": "1", "share": share, **place}


def examined(
    texts: list[str],
    hits: list[list[dict[str, object]]],
    action: str,
    common: list[list[int]] | None = None,
) -> Cleaning:
    beside = [pl.Series("hits", hits, dtype=EXAM_HITS)]
    if common is not None:
        beside.append(pl.Series("common_lines", common, dtype=pl.List(pl.UInt32)))
    rows = measured(texts, [True] * len(texts)).with_columns(beside)
    asked = Exams.model_validate({"max": 0.6, "action": action})
    return Cleaning(rows, MASK, exams=asked, trim=common is not None)


def test_exam_passages_beyond_what_is_allowed_are_cut_and_counted() -> None:
    hits = [[hit(NEWS, 0.9), hit(NEWS, 0.7, "agieval")], [hit(NEWS, 0.6)], []]
    cleaning = examined([NEWS] * 3, hits, "cut")
    masked = NEWS.replace(MOBILE, "〔手机号〕")
    cut = "渡口镇新闻。\n12．\n\n\n联系电话〔手机号〕。"
    assert written(cleaning) == [cut, masked, masked]
    assert cleaning.cut == {"gaokao": 1, "agieval": 1}
    assert cleaning.redacted == 3


def test_personal_data_in_a_passage_that_is_cut_is_not_looked_for() -> None:
    text = NEWS.replace("结冰", MOBILE)
    place = {**hit(text, 0.9), "end": text.index("\n联系")}
    cleaning = examined([text], [[place]], "cut")
    assert written(cleaning) == ["渡口镇新闻。\n12．\n\n\n联系电话〔手机号〕。"]
    assert cleaning.redacted == 1


def test_flagged_passages_stay_and_are_counted() -> None:
    cleaning = examined([NEWS], [[hit(NEWS, 0.9)]], "flag")
    assert written(cleaning) == [NEWS.replace(MOBILE, "〔手机号〕")]
    assert (cleaning.flagged, cleaning.cut) == ({"gaokao": 1}, {})


def test_a_policy_that_drops_cuts_nothing() -> None:
    cleaning = examined([NEWS], [[hit(NEWS, 0.9)]], "drop")
    assert written(cleaning) == [NEWS.replace(MOBILE, "〔手机号〕")]
    assert cleaning.cut == cleaning.flagged == {}


def test_common_lines_keep_their_numbers_where_a_passage_is_cut() -> None:
    text = f"首页\n{NEWS}\n版权所有"
    cleaning = examined([text, text], [[hit(text, 0.9)], []], "cut", [[0, 6], [0]])
    masked = NEWS.replace(MOBILE, "〔手机号〕")
    assert written(cleaning) == [
        "渡口镇新闻。\n12．\n\n\n联系电话〔手机号〕。",
        f"{masked}\n版权所有",
    ]
    assert (cleaning.trimmed, cleaning.cut) == (3, {"gaokao": 1})


def test_where_only_common_lines_would_be_left_the_passage_goes_all_the_same() -> None:
    text = "首页\n渡口停航的原因是枯水\n页脚"
    place = {"start": 3, "end": 13, "benchmark": "gaokao", "item": "1", "share": 1.0}
    assert written(examined([text], [[place]], "cut", [[0, 2]])) == ["首页\n\n页脚"]
