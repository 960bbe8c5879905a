"""What a code point is and can do, as bits; and the classes of phrases."""

WORD, HAN, LATIN, DIGIT, PUNCTUATION, SPACE, NEWLINE, GARBLED = (1 << bit for bit in range(8))
"""What a character is; a symbol is none of these. `HAN` and `LATIN` come on top of `WORD`."""

ENDER, STOP, COMPLETE, CLOSER, QUOTE, UNQUOTE = (1 << bit for bit in range(8, 14))
"""End a sentence; end a line of prose; end a line that C4 keeps; close a quotation or bracket;
open a quotation; close a quotation."""

BULLET, ELLIPSIS, DOT, ARROW, COLON, PIPE, BLANK, CHECK = (1 << bit for bit in range(14, 22))
"""Begin a list item; be an ellipsis; be one dot of an ellipsis; point at what a link opens; stand
after a label; part two cells; be written upon; be ticked."""

BOX, HASH, LENTICULAR, DAMAGE, TALK, STRONG, WEAK = (1 << bit for bit in range(22, 29))
"""Be □, ■ or U+FFFD; be #; be 【 or 】; begin what stands for lost text; belong to talk; be seen
in code and hardly elsewhere; be seen in code and elsewhere."""

URL, FUNCTION = 1 << 29, 1 << 30
"""May be part of a web address; be a Chinese function word."""

BLANKS = SPACE | NEWLINE
CODE_POINTS = 0x110000

GAMBLING, PORN, ADVERTISING, FURNITURE, OPENING, WHOLE, NUMBER, NAME, INVITATION = range(9)
"""The classes of phrases: three of spam; of furniture anywhere in a line, at its beginning, and
alone on it; of what comes before a number, before an account's name, and what asks for contact."""

CLASSES = INVITATION + 1
SPAM = 1 << GAMBLING | 1 << PORN | 1 << ADVERTISING
FURNISHES = 1 << FURNITURE | 1 << OPENING | 1 << WHOLE
CONTACTS = 1 << NUMBER | 1 << NAME | 1 << INVITATION
