"""Characters that stand for text that is lost."""

from typing import Any

from quality.kernels.compiling import compiled

STAND_INS = ((0x951F, 0x65A4, 0x62F7), (0xEF, 0xBF, 0xBD), (0x9518, 0x630E, 0))
"""锟斤拷, ï¿½ and 锘挎."""

TANG, TUN, MEMORY_RUN = 0x70EB, 0x5C6F, 4


@compiled
def stand_ins(codes: Any, kinds: Any, places: Any, damage: int) -> int:
    """How many characters stand for damage.

    Only those of `places` that have the bit `damage` can begin it.

    锟斤拷 and ï¿½ are U+FFFD misread and 锘挎 is a byte order mark; of these a single one may be
    quoted, and does not count. 烫 and 屯 four times and more are memory that was never written.
    """
    marks, marked, memory, run = 0, 0, 0, 0
    for at in places:
        if not kinds[at] & damage:
            continue
        size = _stand_in(codes, at)
        marks += size > 0
        marked += size
        same = at > 0 and codes[at] == codes[at - 1]
        run = run + 1 if same and (codes[at] == TANG or codes[at] == TUN) else 1
        if run >= MEMORY_RUN:
            memory += MEMORY_RUN if run == MEMORY_RUN else 1
    return memory + (marked if marks > 1 else 0)


@compiled
def _stand_in(codes: Any, at: int) -> int:
    """The length of the stand-in for U+FFFD or a byte order mark that begins here, or 0."""
    for row in range(len(STAND_INS)):
        size = 0
        while size < 3 and STAND_INS[row][size] != 0:
            if at + size >= len(codes) or codes[at + size] != STAND_INS[row][size]:
                size = -1
                break
            size += 1
        if size > 0:
            return size
    return 0
