"""Variety identification: zh-Hans, zh-Hant, yue, lzh, ja and other languages.

Belongs here: character tables, word lists and the model that tell languages and scripts apart,
and the expressions that apply them. Does not belong here: what is done about a document's
language (that is a policy), and conversion between scripts.
"""

from quality.language.other import Model
from quality.language.other import load as load_model
from quality.language.varieties import han_ratio, identify, language

__all__ = ["Model", "han_ratio", "identify", "language", "load_model"]
