"""Running `wenyuan inspect` in this process, and what to give it."""

import json
from typing import Any

from click.testing import CliRunner, Result

from pipelines.cli.main import main

PROSE = (
    "河边的小镇每年春天都办一次灯会，纸灯从桥头一直挂到渡口，远处的人也赶来观看。"
    "今年的灯会由镇上的老师和学生一起准备，他们用旧竹子扎了一百盏鱼灯，放在水上漂流。"
)


def inspected(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["inspect", *map(str, arguments)], input=given)


def objects(*arguments: object, given: bytes | None = None) -> list[dict[str, Any]]:
    result = inspected(*arguments, "--json", given=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.splitlines()]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


def page(text: str, title: str = "灯会", charset: str = "utf-8") -> bytes:
    markup = (
        f'<html><head><meta charset="{charset}"><title>{title}</title></head>'
        f"<body><p>{text}</p></body></html>"
    )
    return markup.encode(charset)
