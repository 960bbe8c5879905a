"""ONNX models of a few nodes, written as the protocol buffers they are (onnx.proto)."""

from pathlib import Path

import numpy as np

FLOAT, INT64, STRING = 1, 7, 8
OPSETS = (("", 13), ("ai.onnx.ml", 2))


def varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def held(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(raw)) + raw


def node(kind: str, inputs: list[str], output: str, *attributes: bytes, domain: str = "") -> bytes:
    return held(
        1,
        b"".join(held(1, one) for one in inputs)
        + held(2, output)
        + held(4, kind)
        + b"".join(held(5, one) for one in attributes)
        + held(7, domain),
    )


def integer(name: str, value: int) -> bytes:
    return held(1, name) + number(3, value) + number(20, 2)


def floats(name: str, *values: float) -> bytes:
    packed = b"".join(varint(7 << 3 | 5) + np.float32(one).tobytes() for one in values)
    return held(1, name) + packed + number(20, 6)


def one_float(name: str, value: float) -> bytes:
    return held(1, name) + varint(2 << 3 | 5) + np.float32(value).tobytes() + number(20, 1)


def words(name: str, *values: str) -> bytes:
    return held(1, name) + b"".join(held(9, one) for one in values) + number(20, 8)


def constant(name: str, values: np.ndarray) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    dims = b"".join(number(1, size) for size in values.shape)
    return held(5, dims + number(2, kind) + held(8, name) + held(9, values.tobytes()))


def place(field: int, name: str, kind: int, *dims: str) -> bytes:
    shape = b"".join(held(1, held(2, dim)) for dim in dims)
    return held(field, held(1, name) + held(2, held(1, number(1, kind) + held(2, shape))))


def write(path: Path, *graph: bytes) -> Path:
    opsets = b"".join(held(8, held(1, domain) + number(2, to)) for domain, to in OPSETS)
    path.write_bytes(number(1, 8) + held(7, b"".join(graph) + held(2, "tiny")) + opsets)
    return path


def of_texts(path: Path, known: dict[str, float]) -> Path:
    """A regression that knows some texts by heart, and gives all others 0.5."""
    attributes = (
        words("keys_strings", *known),
        floats("values_floats", *known.values()),
        one_float("default_float", 0.5),
    )
    encoder = node("LabelEncoder", ["text"], "score", *attributes, domain="ai.onnx.ml")
    return write(path, encoder, place(11, "text", STRING, "n"), place(12, "score", FLOAT, "n"))


def of_tokens(path: Path, says: np.ndarray) -> Path:
    """A classifier whose logits are the sums of what each token says: tokens by labels."""
    return write(
        path,
        node("Gather", ["says", "input_ids"], "each"),
        node("Cast", ["attention_mask"], "mask", integer("to", FLOAT)),
        node("Unsqueeze", ["mask", "last"], "column"),
        node("Mul", ["each", "column"], "seen"),
        node("ReduceSum", ["seen", "second"], "logits", integer("keepdims", 0)),
        constant("says", says.astype(np.float32)),
        constant("last", np.array([2], np.int64)),
        constant("second", np.array([1], np.int64)),
        place(11, "input_ids", INT64, "n", "t"),
        place(11, "attention_mask", INT64, "n", "t"),
        place(12, "logits", FLOAT, "n", "k"),
    )
