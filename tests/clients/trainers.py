"""Install what training jobs read with, beside the packages of this Python, and try it all.

    python -m tests.clients.trainers FOLDER

FOLDER becomes a virtual environment of several gigabytes. mosaicml-streaming and megatron-core
are installed without what they ask for: the one asks for an older NumPy than Wenyuan's and for
the SDKs of four clouds, the other for nothing that its reader needs but PyTorch.
"""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

TOGETHER = (
    *("torch", "torchvision", "transformers>=5", "datatrove>=0.10", "pyspark>=4.1"),
    *("brotli", "catalogue", "cramjam", "orjson", "pillow", "python-snappy", "zstd"),
)
ALONE = ("mosaicml-streaming==0.13.0", "megatron-core==0.16.1")


def main(folder: Path) -> int:
    """Make the environment, if it is not there, and run the tests in it."""
    python = folder / "bin" / "python"
    if not (folder / "ready").is_file():
        venv.create(folder, with_pip=True)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        packages = folder / "lib" / version / "site-packages"
        (packages / "wenyuan.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *TOGETHER], check=True)
        subprocess.run([*install, "--no-deps", *ALONE], check=True)
        (folder / "ready").touch()
    return subprocess.run([str(python), "-m", "pytest", "tests/clients"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
