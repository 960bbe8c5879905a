"""The signals of lines the slow and obvious way."""

import re
from typing import NamedTuple

from tests.quality.scoring.slow_characters import (
    BOXES,
    is_digit,
    is_han,
    is_letter,
    is_punctuation,
    is_space,
    squeeze,
)

PIPES = "|｜│┃"
CHECKS = "□☐☑☒"
CODE_WORDS = [
    "import",
    "def",
    "const",
    "var",
    "elif",
    "function",
    "func",
    "public",
    "private",
    "protected",
    "static",
    "namespace",
    "#include",
    "#define",
    "#ifdef",
    "#endif",
    "package",
    "struct",
    "enum",
    "npm",
    "pip",
    "sudo",
    "git",
    "docker",
    "kubectl",
    "curl",
    "mkdir",
    "cd",
    "echo",
    "export",
    "async",
    "await",
    "yarn",
    "npx",
]


class Line(NamedTuple):
    """A trimmed line that is not empty, and whether it begins a paragraph."""

    text: str
    begins: bool

    @property
    def seen(self) -> str:
        return squeeze(self.text)


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def lines_of(text: str) -> list[Line]:
    found = []
    begins = True
    for raw in re.split("\r\n|[\n\r\u2028\u2029]", text):
        kept = [at for at, c in enumerate(raw) if not is_space(c)]
        if kept:
            found.append(Line(raw[kept[0] : kept[-1] + 1], begins))
        begins = not kept
    return found


def newline_run(text: str) -> int:
    joined = "".join(c for c in text.replace("\r\n", "\n") if not is_space(c))
    return max(map(len, re.findall("[\n\r\u2028\u2029]+", joined)), default=0)


def signals(lines: list[Line]) -> dict[str, float]:
    texts = [line.text for line in lines]
    count, size = len(lines), sum(map(len, texts))
    return {
        "lines": count,
        "mean_line_chars": share(size, count),
        "terminal_line_ratio": share(sum(is_punctuation(t[-1]) for t in texts), count),
        "stop_line_ratio": share(sum(_bare(t)[-1] in "。！？!?….．｡⋯" for t in texts), count),
        "complete_lines": sum(map(_is_complete, texts)),
        "short_line_ratio": share(sum(len(t) < 10 for t in texts), count),
        "bullet_line_ratio": share(sum(map(_is_item, texts)), count),
        "ellipsis_line_ratio": share(sum(map(_trails_off, texts)), count),
        "more_line_ratio": share(sum(map(_asks_for_a_click, texts)), count),
        "table_ratio": share(_table(lines), size),
        "form_ratio": share(sum(len(t) for t in texts if _is_form(t)), size),
        "code_ratio": share(_code(lines), size),
        "dialogue_ratio": share(sum(len(t) for t in texts if _speaks(t)), size),
        "duplicate_line_ratio": share(count - len({line.seen for line in lines}), count),
        "duplicate_line_char_ratio": share(_again(lines), size),
        "similar_line_ratio": share(_similar([line.seen for line in lines]), count),
        "prose_ratio": share(_prose(lines), size),
        **_paragraphs(lines, size),
    }


def _is_complete(line: str) -> bool:
    return len(line) >= 5 and line[-1] in '。！？!?｡…⋯”」』"：:' and not set(line) & set(BOXES)


def _is_item(line: str) -> bool:
    if line[0] in "*+-":
        return len(line) > 1 and is_space(line[1])
    return line[0] in "•‣⁃▪▫●○◦■□◆◇►▶▸★☆※·・"


def _trails_off(line: str) -> bool:
    return line[-1] in "…⋯" or (line[-1] in ".。．・" and line[-3:] == line[-1] * 3)


def _asks_for_a_click(line: str) -> bool:
    while line and (line[-1] in ">›»＞》→↓▼▾∨…⋯.]】" or is_space(line[-1])):
        line = line[:-1]
    folded = "".join(c.lower() if c.isascii() else c for c in line)
    return folded.endswith(
        ("展开", "展開", "更多", "全文", "详情", "詳情", "readmore", "read more")
    )


def _again(lines: list[Line]) -> int:
    seen: set[str] = set()
    total = 0
    for line in lines:
        total += len(line.text) if line.seen in seen else 0
        seen.add(line.seen)
    return total


def _prose(lines: list[Line]) -> int:
    seen: set[str] = set()
    total = 0
    for line in lines:
        total += len(line.text) if line.seen not in seen and _is_prose(line.text) else 0
        seen.add(line.seen)
    return total


def _is_prose(line: str) -> bool:
    return sum(map(is_letter, line)) >= 10 and _bare(line)[-1] in "。！？!?….．｡；;：:⋯"


def _bare(line: str) -> str:
    while len(line) > 1 and (line[-1] in "”’\"'」』）)】]》>〉〕］｝}" or is_space(line[-1])):
        line = line[:-1]
    return line


def _paragraphs(lines: list[Line], size: int) -> dict[str, float]:
    paragraphs: list[list[Line]] = []
    for line in lines:
        if line.begins:
            paragraphs.append([])
        paragraphs[-1].append(line)
    seen: set[tuple[str, ...]] = set()
    again = characters = 0
    for paragraph in paragraphs:
        key = tuple(line.seen for line in paragraph)
        if key in seen:
            again += 1
            characters += sum(len(line.text) for line in paragraph)
        seen.add(key)
    return {
        "paragraphs": len(paragraphs),
        "duplicate_paragraph_ratio": share(again, len(paragraphs)),
        "duplicate_paragraph_char_ratio": share(characters, size),
    }


def _similar(lines: list[str]) -> int:
    return sum(
        any(_distance(line, other) <= _edits(line, other) for other in lines[max(at - 8, 0) : at])
        for at, line in enumerate(lines)
    )


def _edits(left: str, right: str) -> int:
    return min(max(len(left), len(right)) // 10, 64)


def _distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, c in enumerate(left, 1):
        above, row = row, [i]
        for j, d in enumerate(right, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (c != d)))
    return row[-1]


def _cells(line: str) -> str:
    if len(re.findall(f"[{PIPES}]+", line)) >= 2:
        return "pipes"
    if "\t" in line:
        return "tabs"
    spaced = "".join(" " if is_space(c) else "x" for c in line)
    return "gaps" if len(re.findall("  +", spaced)) >= 2 else ""


def _table(lines: list[Line]) -> int:
    cells = [_cells(line.text) for line in lines] + [""]
    begins = [line.begins for line in lines] + [True]
    total = 0
    for at, line in enumerate(lines):
        above = at > 0 and not begins[at] and cells[at - 1] == cells[at]
        below = not begins[at + 1] and cells[at + 1] == cells[at]
        total += len(line.text) if cells[at] and (above or below) else 0
    return total


def _label(line: str, most: int) -> int:
    """Where the colon after the label of a line stands, or -1."""
    found = re.search("[:：﹕︰]", line)
    if not found:
        return -1
    label, colon = line[: found.start()], found.group()
    if not all(is_letter(c) or is_digit(c) or is_space(c) for c in label):
        return -1
    if not any(map(is_letter, label)) or len(squeeze(label)) > most:
        return -1
    if colon == ":":
        after = line[found.end() : found.end() + 1]
        if after and is_digit(label[-1]) and is_digit(after):
            return -1
        if not any(map(is_han, label)) and not _asks(label):
            return -1
    return found.start()


def _asks(label: str) -> bool:
    return label[0] in "问問答QAqaＱＡ" and all(is_digit(c) or is_space(c) for c in label[1:])


def _speaks(line: str) -> bool:
    if not any(map(is_letter, line)):
        return False
    if line[0] in '“「『"〝﹁﹃':
        found = re.search('[”」』"〞﹂﹄]', line[1:])
        if not found:
            return not line[0].isascii()
        return found.start() > 0 and is_punctuation(line[found.start()])
    colon = _label(line, 8)
    speech = squeeze(line[colon + 1 :])
    if colon < 0 or not speech:
        return False
    opens = speech[0] in '“「『"〝﹁﹃'
    talk = set(speech) & set("你妳您咱吗嗎呢吧啊呀哦噢嗯哈哎喂啦嘛唄呗哟喲喔咩㗎喎？！?!")
    return opens or _asks(line[:colon]) or bool(talk)


def _is_form(line: str) -> bool:
    if _speaks(line) or not any(map(is_letter, line)):
        return False
    if re.search("[_＿﹍﹎﹏]{3}", line) or _has_box(line):
        return True
    colon = _label(line, 10)
    if set(line) & set("。！？!?…") or colon < 0 or colon + 1 == len(line):
        return False
    return len(squeeze(line)) <= 40 * len(re.findall("[:：﹕︰]", line))


def _has_box(line: str) -> bool:
    padded = f" {line} "
    for before, c, after in zip(padded, padded[1:], padded[2:], strict=False):
        around = before + after
        if c in CHECKS and not set(around) & set(CHECKS) and any(map(is_space, around)):
            return True
    return False


def _code(lines: list[Line]) -> int:
    total = 0
    fenced = False
    for line in lines:
        fence = line.text.startswith(("```", "~~~"))
        total += len(line.text) if fence or fenced or _is_code(line.text) else 0
        fenced ^= fence
    return total


def _is_code(line: str) -> bool:
    if not line[0].isascii():
        return False
    word = re.match(r"([#a-z]{1,11})[ \t(:;{]", line)
    han = sum(map(is_han, line))
    if word and word.group(1) in CODE_WORDS and not han and line[-1] not in ".,":
        return True
    size = len(squeeze(line))
    if not set(line) & set("{};=<>_$\\&") or 2 * han > size or "](" in line:
        return False
    if line[-1] in "{}":
        return True
    marks = sum(c in "{};=<>_$\\&()[]*+@#^%~" for c in line)
    return any(map(is_letter, line)) and marks * (16 if line[-1] == ";" else 8) >= size
