"""From a request to its certificate."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pipelines.lake import Lake
from pipelines.withdrawal import revocation
from pipelines.withdrawal.finding import find
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import holding, published, version_of, withdrawn
from pipelines.withdrawal.verification import Verification
from schemas.corpus import Corpus
from schemas.errors import IntegrityError, NotFoundError
from schemas.withdrawals import Certificate, Entry, Request, Rewritten

_NAMELESS = "corpus.yaml no longer names it"


def record(corpus: Corpus, lake: Lake, request: Request) -> Entry:
    """Write `request` into the ledger, with what it finds now; the caller holds the lake.

    From here on the next build removes what it names, whoever starts it.
    """
    ledger = Ledger(lake)
    found = find(corpus, lake, request, ledger.key() if request.keyed else b"")
    number = len(ledger.entries) + 1
    entry = Entry(
        number=number,
        previous=ledger.head,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        request=request,
        found=found.counts(),
        documents=ledger.put(number, "documents", found.documents),
        texts=ledger.put(number, "texts", found.texts),
        mixtures=holding(lake, found.documents["doc_id"]),
    )
    ledger.append(entry)
    return entry


def take_off(corpus: Corpus, lake: Lake, infeasible: Mapping[str, str]) -> dict[str, str]:
    """Take off the mixtures that hold withdrawn documents and cannot be made without them.

    These are of the `infeasible` ones, which a build has just tried (name, and what is short), and
    of those that corpus.yaml no longer names. What there is to say of each one taken off.
    """
    ledger = Ledger(lake)
    unmade = dict(infeasible)
    if ledger.open:
        there = (folder.name for folder, _ in published(lake))
        unmade |= {name: _NAMELESS for name in there if name not in corpus.mixtures}
    if not (unmade and ledger.entries):
        return {}
    held = revocation.take_off(lake, unmade, withdrawn(lake, ledger.tombstones()))
    return {
        name: f"mixture {name} held {count:,} withdrawn documents, can no longer be made and was "
        f"taken off; change the recipe and build: {unmade[name]}"
        for name, count in held.items()
    }


def certify(corpus: Corpus, lake: Lake) -> list[Certificate]:
    """Close every open request with a certificate, once nothing of it is left.

    Raises:
        IntegrityError: something is left.
    """
    ledger = Ledger(lake)
    if not ledger.open:
        return []
    lake.sweep()
    verified = Verification(corpus, lake, ledger).require()
    return [_certificate(lake, ledger, entry, verified) for entry in ledger.open]


def verify(corpus: Corpus, lake: Lake, noted: str | None = None) -> dict[str, int]:
    """Check the chain and the lake against it; counts of what was searched.

    `noted` is the digest of a record that has to be part of the chain.

    Raises:
        IntegrityError: a record has changed, a request is not closed, or something is left.
        NotFoundError: nothing was ever withdrawn.
    """
    ledger = Ledger(lake)
    if not ledger.records and noted is None:
        raise NotFoundError(f"nothing was ever withdrawn from {lake.home}")
    if noted is not None and noted not in {one.digest for one in ledger.records}:
        raise IntegrityError(f"no record of the ledger has the digest {noted}: it was rewritten")
    if ledger.open:
        numbers = ", ".join(str(entry.number) for entry in ledger.open)
        raise IntegrityError(f"request {numbers} has no certificate yet: run 'wenyuan build'")
    searched = Verification(corpus, lake, ledger).require()
    return {"requests": len(ledger.entries)} | searched


def _certificate(lake: Lake, ledger: Ledger, entry: Entry, verified: dict[str, int]) -> Certificate:
    certificate = Certificate(
        number=entry.number,
        previous=ledger.head,
        entry=ledger.digest(entry),
        found=entry.found,
        raw_files=ledger.read(entry, "documents")["raw_path"].n_unique(),
        mixtures={name: _rewritten(lake, name, entry) for name in entry.mixtures},
        verified=verified,
    )
    ledger.append(certificate)
    return certificate


def _rewritten(lake: Lake, name: str, entry: Entry) -> Rewritten:
    before, manifest = entry.mixtures[name], lake.manifest(name)
    after = version_of(manifest) if manifest else None
    new = set(after.shards.values()) if after else set()
    return Rewritten(before=before, after=after, rewritten=len(new - set(before.shards.values())))
