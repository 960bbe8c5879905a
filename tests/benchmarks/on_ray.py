"""The sample built on a local Ray of two processes and built locally: the same shards?

python -m tests.benchmarks.on_ray        (needs the extra 'ray'; takes some ten minutes)
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from examples.city.generate import generate
from tests.shared import ROOT

BIN = Path(sys.executable).parent
DASHBOARD = "http://127.0.0.1:8265"


def main() -> int:
    """Build twice, print both times, and say whether every shard is identical."""
    with tempfile.TemporaryDirectory(prefix="wenyuan-ray-") as folder:
        local = _build(Path(folder) / "local", "local")
        start = ["start", "--head", "--num-cpus", "2", "--dashboard-host", "127.0.0.1"]
        subprocess.run([BIN / "ray", *start, "--disable-usage-stats"], check=True)
        try:
            ray = _build(Path(folder) / "ray", "ray")
        finally:
            subprocess.run([BIN / "ray", "stop"], check=False)
    print("identical" if local == ray else f"different: {local} {ray}")
    return int(local != ray)


def _build(folder: Path, executor: str) -> dict[str, list[str]]:
    folder.mkdir()
    generate(folder)
    text = (ROOT / "examples" / "city" / "corpus.yaml").read_text(encoding="utf-8")
    (folder / "corpus.yaml").write_text(f"{text}\nexecutor: {executor}\n", encoding="utf-8")
    started = time.monotonic()
    command = [str(BIN / "wenyuan"), "build", "--json", "-c", str(folder / "corpus.yaml")]
    subprocess.run(command, check=True, env=os.environ | {"RAY_ADDRESS": DASHBOARD})
    print(f"{executor}: {time.monotonic() - started:.0f} s")
    return {
        file.parent.name: [shard["sha256"] for shard in json.loads(file.read_bytes())["shards"]]
        for file in sorted(folder.glob("corpus/mixtures/*/manifest.json"))
    }


if __name__ == "__main__":
    sys.exit(main())
