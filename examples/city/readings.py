"""What the city reads and says: books, classical prose, a Cantonese board, conversations."""

from examples.city import twins
from examples.city.desk import Desk, json_line, number_of
from examples.city.entries import Entry, Shelf

_CANTONESE, _CHAT = Shelf("cantonese", "forum", "yue"), Shelf("chat", "dialogue")
_ROLES, _SPEAKERS = ("user", "assistant"), ("用户", "助手")


def write_books(desk: Desk) -> None:
    """Traditional and classical prose as text files, one of them in GB18030."""
    for source, name, kind, language in (
        ("traditional", "hant_books.txt", "books", "zh-Hant"),
        ("classical", "classical.txt", "classical", "lzh"),
    ):
        for number, piece in enumerate(desk.writer.shuffled(name, 4, (5, 7)), start=1):
            file = f"raw/{source}/{number:02}.txt"
            entry = Shelf(source, kind, language).entry(piece, file, file)
            old = source == "classical" and number == 3
            _write_book(desk, entry, "gb18030" if old else "utf-8")


def write_editions(desk: Desk, originals: list[Entry]) -> None:
    """Traditional editions of pages written in Simplified characters."""
    for number, original in enumerate(originals, start=91):
        file = f"raw/traditional/{number}.txt"
        copy = twins.converted(original, file, file)
        copy.source, copy.kind = "traditional", "books"
        _write_book(desk, copy, "utf-8")


def _write_book(desk: Desk, entry: Entry, encoding: str) -> None:
    """The title is the first line of the text."""
    entry.paragraphs = [entry.title or "", *entry.paragraphs]
    entry.title, entry.charset = None, encoding
    text = "\n\n".join(entry.paragraphs) + "\n"
    desk.path(entry.file).write_bytes(text.encode(encoding))
    desk.entries.append(entry)


def write_cantonese(desk: Desk) -> None:
    """A message board in written Cantonese."""
    pieces = desk.writer.shuffled("cantonese.txt", 5, (4, 6))
    for name, part in (("board-1", pieces[::2]), ("board-2", pieces[1::2])):
        file = f"raw/cantonese/{name}.jsonl"
        shelf: list[Entry] = []
        for number, piece in enumerate(part):
            entry = _CANTONESE.entry(piece, file, f"{file}#Y{number:03}")
            entry.paragraphs = [piece.title, *entry.paragraphs]
            entry.title = None
            shelf.append(entry)
        desk.copy(shelf, "Z", desk.edited, 1)
        desk.write_lines(file, (json_line(id=number_of(e), text=e.text) for e in shelf))
        desk.entries += shelf


def write_chat(desk: Desk) -> None:
    """Conversations with an assistant; one gives away an exam item, one has lost its words."""
    file = "raw/chat/assistant.jsonl"
    lines = []
    for number, piece in enumerate(desk.writer.shuffled("chat.txt", 7, (3, 4))):
        turns = [turn for pair in piece.sentences for turn in pair.split(" => ")]
        entry = _CHAT.entry(piece, file, f"{file}#C{number:03}")
        if number == 5:
            exam = desk.exams[-1]
            turns = [f"这道题我不会：{exam.question}", exam.told, *turns]
            entry.exam, entry.defect = exam.number, "contaminated"
        lines.append(_chat_line(entry, turns))
        desk.entries.append(entry)
    uri = f"{file}#C999"
    desk.entries.append(_CHAT.rejected(file, uri, "read/bad_messages"))
    lines.append(json_line(id="C999", messages=[{"role": "user"}]))
    desk.write_lines(file, lines)


def _chat_line(entry: Entry, turns: list[str]) -> bytes:
    """The line of a conversation; the entry's text names the speakers."""
    entry.title = None
    entry.paragraphs = [f"{_SPEAKERS[i % 2]}：{turn}" for i, turn in enumerate(turns)]
    messages = [{"role": _ROLES[i % 2], "content": turn} for i, turn in enumerate(turns)]
    return json_line(id=number_of(entry), messages=messages)
