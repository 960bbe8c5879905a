"""Characters that show nothing: controls, zero widths, joiners and fillers out of place."""

from quality.text.rules import Rule, replacing

_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\u{84}\u{86}-\u{9f}]"
_ZERO_WIDTH = (
    r"[\u{ad}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}"
    r"\u{feff}\u{fff9}-\u{fffc}]"
)
_ZERO_WIDTH_GUARDS = (
    r"\u{ad}|\u{feff}|[\u{200b}-\u{200f}\u{202a}-\u{202e}]",
    r"[\u{2060}-\u{206f}]",
    r"[\u{fff9}-\u{fffc}]",
)
_PLAIN = (
    r"[\x00-\u{a0}\p{Han}\u{3000}-\u{303f}\u{e000}-\u{f8ff}\u{fe10}-\u{fe19}\u{fe30}-\u{fe4f}"
    r"\u{ff00}-\u{ff9f}]"
)
_JOINERS = r"\u{200c}\u{200d}\u{180e}"
_FILLERS = r"\u{34f}\u{61c}\u{115f}\u{1160}\u{3164}\u{ffa0}"
_STRAY = rf"({_PLAIN})[{_JOINERS}{_FILLERS}]+|^[{_JOINERS}]+"
"""Joiners, fillers of Hangul and marks of other scripts, after a character that begins no emoji
sequence and no cluster of those scripts."""

_TAGS = r"(^|[^\u{1f3f4}\u{e0020}-\u{e007f}])[\u{e0000}-\u{e007f}]+"
"""Tags that do not follow the black flag, with which they make the flag of a region."""


def invisible() -> tuple[Rule, ...]:
    """What may stand between other litter goes first."""
    return (
        replacing("zero_width", _TAGS, "${1}", r"[\u{e0000}-\u{e007f}]"),
        replacing("control", _CONTROL, ""),
        replacing("zero_width", _ZERO_WIDTH, "", *_ZERO_WIDTH_GUARDS),
        replacing("zero_width", _STRAY, "${1}", f"[{_JOINERS}{_FILLERS}]"),
    )
