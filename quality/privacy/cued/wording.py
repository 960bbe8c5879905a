"""The parts that patterns of cues are put together from: words, and what may stand between."""

import re

GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
EDGE = r"(?![0-9A-Za-z])"
QUOTES = r"[\"'”’」』)\]】`*]{0,3}"
IS = (
    r"[:=;|\t∶︰﹕ː→➡>]|=>|->|[\"'] ?>|(?<=[A-Za-z]) (?:value|content|extension) ?=|[为是係系]:?"
    r"|(?:好像|大概|应该|就|可能)是"
)
SAYS = (
    rf"(?:\([^()\n\0〔〕]{{1,16}}\))?{QUOTES}{GAP}(?:(?:{IS}){GAP})?"
    r"[\"'“‘「『(\[【`*|#]{0,3}"
)
"""What stands between a field and its value: in prose, in a cell of a table, in JSON, in XML."""

NOISE = r"[^0-9A-Za-z\u4e00-\u9fff。\n\0〔〕]"
LOOSE = rf"{NOISE}{{0,6}}(?:(?:号码?)?[为是係系]{NOISE}{{0,4}})?"
"""What stands between the cue of a contact and its value: any signs, pictures and spaces."""

LATER = (
    r"(?:(?![电手]|热线|订|快递|群|公众|小程序|身份|银行|[元人万亿])[^0-9A-Za-z。!?\n\0〔〕]){0,18}?"
    r"(?:(?:号码?|账号|编号|那个|(?<![A-Za-z])[Ii][Dd])(?:[为是係系]:?|:)|那个)[ \"'“「]{0,2}"
)
"""What leads from a cue to a number said to be its own, within the sentence: 掉了,号码是."""

SPLIT = rf"{NOISE}{{0,3}}"
NOT_A_COUNT = r"(?! ?[人万亿元个年月日次条千百%只块级床楼室岁分])"
NOT_IN_A_WORD = r"(?<![0-9A-Za-z_=/-])"
NOT_OF_AN_ADDRESS = r"(?![.@]\w)"
LATIN_NUMBER = (
    r"(?:[ _.-]?(?:[Nn][Oo](?![A-Za-z])\.?|[Nn]um(?:ber)?|NUMBER|[Ii][Dd](?![A-Za-z])|[Cc]ode))"
)
NUMBER = r"[ _]?(?:号码?|编号|账号|帐号|ID|Id|id|[Nn]o(?:\.|(?![A-Za-z])))"
WECHAT = (
    rf"(?:[微薇威徽溦]{SPLIT}[信❤♥]|[Vv]{SPLIT}[信❤♥]|{NOT_IN_A_WORD}(?:[Ww]e[Cc]hat|WECHAT|[Ww]eixin|"
    rf"[Vv]{SPLIT}[Xx]|[Ww]{SPLIT}[Xx])(?!(?i:_?id)_)"
    r"|(?:[加+➕][我她他]?)(?:[Vv微薇威]|卫星)|(?<![\u4e00-\u9fff])[薇微](?!信)|绿泡泡?)"
)
QQ = (
    rf"(?:{NOT_IN_A_WORD}[Qq]{SPLIT}[Qq]|扣{SPLIT}扣|[企][鹅鵝]|[球秋叩抠蔻丘]{{2}}|🐧"
    r"|(?:[加+➕][我她他]? ?|[我的])[Qq扣]|(?<![0-9A-Za-z])[Qq](?:号|我|(?=:))"
    r"|(?<![\u4e00-\u9fff])扣(?=[:0-9]))"
)
OTHERS = r"(?:[/、和与及&+(] ?(?:微信|QQ|qq|VX|vx|电话|手机号?|MSN|同号)(?:同号)?\)?)?"


def words(listed: str) -> str:
    r"""The words, parted by spaces, as alternatives: the longest first, each perhaps torn apart.

    >>> words("护照")
    '(?:护[ \n]{0,3}照)'
    """
    several = sorted(listed.split(), key=len, reverse=True)
    return f"(?:{'|'.join(map(_torn, several))})".replace("证", "[证証]")


def _torn(word: str) -> str:
    return "".join(
        f"{re.escape(c)}[ \n]{{0,3}}" if "一" <= c <= "鿿" and c != word[-1] else re.escape(c)
        for c in word
    )


def heads(listed: str) -> tuple[str, ...]:
    """The first two characters of the words; of Latin ones in either case.

    >>> sorted(heads("护照 pp"))
    ['PP', 'Pp', 'pP', 'pp', '护照']
    """
    pairs = {word[:2] for word in listed.split()}
    split = ((pair[0], pair[1]) for pair in pairs)
    cases = ((a + b, a + b.upper(), a.upper() + b, a.upper() + b.upper()) for a, b in split)
    return tuple(sorted({head for some in cases for head in some}))


def latin(listed: str) -> str:
    """The words as alternatives in any case, with what may part them: mr_no, mrNo, MR no."""
    several = "|".join(word.replace("_", "[ _.-]?") for word in listed.split())
    return rf"(?:(?<![0-9A-Za-z])(?i:{several}))"
