from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quality.privacy.hits import Hit, resolve
from schemas.tables import FINDING_KINDS

HITS = st.lists(
    st.builds(
        lambda start, length, kind: Hit(start, start + length, kind, "rule"),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from(list(FINDING_KINDS)),
    ),
    max_size=12,
)


@given(HITS)
def test_resolved_hits_are_apart_and_cover_what_all_hits_covered(hits: list[Hit]) -> None:
    resolved = resolve(hits)
    assert all(a.end <= b.start for a, b in pairwise(resolved))
    covered = {i for hit in hits for i in range(hit.start, hit.end)}
    assert {i for hit in resolved for i in range(hit.start, hit.end)} == covered


@given(HITS, st.randoms())
def test_order_of_discovery_does_not_matter(hits: list[Hit], random: object) -> None:
    assert resolve(reversed(hits)) == resolve(hits)


def test_of_two_kinds_on_one_span_the_first_listed_wins() -> None:
    hits = [Hit(0, 11, "wechat", "cue"), Hit(0, 11, "mobile", "plan")]
    assert [hit.kind for hit in resolve(hits)] == ["mobile"]
