"""Which tokenizers are plain byte-pair encodings, whose tokens compiled code can count."""

import functools
import json
from typing import Any

from tokenizers.pre_tokenizers import ByteLevel

from quality.kernels.bpe import BYTES, NONE, Encoding, encoding

_MODEL = {
    "type": "BPE",
    "dropout": None,
    "unk_token": None,
    "continuing_subword_prefix": None,
    "end_of_word_suffix": None,
    "byte_fallback": False,
    "ignore_merges": False,
}
_BYTES = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False}
_MOST = 2**20
_MOST_BYTES = 2**24
"""What the keys and values of the kernel's maps have room for: tokens, and bytes of all tokens."""


@functools.lru_cache(maxsize=8)
def plain(tokenizer: str) -> Encoding | None:
    """The encoding of this JSON if it merges the bytes of whole texts and does nothing else.

    Null where texts are changed, split, or searched for added tokens first; where a token is not
    made by one merge; and where merges do not ascend with the ids of what they make.
    """
    read = json.loads(tokenizer)
    model, split = read.get("model") or {}, read.get("pre_tokenizer") or {}
    changed = read.get("normalizer") or read.get("added_tokens")
    if changed or not _says(model, _MODEL) or not _says(split, _BYTES):
        return None
    ids: dict[str, int] = model["vocab"]
    names = sorted(ids, key=ids.__getitem__)
    merges = [one.split(" ") if isinstance(one, str) else one for one in model["merges"]]
    letters = set(ByteLevel.alphabet())
    if (
        len(names) > _MOST
        or sum(map(len, names)) >= _MOST_BYTES
        or [ids[name] for name in names] != list(range(len(names)))
        or set(names[:BYTES]) != letters
        or [left + right for left, right in merges] != names[BYTES:]
    ):
        return None
    parts = [(ids[left], ids[right]) for left, right in merges]
    if any(max(pair) >= token for token, pair in enumerate(parts, BYTES)):
        return None
    left, right = ([NONE] * BYTES + [pair[side] for pair in parts] for side in (0, 1))
    return encoding([bytes(map(_BYTE.__getitem__, name)) for name in names], left, right)


def _says(read: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(read.get(name) == value for name, value in wanted.items())


def _byte_of_each_letter() -> dict[str, int]:
    """The byte that each letter of the byte-level alphabet stands for.

    Printable bytes of Latin-1 stand for themselves, the others in their order for U+0100 and up.
    """
    printable = {byte for byte in range(BYTES) if chr(byte) in ByteLevel.alphabet()}
    others = [byte for byte in range(BYTES) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {
        chr(BYTES + n): byte for n, byte in enumerate(others)
    }


_BYTE = _byte_of_each_letter()
