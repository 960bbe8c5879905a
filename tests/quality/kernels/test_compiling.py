"""Compiled kernels are kept by the state of all sources."""

import re
from pathlib import Path

import pytest

import quality
from quality.kernels import compiling

PACKAGE = Path(quality.__file__).parent
KERNELS = [
    file
    for file in PACKAGE.rglob("*.py")
    if re.search(r"@njit|@compiled|compiled\(", file.read_text("utf-8"))
]


def test_the_cache_is_that_of_these_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    used = Path(compiling.NUMBA.CACHE_DIR).name
    copy = tmp_path / "quality" / "kernels"
    copy.mkdir(parents=True)
    monkeypatch.setattr(compiling, "__file__", str(copy / "compiling.py"))
    found = []
    for text in ("A = 1", "A = 1", "A = 2"):
        (copy / "some.py").write_text(text)
        monkeypatch.setattr(compiling.NUMBA, "CACHE_DIR", str(tmp_path))
        compiling.keep_apart()
        found.append(Path(compiling.NUMBA.CACHE_DIR))
    assert found[0] == found[1] != found[2]
    assert {folder.parent for folder in found} == {tmp_path}
    assert used not in {folder.name for folder in found}


@pytest.mark.parametrize("file", KERNELS, ids=lambda file: file.stem)
def test_every_kernel_is_defined_after_that(file: Path) -> None:
    inside = file.is_relative_to(PACKAGE / "kernels")
    assert inside or re.search(r"^from quality\.kernels", file.read_text("utf-8"), re.MULTILINE)
