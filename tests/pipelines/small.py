"""A small corpus of our own writing, and builds of it without the cost of worker processes."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster._core.definitions.reconstruct import ReconstructableJob

import pipelines.build
from pipelines import definitions, workers
from pipelines.build import Outcome, build
from pipelines.instance import instance_of
from pipelines.lake import Lake
from pipelines.workers import Failure, Run, Task
from schemas.corpus import Corpus, load_corpus

MOBILE = "13812345678"

MARKET = (
    "城南菜市场今天重新开门。改造以后，摊位从四十个增加到六十个，每一个都装了冷柜和电子秤。"
    "卖豆腐的阿婶说，地面不再积水，老人来买菜也不怕滑倒了。市场的二楼还开了一家小饭馆。"
)
LIBRARY = (
    "图书馆的夜间阅览室从下周起延长到晚上十点。管理员介绍，备考的学生和下班的工人是主要的读者，"
    "他们最常借的是地图、医书和长篇小说。还书可以投进门口的箱子，不用排队。"
)
FERRY = (
    "渡口的班船在雾天停航，这是祖辈传下来的规矩。去年冬天有一艘货船不听劝告，结果在沙洲上搁浅了三天。"
    "船工们用缆绳把它拖了出来，货主请大家吃了一顿羊肉。"
)
ORCHARD = (
    "梨园的主人试着在树下养鸡，鸡吃虫子，粪肥了土。第三年，梨的个头大了一圈，农药的开支却少了一半。"
    "附近的农户也来参观，他把方法写在纸上，谁来都给一份。"
)
BRIDGE = (
    "老石桥有九个桥洞，最中间的一个刻着修桥人的姓名。文物部门用无人机拍下了每一块石头，"
    "发现有两处裂缝。修缮的方案已经公布，工匠将使用和当年一样的糯米灰浆。"
)
KITE = (
    "做风筝的老师傅只用三年生的竹子。他说竹子太嫩就软，太老就脆，火烤的时候要听声音。"
    "他的徒弟在网上开了一家店，把燕子和金鱼卖到了海边的城市，也卖到了外国。"
)
SCHOOL = (
    "山里的小学只有二十七名学生，却有一支合唱队。音乐老师每周三从镇上骑车过来，路上要一个小时。"
    "孩子们自己写歌词，唱的是溪水、稻田和远方的父母。"
)
WEATHER = (
    "气象台预报，明天白天多云，夜里有小雨，气温十二到十九度。沿江地区的风力会加大，"
    "出门的人请带好雨具。后天起天气转晴，适合晾晒和春播。"
)
CLINIC = (
    "社区门诊下月起实行预约挂号，每天放号六十个，老人可以到窗口现场取号。需要帮助的居民请在工作时间拨打"
    f"电话{MOBILE}，志愿者会替您登记。就诊的时候请带好医保卡和以前的病历。"
)
WATER = (
    "因为更换主管道，河东片区将在周六上午九点到下午五点停水。请居民提前储水，恢复供水后先放掉浑水再使用。"
    "给大家带来的不便，敬请谅解。"
)
MARKET_AGAIN = MARKET.replace("今天", "昨天")
SHORT = "暂无内容。"
ENGLISH = (
    "The ferry does not run when there is fog on the river, and it has been so for a century. "
    "Last winter a barge ignored the warning and lay on the sand for three days."
)

FIRST = [MARKET, LIBRARY, FERRY, SHORT, ORCHARD]
SECOND = [BRIDGE, KITE, ENGLISH, SCHOOL, WEATHER]
NOTICES = {"clinic": CLINIC, "market": MARKET_AGAIN, "water": WATER}

SETTINGS: Mapping[str, Any] = {
    "name": "small_town",
    "sources": {
        "news": {"kind": "web", "format": "jsonl", "path": "news/*.jsonl"},
        "notices": {"kind": "government", "format": "text", "path": "notices/*.txt"},
    },
    "policies": {"web": {"chars": {"min": 40}}},
    "mixtures": {
        "general": {"max_epochs": 1},
        "services": {
            "components": {"news": 0.5, "notices": 0.5},
            "max_epochs": 2,
            "formats": ["parquet", "arrow"],
        },
    },
    "batch_bytes": 1000,
    "concurrency": 1,
}
"""Each news file fills a batch; the notices are one together."""

BATCHES = ["news-00000", "news-00001", "notices-00000"]


def lay(folder: Path) -> Path:
    """Write the raw files and corpus.yaml into `folder`; the path of the latter."""
    news(folder, "2024-01", FIRST, more=["{这一行不是记录"])
    news(folder, "2024-02", SECOND)
    for name, text in NOTICES.items():
        notice(folder, name, text)
    return configure(folder)


def news(folder: Path, month: str, texts: list[str], more: list[str] | None = None) -> Path:
    """A file of articles, one a line; `more` are lines as they are."""
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    return put(folder / "news" / f"{month}.jsonl", "\n".join([*lines, *(more or [])]) + "\n")


def notice(folder: Path, name: str, text: str) -> Path:
    """A notice, a file of its own."""
    return put(folder / "notices" / f"{name}.txt", text + "\n")


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def configure(folder: Path, **changes: Any) -> Path:
    """Write corpus.yaml: the settings above, with `changes` instead of the keys they name."""
    text = yaml.safe_dump({**SETTINGS, **changes}, allow_unicode=True, sort_keys=False)
    return put(folder / "corpus.yaml", text)


def lake_of(path: Path) -> Lake:
    return Lake(load_corpus(path).home)


def made(outcome: Outcome) -> dict[str, list[str]]:
    """What a build did: phase and batch (or phase alone) to the assets it made."""
    assert not outcome.failures, outcome.failures
    return {
        f"{task.stage} {task.partition}"
        if task.partition
        else " ".join((task.stage, *task.assets)): list(task.assets)
        for task in outcome.made
    }


def shard_digests(path: Path) -> dict[str, list[str]]:
    """The digests of every mixture's shards."""
    corpus = load_corpus(path)
    manifests = {name: Lake(corpus.home).manifest(name) for name in corpus.mixtures}
    return {
        name: [shard.sha256 for shard in manifest.shards] if manifest else []
        for name, manifest in manifests.items()
    }


def leftovers(path: Path) -> list[Path]:
    """What a kill may leave half written."""
    return [one for one in lake_of(path).home.rglob("*") if ".tmp" in one.name]


def build_here(path: Path, *, source: str | None = None, mixture: str | None = None) -> Outcome:
    """A build whose tasks run one after the other in this process."""
    with pytest.MonkeyPatch.context() as patch, instance_of(load_corpus(path)) as instance:
        patch.setenv("DAGSTER_HOME", str(instance.root_directory))
        patch.setitem(workers._state, "path", str(path))
        patch.setattr(pipelines.build, "workers", _here)
        # A process keeps the job it has loaded; a build's workers are new, and this is not.
        ReconstructableJob.get_definition.cache_clear()
        ReconstructableJob.get_repository_definition.cache_clear()
        definitions._stage_job.cache_clear()
        return build(path, instance, source=source, mixture=mixture)


@contextmanager
def _here(path: Path, corpus: Corpus, instance: dg.DagsterInstance) -> Iterator[Run]:
    def run(task: Task) -> "Future[Failure | None]":
        future: Future[Failure | None] = Future()
        future.set_result(workers._run(task))
        return future

    yield run


def build_apart(path: Path) -> Outcome:
    """A build as users run it, with worker processes."""
    with instance_of(load_corpus(path)) as instance:
        return build(path, instance)


def environment(**more: str) -> dict[str, str]:
    """The environment of a command that the tests start."""
    return {**os.environ, "PYTHONPATH": str(Path.cwd()), **more}
