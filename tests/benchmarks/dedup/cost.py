"""What a process costs, with all that it starts."""

import os
import subprocess
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ONE_EACH = ("NUMBA", "OMP", "OPENBLAS", "MKL", "RAYON", "POLARS_MAX", "ARROW", "DAFT", "TOKENIZERS")


@dataclass(frozen=True)
class Cost:
    """Processor seconds (user and system), wall seconds and peak resident MB, all together."""

    cpu: float
    wall: float
    peak: float

    def line(self) -> str:
        """The three, in columns."""
        return f"{self.cpu:9.1f} {self.wall:9.1f} {self.peak:9.0f}"

    def as_dict(self) -> dict[str, float]:
        """The three by name."""
        return asdict(self)


def measure(command: list[str], log: Path, threads: int = 1) -> Cost:
    """Run the command on the first `threads` cores to its end; `SystemExit` where it fails."""
    cores = sorted(os.sched_getaffinity(0))[:threads]
    settings = {f"{name}_NUM_THREADS": str(threads) for name in ONE_EACH}
    settings |= {"POLARS_MAX_THREADS": str(threads), "HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1"}
    started = time.monotonic()
    with log.open("wb") as file:
        process = subprocess.Popen(
            ["taskset", "-c", ",".join(map(str, cores)), *command],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=os.environ | settings,
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.over.set()
        watch.join()
    if process.returncode:
        raise SystemExit(f"{command[:3]} ended with {process.returncode}: see {log}")
    # Not ru_maxrss: it begins with what this process held when it forked.
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, watch.peak / 1e3)


class _Watch(threading.Thread):
    """The peak resident memory, in kB, of a process and all below it, five looks a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.over, self.peak = pid, threading.Event(), 0

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(0.2):
            sizes = [_resident(pid) for pid in _family(self.pid)]
            together = sum(size.get("VmRSS", 0) for size in sizes)
            self.peak = max(self.peak, together, *(size.get("VmHWM", 0) for size in sizes))


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [one for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        children = []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident(pid: int) -> dict[str, int]:
    """What it holds (VmRSS), and the most it held (VmHWM), in kB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return {}
    lines = (line.split() for line in status.splitlines() if line.startswith(("VmRSS", "VmHWM")))
    return {line[0].rstrip(":"): int(line[1]) for line in lines}
