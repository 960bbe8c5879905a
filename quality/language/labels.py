"""What other models call a language (`__label__zh`, `zho_Hans`, `cmn_Hani`) as BCP 47 tags."""

import re

_CODES = (
    "aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae "
    "aym:ay aze:az bak:ba bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg "
    "bur:my cat:ca ces:cs cha:ch che:ce chi:zh chu:cu chv:cv cor:kw cos:co cre:cr cym:cy "
    "cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en epo:eo est:et eus:eu ewe:ee "
    "fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga "
    "glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha hbs:sh heb:he her:hz hin:hi hmo:ho "
    "hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik "
    "isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki "
    "kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln "
    "lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg "
    "mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl "
    "nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi "
    "pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa sin:si "
    "slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc "
    "srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th "
    "tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz "
    "ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu "
    "cmn:zh arb:ar pes:fa ekk:et lvs:lv azj:az uzn:uz zsm:ms npi:ne ory:or swh:sw khk:mn "
    "plt:mg als:sq kmr:ku ydd:yi gaz:om quy:qu ayr:ay fil:tl"
)
TWO_LETTERS = dict(pair.split(":") for pair in _CODES.split())
"""ISO 639-2 and -3 to ISO 639-1, and the commonest member of a macrolanguage to its tag."""

SCRIPTS = {
    language: script
    for script, languages in {
        "Arab": "ar fa ur ps sd ug ks ckb arz apc ary acm acq ajp aeb ars azb pnb",
        "Armn": "hy",
        "Beng": "as bn",
        "Cyrl": "ab av ba be bg ce cu cv kk kv ky mk mn os ru sr tg tt uk",
        "Deva": "hi mr ne sa",
        "Ethi": "am ti",
        "Geor": "ka",
        "Grek": "el",
        "Gujr": "gu",
        "Guru": "pa",
        "Hani": "zh yue lzh nan wuu gan hak hsn cdo cjy mnp cpx czh czo",
        "Hebr": "he yi",
        "Jpan": "ja",
        "Khmr": "km",
        "Knda": "kn",
        "Kore": "ko",
        "Laoo": "lo",
        "Mlym": "ml",
        "Mymr": "my",
        "Orya": "or",
        "Sinh": "si",
        "Taml": "ta",
        "Telu": "te",
        "Thaa": "dv",
        "Thai": "th",
        "Tibt": "bo dz",
    }.items()
    for language in languages.split()
}
"""The script that goes without saying, where it is not Latin."""

_LABEL = re.compile(r"(?:__label__)?([a-z]{2,3})(?:[_-]([A-Z][a-z]{3}))?(?:[_-][A-Za-z]{2})?")
_SAME = {"Hans": "Hani", "Hant": "Hani", "Hang": "Kore", "Hira": "Jpan", "Kana": "Jpan"}


def tag_of(label: str) -> str:
    """The BCP 47 tag of a label, `und` where it is none of a language.

    Chinese is `zh` whatever script the label states, since the characters tell that better; any
    other script is told where it is not the usual one.

    >>> [tag_of(f"__label__{label}") for label in ("zh", "zho_Hant", "cmn_Hani", "yue_Hant")]
    ['zh', 'zh', 'zh', 'yue']
    >>> [tag_of(label) for label in ("eng_Latn", "srp_Latn", "arb_Arab", "pt-BR", "spam", "other")]
    ['en', 'sr-Latn', 'ar', 'pt', 'und', 'und']
    """
    found = _LABEL.fullmatch(label)
    if found is None:
        return "und"
    language, script = found[1], found[2] or ""
    # A bare als is Alemannic in Wikipedia's codes; with a script it is Tosk Albanian (ISO 639-3).
    language = language if label.endswith("als") else TWO_LETTERS.get(language, language)
    usual = SCRIPTS.get(language, "Latn")
    return f"{language}-{script}" if _SAME.get(script, script or usual) != usual else language
