"""`wenyuan inspect` on long input, in pipes, within bounds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import inputs
from pipelines.inputs import line_chunks, record_of
from pipelines.inspection import Inspector, inspect_paths
from tests.pipelines.inspecting import PROSE, lines


def test_lines_are_cut_alike_however_the_bytes_arrive() -> None:
    data = "甲\n\n  \n乙\r\n丙".encode()
    whole = [one for chunk in line_chunks([data]) for one in chunk]
    single = [
        one for chunk in line_chunks(data[n : n + 1] for n in range(len(data))) for one in chunk
    ]
    assert whole == single == ["甲".encode(), "乙\r".encode(), "丙".encode()]


def test_a_pause_hands_on_what_has_come() -> None:
    assert list(line_chunks([b"1\n2", b"", b"3\n"])) == [[b"1"], [b"23"]]


def test_a_line_without_end_is_rejected_and_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LINE_BYTES", 10)
    pieces = [b"a\n", b"x" * 8, b"x" * 8, b"x" * 8 + b"\nb\n"]
    assert list(line_chunks(pieces)) == [[b"a", "too_large", b"b"]]
    assert record_of("too_large") == {"stage": "read", "reason": "too_large"}


MANY = 20_000


def test_twenty_thousand_lines_come_out_in_order_within_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("wb") as file:
        for number in range(MANY):
            file.write(lines({"id": number, "text": f"第{number}条。{PROSE}"}))
    inspector = Inspector("web")
    most, ids = 0, []
    for chunk in inspect_paths([str(path)], "auto", inspector):
        most = max(most, len(chunk))
        ids += [one["id"] for one in chunk]
    assert ids == list(range(MANY))
    assert most <= inputs.CHUNK_ROWS


def test_chunks_are_taken_from_the_input_only_as_they_are_asked_for() -> None:
    taken = 0

    def pieces() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield lines({"text": PROSE}) * 500

    chunks = line_chunks(pieces())
    for _ in range(3):
        assert len(next(chunks)) <= inputs.CHUNK_ROWS
    assert taken <= 3 * inputs.CHUNK_ROWS // 500 + 1


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", "from pipelines.cli import main; main()"]
    environment = {**os.environ, "NUMBA_NUM_THREADS": "1"}
    with subprocess.Popen(
        [*command, "inspect", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as started:
        yield started
        started.kill()


def test_a_pipe_sees_answers_while_it_is_still_asking(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    for number in (1, 2):
        process.stdin.write(lines({"id": number, "text": PROSE}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_a_broken_pipe_ends_quietly(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.write(lines({"text": PROSE}))
    process.stdin.close()
    assert process.wait(timeout=60) == 1
    assert process.stderr.read() == b""
