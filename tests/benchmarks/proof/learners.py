"""The small models that are trained: an n-gram model of characters, and a tiny transformer.

Both read the text as it is, character by character, unfolded, so that nothing of ours helps them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from quality.scoring.perplexity import estimating
from tests.benchmarks.proof.judging import Surprise

Known = Mapping[str, int]
"""The number of each character of the alphabet, which is the same for all arms."""

ORDER = 5
END, OTHER = 0, 1
RARE = 3
"""Characters seen fewer times than this in the whole pool are one and the same."""
WIDTH, LAYERS, HEADS, CONTEXT = 192, 4, 4, 192
BATCH, RATE = 32, 1e-3


def ngrams(texts: Sequence[str], known: Known) -> Surprise:
    """Modified Kneser-Ney of order 5, unpruned; what was never seen shares what is left."""
    model = estimating.estimate(estimating.count(estimating.joined(_all(texts, known)), ORDER))
    seen = model.levels[0].keys
    unseen = np.log(max(1, len(known) + 2 - seen.size))

    def surprise(asked: Sequence[str]) -> npt.NDArray[np.float64]:
        sequence = estimating.joined(_all(asked, known))
        nats = estimating.surprises(model, sequence)
        nats[~np.isin(sequence[1:], seen)] += unseen
        ends = np.flatnonzero(sequence[1:] == estimating.BOUNDARY)
        return np.diff(np.cumsum(nats)[ends], prepend=0.0)

    return surprise


def _all(texts: Sequence[str], known: Known) -> list[npt.NDArray[np.uint32]]:
    return [_numbers(text, known).astype(np.uint32) for text in texts]


def transformer(texts: Sequence[str], known: Known) -> Surprise:
    """A GPT of some two million numbers, one pass over the texts; on a GPU where there is one."""
    torch = import_module("torch")
    torch.manual_seed(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = _gpt(torch, len(known) + 2).to(device)
    ended = (np.append(_numbers(text, known), END) for text in texts)
    _train(torch, model, np.concatenate([[END], *ended]), device)

    def surprise(asked: Sequence[str]) -> npt.NDArray[np.float64]:
        model.eval()
        with torch.no_grad():
            return np.array([_nats(torch, model, _numbers(one, known), device) for one in asked])

    return surprise


def characters(texts: Sequence[str]) -> Known:
    """The number of each character that is not rare in the texts; all others are `OTHER`."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    common = sorted(one for one, count in counts.items() if count >= RARE)
    return {character: number for number, character in enumerate(common, OTHER + 1)}


def _numbers(text: str, known: Known) -> npt.NDArray[np.int64]:
    return np.array([known.get(character, OTHER) for character in text], np.int64)


def _gpt(torch: Any, symbols: int) -> Any:
    """Embeddings shared with the output, learned places, layers that look back alone."""
    nn = torch.nn
    layer = nn.TransformerEncoderLayer(
        WIDTH, HEADS, 4 * WIDTH, dropout=0.0, batch_first=True, norm_first=True
    )
    parts = nn.ModuleDict(
        {
            "symbols": nn.Embedding(symbols, WIDTH),
            "places": nn.Embedding(CONTEXT, WIDTH),
            "layers": nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False),
            "norm": nn.LayerNorm(WIDTH),
        }
    )
    nn.init.normal_(parts["symbols"].weight, std=0.02)
    return parts


def _scores(torch: Any, model: Any, rows: Any) -> Any:
    """The scores of each next symbol, for rows of symbols."""
    size = rows.shape[1]
    places = torch.arange(size, device=rows.device)
    ahead = torch.nn.Transformer.generate_square_subsequent_mask(size, device=rows.device)
    read = model["symbols"](rows) + model["places"](places)
    told = model["norm"](model["layers"](read, mask=ahead, is_causal=True))
    return told @ model["symbols"].weight.T


def _train(torch: Any, model: Any, tokens: npt.NDArray[np.int64], device: str) -> None:
    """One pass, in an order of its own, the rate warmed up and then let down along a cosine."""
    starts = np.arange(0, len(tokens) - CONTEXT - 1, CONTEXT)
    np.random.default_rng(0).shuffle(starts)
    steps = len(starts) // BATCH
    chosen = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.1, betas=(0.9, 0.95))
    pace = torch.optim.lr_scheduler.OneCycleLR(chosen, RATE, total_steps=steps, pct_start=0.1)
    flat = torch.from_numpy(tokens)
    for step in range(steps):
        some = starts[step * BATCH : (step + 1) * BATCH]
        rows = torch.stack([flat[at : at + CONTEXT + 1] for at in some]).to(device)
        scores = _scores(torch, model, rows[:, :-1])
        loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), rows[:, 1:].flatten())
        chosen.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        chosen.step()
        pace.step()


def _nats(torch: Any, model: Any, numbers: npt.NDArray[np.int64], device: str) -> float:
    """The surprise of a text and its end, window after window."""
    whole = np.concatenate([[END], numbers, [END]])
    total = 0.0
    for start in range(0, len(whole) - 1, CONTEXT):
        window = torch.from_numpy(whole[start : start + CONTEXT + 1]).to(device)[None]
        scores = _scores(torch, model, window[:, :-1])
        nats = torch.nn.functional.cross_entropy(scores[0], window[0, 1:], reduction="sum")
        total += float(nats)
    return total


LEARNERS: dict[str, Callable[[Sequence[str], Known], Surprise]] = {
    "ngrams": ngrams,
    "transformer": transformer,
}
