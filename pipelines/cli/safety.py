"""What comes from documents is shown as characters, and never obeyed by the terminal."""

_KEPT = "\t\n"
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in _KEPT} | {0x7F: 0x2421}
_CONTROLS = (
    *range(0x80, 0xA0),  # C1, which some terminals obey like an escape sequence
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),  # these and the next turn the direction of what follows
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),  # no character at all: bytes of a file's name that are not UTF-8
)
_SAFE = _PICTURES | dict.fromkeys(_CONTROLS, 0xFFFD)
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0))}


def safe(text: str) -> str:
    r"""`text` with everything a terminal would obey made visible; tabs and new lines stay.

    >>> safe("标题\x1b[2J[重要]")
    '标题␛[2J[重要]'
    """
    return text.translate(_SAFE)


def safe_json(text: str) -> str:
    r"""The same JSON with the controls escaped that JSON itself would let through.

    >>> safe_json('"\x9b"')
    '"\\u009b"'
    """
    return text.translate(_ESCAPED)
