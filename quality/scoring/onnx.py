"""Scorers in ONNX files, run by onnxruntime."""

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from quality.kernels.arrow import Strings
from quality.scoring.linear.model import weighted
from quality.scoring.parts import in_parts
from quality.scoring.scores import Numbers, Scorer
from schemas.scorers import Scorer as Asked

BATCH = 16
"""Texts that are run together."""

TOKENS = 512
"""Tokens read of a text, where the tokenizer does not say: what encoders of BERT's kind can."""

DIGITS = 4
"""Decimals of a score. How texts are padded beside others changes later ones."""

PROBES = ("的", "好", "a", "这是一句普通的话，说的是今天的天气。", "1. 2. 3.")
"""Texts a model is asked about when it is loaded."""

ROUNDED = 1e-3
"""How far chances may be from adding up to 1."""

_OF_TOKENS = ("input_ids", "attention_mask", "token_type_ids")


def onnx_scorer(asked: Asked) -> Scorer:
    """The scorer in an ONNX file.

    The model takes texts, or tokens (`input_ids`, and `attention_mask` and `token_type_ids` where
    it has them) of the tokenizer that is named; of more tokens than that one truncates to, or 512,
    the first are read. Its output is one number a text, which is the score, or a number a label:
    chances if they add up to 1 for each of `PROBES`, else logits. Of those the score is the chance
    of `label`, a number from 0 on, or the expected number.

    Raises:
        ValueError, OSError, ModuleNotFoundError: as `quality.scoring.own.load_scorer` says.
    """
    session = _session(asked.model)
    inputs = {one.name: one.type for one in session.get_inputs()}
    of_text = list(inputs.values()) == ["tensor(string)"]
    if not of_text and not set(inputs) <= set(_OF_TOKENS):
        raise ValueError(f"it takes {', '.join(inputs)}: a scorer takes texts or tokens")
    if not of_text and asked.tokenizer is None:
        raise ValueError("it takes tokens: name its tokenizer.json as tokenizer")
    tokenizer = None if of_text else _tokenizer(str(asked.tokenizer))
    output = _output(session)

    def run(texts: list[str]) -> Numbers:
        if tokenizer is None:
            fed = {next(iter(inputs)): _shaped(texts, session)}
        else:
            fed = _tokens(tokenizer, texts, inputs)
        return np.asarray(session.run([output], fed)[0], np.float32).reshape(len(texts), -1)

    turn = _turning(run, asked.label)

    def score(texts: Strings) -> Numbers:
        found = np.full(texts.valid.size, np.nan, np.float32)
        for rows, some in in_parts(texts):
            order = sorted(range(len(some)), key=lambda place: len(some[place]))
            for start in range(0, len(order), BATCH):
                chosen = order[start : start + BATCH]
                values = turn(run([some[place] for place in chosen]))
                found[[rows[place] for place in chosen]] = values.round(DIGITS)
        return found

    return score


Run = Callable[[list[str]], Numbers]


def _turning(run: Run, label: str | None) -> Callable[[Numbers], Numbers]:
    """How outputs become scores, as the outputs for a few texts tell.

    So what the model cannot do is said before a build has begun, and no text is judged by
    another rule than its neighbours.
    """
    try:
        told = run(list(PROBES))
    except Exception as error:  # onnxruntime has a class for each cause
        raise ValueError("it cannot be run on a text") from error
    columns = told.shape[1]
    if columns == 1:
        if label is not None:
            raise ValueError("it gives one number a text: take label out")
        return lambda output: output[:, 0]
    if label is not None and not (label.isdecimal() and int(label) < columns):
        raise ValueError(f"it gives {columns} numbers a text: label is one of 0 to {columns - 1}")
    chosen = np.arange(columns) == int(label) if label is not None else np.arange(columns)
    weights = chosen.astype(np.float32)
    if (told.min() >= 0) and np.abs(told.sum(axis=1) - 1).max() < ROUNDED:
        return lambda output: np.asarray(weighted(output, weights), np.float32)
    return lambda output: np.asarray(weighted(_softmax(output), weights), np.float32)


def _softmax(output: Numbers) -> Numbers:
    powers = np.exp(output - output.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _session(path: str) -> Any:
    try:
        runtime = importlib.import_module("onnxruntime")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "ONNX models need onnxruntime; install the extra: pip install '.[onnx]'"
        ) from error
    options = runtime.SessionOptions()
    # One thread: batches run side by side already, and sums are always added in one order.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except runtime.capi.onnxruntime_pybind11_state.NoSuchFile as error:
        raise OSError("it is not there") from error
    except Exception as error:  # onnxruntime has a class for each cause
        raise ValueError("it is no ONNX model that onnxruntime can run") from error


def _output(session: Any) -> str:
    """The output that holds numbers: the first of floating point."""
    outputs = session.get_outputs()
    for one in outputs:
        if one.type in {"tensor(float)", "tensor(double)", "tensor(float16)"}:
            return str(one.name)
    told = ", ".join(f"{one.name} ({one.type})" for one in outputs)
    raise ValueError(f"it gives no numbers: {told}; export without ZipMap")


def _shaped(texts: list[str], session: Any) -> Any:
    shape = session.get_inputs()[0].shape
    return np.array(texts, object).reshape(-1, *[1] * (len(shape) - 1))


def _tokenizer(path: str) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(path)
    except Exception as error:  # tokenizers raises nothing else
        raise ValueError(f"its tokenizer {path} cannot be used") from error
    if tokenizer.truncation is None:
        tokenizer.enable_truncation(TOKENS)
    if tokenizer.padding is None:
        tokenizer.enable_padding()
    return tokenizer


def _tokens(tokenizer: Tokenizer, texts: list[str], inputs: dict[str, str]) -> dict[str, Any]:
    read = tokenizer.encode_batch(texts)
    columns = {
        "input_ids": [one.ids for one in read],
        "attention_mask": [one.attention_mask for one in read],
        "token_type_ids": [one.type_ids for one in read],
    }
    return {
        name: np.array(columns[name], np.int32 if kind == "tensor(int32)" else np.int64)
        for name, kind in inputs.items()
    }
