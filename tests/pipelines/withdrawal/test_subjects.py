"""A person asks to be forgotten: documents go by a digest of a value, and nobody writes it down."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from pipelines.cli import subjects
from pipelines.lookup import find_document
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.workers import exclusive
from schemas.corpus import load_corpus
from schemas.errors import IntegrityError
from schemas.withdrawals import Request
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.running import answered, moved, wenyuan
from tests.pipelines.withdrawal.making import forget, lay, mixed, pages, texts

NAME, PHONE = "赵德海", "13987654321"
PERSON = f"渡口的船票请问联系人：{NAME}，电话{PHONE}。"
AGAIN = f"預訂船票，聯系人：趙德海，電話１３９－８７６５－４３２１。{small.KITE}"
OTHER = f"联系人：刘小芳，电话{small.MOBILE}。{small.ORCHARD}"


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    light = lay(tmp_path_factory.mktemp("laid"))
    pages(light.path.parent, "0", {"https://c.cn/1": PERSON, "https://c.cn/2": OTHER})
    light.build()
    return light.path.parent


@pytest.fixture
def light(laid: Path, tmp_path: Path) -> Light:
    return Light(Path(shutil.copytree(laid, tmp_path / "corpus")) / "corpus.yaml")


@pytest.mark.parametrize("value", [NAME, PHONE])
def test_what_holds_the_value_goes_and_stays_out(light: Light, value: str) -> None:
    before = texts(light, "documents")
    assert PERSON in before
    entry = forget(light, values=(value,))
    assert entry.found == {"crawl": 1}
    light.build()
    assert texts(light, "documents") == [text for text in before if text != PERSON]
    pages(light.path.parent, "3", {"https://d.cn/1": AGAIN, "https://d.cn/2": small.SCHOOL})
    light.build()
    assert AGAIN not in texts(light, "documents")
    assert small.SCHOOL in mixed(light)
    assert verify(load_corpus(light.path), small.lake_of(light.path))["requests"] == 1
    (found,) = find_document(load_corpus(light.path), "https://d.cn/1")
    assert found.rejected
    assert found.rejected["withdrawn"] == "by request 1: 权利人要求"


@pytest.mark.parametrize(("twins", "stays"), [(True, False), (False, True)])
def test_a_copy_without_the_value_goes_only_as_a_copy(
    light: Light, twins: bool, stays: bool
) -> None:
    text = small.CLINIC.replace(small.MOBILE, "另行通知的号码")
    pages(light.path.parent, "3", {"https://d.cn/1": text})
    light.build()
    forget(light, values=(small.MOBILE,), twins=twins)
    light.build()
    assert not {small.CLINIC, OTHER}.intersection(texts(light, "documents"))
    assert (text in texts(light, "documents")) is stays


def test_findings_that_are_not_of_the_documents_are_found_anew(light: Light) -> None:
    """A killed build, or a source that corpus.yaml no longer names, may leave such."""
    lake = small.lake_of(light.path)
    for batch in lake.batches():
        lake.path("privacy", batch).unlink()
    assert forget(light, values=(PHONE,)).found == {"crawl": 1}


def test_what_is_left_is_found(light: Light) -> None:
    lake = small.lake_of(light.path)
    old = Path(shutil.copytree(lake.home, light.path.parent / "old"))
    forget(light, values=(PHONE,), twins=False)
    light.build()
    for table in ("documents", "privacy", "signatures"):
        shutil.rmtree(lake.home / table)
        shutil.copytree(old / table, lake.home / table)
    with pytest.raises(IntegrityError, match=r"documents of crawl-0000.: 1 documents"):
        verify(load_corpus(light.path), lake)


def test_no_value_is_written_down(light: Light) -> None:
    forget(light, values=(NAME, PHONE), twins=False)
    light.build()
    pages(light.path.parent, "3", {"https://d.cn/1": AGAIN})
    light.build()
    lake = small.lake_of(light.path)
    assert len(list((lake.home / "withdrawals").iterdir())) > 5
    for file in (path for path in lake.home.rglob("*") if path.is_file()):
        data = file.read_bytes()
        for value in (NAME, "趙德海", PHONE):
            assert value.encode() not in data, file


def test_without_its_key_nothing_is_built(light: Light) -> None:
    forget(light, values=(PHONE,))
    key = small.lake_of(light.path).home / "withdrawals/key"
    key.write_bytes(b"x" * 32)
    with pytest.raises(IntegrityError, match="put the old file 'withdrawals/key' back"):
        light.build()


def test_records_of_before_there_were_subjects_are_read() -> None:
    request = Request(urls=("https://a.cn/",), reason="x")
    old = request.model_dump_json(exclude={"subjects"})
    assert "subjects" not in old
    assert Request.model_validate_json(old) == request


# --- the commands -------------------------------------------------------------------------------


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    return moved(built, tmp_path)


def digests(path: Path, *values: str) -> list[str]:
    given = "\n".join([*values, ""]).encode()
    result = wenyuan("subject-digest", "-c", path, given=given)
    assert result.exit_code == 0, result.output
    assert not any(value in result.output for value in values)
    return result.stdout.splitlines()


def test_a_line_gives_a_digest_in_order_and_one_value_has_one(path: Path) -> None:
    first, second, third = digests(path, NAME, "１３９－８７６５－４３２１", "趙 德 海")
    assert first == third != second
    assert digests(path, PHONE) == [second]
    assert wenyuan("subject-digest", "-c", path, given=NAME.encode()).stdout == f"{first}\n"
    key = small.lake_of(path).home / "withdrawals/key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in key.parent.iterdir()] == ["key"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"", "one a line"),
        ("张伟\n——\n".encode(), "value 2 has no letter"),
        ("张伟\n\n王小明".encode(), "value 2 has no letter"),
        ("张伟".encode("gb18030"), "is not UTF-8"),
    ],
)
def test_what_is_no_value_is_refused_and_no_key_is_made(
    path: Path, given: bytes, told: str
) -> None:
    result = wenyuan("subject-digest", "-c", path, given=given)
    assert (result.exit_code, told in result.stderr, result.stdout) == (2, True, "")
    assert "张伟" not in result.output
    assert not (small.lake_of(path).home / "withdrawals").exists()


def test_on_a_terminal_the_value_is_not_shown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [digest] = digests(path, PHONE)
    asked: list[dict[str, object]] = []

    def prompt(_: str, **options: object) -> str:
        asked.append(options)
        return PHONE

    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(subjects, "sys", terminal)
    assert wenyuan("subject-digest", "-c", path).stdout == f"{digest}\n"
    assert asked == [{"hide_input": True, "err": True}]


def test_a_busy_lake_waits_only_for_its_first_key(path: Path) -> None:
    lake = small.lake_of(path)
    given = PHONE.encode()
    with exclusive(lake):
        assert wenyuan("subject-digest", "-c", path, given=given).exit_code == 5
    wenyuan("subject-digest", "-c", path, given=given)
    with exclusive(lake):
        assert wenyuan("subject-digest", "-c", path, given=given).exit_code == 0


def test_from_a_value_to_its_certificate(path: Path) -> None:
    [digest] = digests(path, small.MOBILE)
    asked = ["forget", "--subject-digest", digest.upper(), "-c", path, "--json"]
    seen = answered(*asked, "--dry-run")
    assert seen["documents"] == {"notices": 1}
    told = answered(*asked, "--reason", "本人要求")
    assert told["documents"] == seen["documents"]
    record = Path(told["certificate"]).with_name("00001.json").read_text()
    assert digest.partition(":")[2] in record
    assert answered("forget", "--verify", "-c", path, "--json")["requests"] == 1
    shown = wenyuan("why", "notices/clinic.txt", "-c", path).output
    assert "by request 1: 本人要求" in shown


@pytest.mark.parametrize("more", [["--dry-run"], ["--reason", "x"]])
def test_a_digest_of_another_key_is_refused(path: Path, more: list[str]) -> None:
    asked = ["forget", "--subject-digest", f"{'0' * 16}:{'1' * 64}", "-c", path, *more]
    result = wenyuan(*asked)
    assert (result.exit_code, "the key of this lake is none" in result.stderr) == (2, True)
    assert not (small.lake_of(path).home / "withdrawals").exists()
    own = digests(path, PHONE)[0].partition(":")[0]
    result = wenyuan(*asked)
    assert (result.exit_code, f"the key of this lake is {own}" in result.stderr) == (2, True)
    assert Ledger(small.lake_of(path)).entries == []


def test_what_is_no_digest_is_refused_and_not_repeated(path: Path) -> None:
    result = wenyuan("forget", "--subject-digest", PHONE, "--reason", "x", "-c", path)
    assert (result.exit_code, "16 hex digits" in result.stderr) == (2, True)
    assert PHONE not in result.output
