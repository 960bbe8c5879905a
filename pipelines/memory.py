"""What the lake holds beside the tables: what was compared, and its secret."""

import dagster as dg

from pipelines.lake import Lake
from pipelines.plan import Plan
from pipelines.texts import Column
from pipelines.withdrawal.ledger import Ledger
from quality.dedup import NOTHING_KNOWN, Known, TextsAt
from schemas.corpus import Corpus


class LakeMemory:
    """Pairs of texts found before, the texts themselves one by one, and the lake's secret."""

    def __init__(self, corpus: Corpus, lake: Lake, specs: list[dg.AssetSpec]) -> None:
        self.corpus, self.lake, self.specs = corpus, lake, specs

    def known(self, share: str) -> Known:
        """The pairs of `share` as they were found last, and which batches need no comparing.

        A pair is a fact of two texts and holds as long as the code does. The batches of then need
        not meet each other again if the file is what would be made now, were they alone.
        """
        before = self.lake.receipt("pairs", share)
        plan = Plan(self.corpus, self.lake, self.specs)
        if before is None or before.origin.code_version != plan.specs["pairs"].code_version:
            return NOTHING_KNOWN
        batches = frozenset(name.partition("/")[2] for name in before.origin.inputs)
        unchanged = plan.among(batches).origin("pairs", share) == before.origin
        pairs = self.lake.scan("pairs", [share]).collect()
        return Known(pairs, batches if unchanged else frozenset())

    def texts(self) -> TextsAt:
        """The texts of single documents, which are numbered through in order of batch."""
        batches = Plan(self.corpus, self.lake, self.specs).batches
        return Column([self.lake.path("documents", name) for name in batches], "text")

    def key(self) -> bytes:
        """The secret of the lake, from which stand-ins for personal values follow."""
        return Ledger(self.lake).key()
