"""The finder of names that have no family name: Tibetan and Mongolian ones, and Yi ones."""

import re
from collections.abc import Iterator

from quality.privacy.hits import Hit

_HAN = "㐀-䶿一-鿿"
TIBETAN = (
    "扎西 卓玛 次仁 旺堆 格桑 央宗 洛桑 平措 德吉 卓嘎 顿珠 多吉 达娃 尼玛 巴桑 普布 拉姆 "
    "白玛 索朗 旦增 丹增 旺姆 仁青 仁增 曲珍 贡布 嘉措 江村 边巴 米玛 拉巴 强巴 土登 阿旺 "
    "晋美 益西 群培 群增 次旦 次旺 次央 旺久 旺扎 旺杰 罗布 罗桑 桑吉 桑珠 桑杰 才让 才旦 "
    "南杰 朗杰 云丹 央金 央吉 玉珍 曲扎 曲吉 欧珠 伦珠 班觉 边觉 赤列 坚赞 坚参 占堆 多杰 "
    "东智 加措 拉毛 措姆 措毛 卓措 德庆 仓决 仓央 宗吉 金美 金巴 贡嘎 斯曲 洛追 西绕 西热 "
    "格列 格勒 根敦 吉美 久美 旺丹 旺青 旺秀 昂旺 措吉 尕藏 尕玛 俄珠 泽仁 泽旺 泽让 彭措 "
    "四郎 登巴 志玛 拥措 雍措 卓尕 扎巴 顿旦"
)
"""Parts of Tibetan names: two make one (authored)."""

_TIBETAN_END = "措吉加杰本草姆毛东"
MONGOLIAN = (
    "乌云 其木格 其其格 图雅 托娅 高娃 格日勒 格日乐 巴图 巴特尔 巴雅尔 朝鲁 朝格图 孟和 "
    "宝音 额尔敦 阿拉坦 苏和 斯琴 娜仁 那仁 萨仁 敖登 呼格吉勒 布和 特木尔 吉日格勒 吉日嘎拉 "
    "达来 毕力格 哈斯 乌兰 塔娜 通拉嘎 德力格尔 满都拉 满都呼 斯日古楞 青格勒 那日苏 牧仁 "
    "阿古拉 阿木尔 布仁 查干 都仁 额日和 道尔吉 苏雅拉 萨日盖 乌日图 图门 吉雅 仁钦 敖其尔 "
    "陶格斯 乌尼尔 照日格图 格根 塔拉 娜布其 琪琪格 其勒格尔 花拉 娜仁花 苏布道 乌恩 巴根 "
    "巴音 图力古尔"
)
"""Parts of Mongolian names: two make one (authored)."""

MONGOLIAN_ALONE = (
    "巴特尔 其其格 巴雅尔 苏日娜 乌日娜 萨日娜 阿古拉 朝格图 格日勒图 娜仁花 呼和牧仁 呼斯楞 "
    "琪琪格 那日苏 乌仁娜 苏布德 乌力吉 布日古德 阿如汗 乌吉斯 萨日朗 斯日古楞 呼格吉勒图 "
    "满都拉图 特木尔 阿拉木斯 青格乐 娜日苏 乌日根"
)

YI_CLANS = (
    "吉克 阿苏 曲比 吉木 沙马 阿侯 马海 吉狄 勒格 俄木 海来 曲木 恩扎 阿库 苏呷 吉伍 莫色 "
    "木乃 依火 洛古 罗洪 热柯 瓦扎 阿余 吉则 吉子 日木 阿牛 石一 俄尔 马黑 阿约 阿的 贾巴 "
    "比布 海乃 加拉 吉巴 阿来 阿力 的日 杰觉 尔古 结石"
)
YI_GIVEN = (
    "木呷 阿依 拉铁 伍果 日黑 木果 阿牛 尔布 子古 色且 石布 古火 伍呷 阿呷 阿木 阿支 么子 "
    "有呷 尔古 木加 日火 尔日 伍牛 子呷 古哈 阿果 阿芝 友呷 木基 尔铁 石一 拉日 伍沙 阿洛 "
    "史古 布哈 色落 克古 达古 依布 子木 五各 曲布 日布"
)


def _any(words: str) -> str:
    return f"(?:{'|'.join(sorted(words.split(), key=lambda word: (-len(word), word)))})"


_NAME = re.compile(
    f"{_any(TIBETAN)}(?:{_any(TIBETAN)}|[{_TIBETAN_END}](?![{_HAN}]{{0,1}}[县乡镇村寺]))"
    f"|{_any(MONGOLIAN)}{_any(MONGOLIAN)}图?|{_any(MONGOLIAN_ALONE)}"
    f"|{_any(YI_CLANS)}{_any(YI_GIVEN)}"
)
_LONGEST = 9
_NO_PERSON = re.compile("[县乡镇村寺市旗州盟区路街山河湖]")

HEADS = tuple(
    {word[:2] for of in (TIBETAN, MONGOLIAN, MONGOLIAN_ALONE, YI_CLANS) for word in of.split()}
)


def whole(text: str, at: int) -> Iterator[Hit]:
    """A name of two parts that are known, or one that is a name by itself: 洛桑平措, 巴特尔."""
    name = _NAME.match(text, at)
    if name is None or text[at - 1] in "·〔" or text[name.end()] in "·〕":
        return
    if not _NO_PERSON.match(text, name.end()) and not _reached(text, at):
        yield Hit(at, name.end(), "name", "whole")


def _reached(text: str, at: int) -> bool:
    """Whether a name that begins before `at` reaches beyond it, so that no names overlap."""
    earlier = (_NAME.match(text, start) for start in range(max(0, at - _LONGEST), at))
    return any(name is not None and name.end() > at for name in earlier)
