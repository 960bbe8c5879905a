"""Kill a build at random moments, build on, and compare with a build that nobody killed.

    python -m tests.benchmarks.kill [CORPUS.YAML] [--times 20] [--seed 0]

Exits 1 where a digest of a shard differs, or something half written is left.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from pipelines.lake import Lake
from schemas.corpus import Corpus, load_corpus

COMMAND = "from pipelines.cli import main; main()"
Digests = dict[str, list[str]]


def main() -> None:
    """Print the moment of each kill and whether the mixtures are identical."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("examples/city/corpus.yaml"))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    corpus = load_corpus(given.corpus)
    with tempfile.TemporaryDirectory(prefix="wenyuan-kill-") as folder:
        begun = time.monotonic()
        path = elsewhere(given.corpus, corpus, Path(folder) / "undisturbed")
        finish(path)
        seconds = time.monotonic() - begun
        wanted = digests(path)
        print(f"undisturbed: {seconds:.1f} s, {sum(map(len, wanted.values()))} shards")
        chance = random.Random(given.seed)
        path = elsewhere(given.corpus, corpus, Path(folder) / "killed")
        differing = sum(
            not trial(path, number, chance.uniform(0, seconds), wanted)
            for number in range(given.times)
        )
    print(f"{given.times - differing} of {given.times} identical")
    sys.exit(1 if differing else 0)


def elsewhere(path: Path, corpus: Corpus, home: Path) -> Path:
    """A copy of corpus.yaml beside the original sources, whose lake is `home`."""
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["home"] = str(home)
    for name, source in corpus.sources.items():
        described["sources"][name] |= {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in (("path", source.path), ("url", source.url))
            if value
        }
    if corpus.contamination.benchmarks:
        described["contamination"] = {"benchmarks": dict(corpus.contamination.benchmarks)}
    copy = home.parent / f"{home.name}.yaml"
    copy.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    return copy


def trial(path: Path, number: int, delay: float, wanted: Digests) -> bool:
    """Empty the lake, kill a build after `delay` seconds, build on; whether all is as wanted."""
    home = Path(load_corpus(path).home)
    subprocess.run(["rm", "-rf", str(home)], check=True)
    running = start(path)
    try:
        running.wait(delay)
        when = "ended before"
    except subprocess.TimeoutExpired:
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        when = "killed at"
    finish(path)
    left = [one.name for one in home.rglob("*") if ".tmp" in one.name]
    same = digests(path) == wanted and not left
    print(f"{number + 1:3}: {when} {delay:6.2f} s: {'identical' if same else f'DIFFERS {left}'}")
    return same


def start(path: Path) -> "subprocess.Popen[bytes]":
    """A build in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "build", "--json", "-c", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finish(path: Path) -> None:
    """A build to its end."""
    if start(path).wait():
        sys.exit(f"the build of {path} failed")


def digests(path: Path) -> Digests:
    """The digests of all shards of all mixtures."""
    corpus = load_corpus(path)
    manifests = {name: Lake(corpus.home).manifest(name) for name in corpus.mixtures}
    return {name: [shard.sha256 for shard in m.shards] for name, m in manifests.items() if m}


if __name__ == "__main__":
    main()
