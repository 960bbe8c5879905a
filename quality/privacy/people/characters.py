"""What the reading of names knows of characters: family names and given names (authored)."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.fold import fold_table
from quality.privacy.people.told import COMMON, COMPOUND, RARE

SELDOM = (
    "荀桓庾嵇狄邰嬴姬妫芈蒯郤郗羊巴燕敬檀竺阚夷荆红逄习佘亓尧邸森乜仝朴兀冷凃勾占卿召吉呙咸哈墨奚孛宛宦宰寇"
    "寿富寒峗巨帅庚庹忻恽揭敖智朗栗桐植楼沃沙沐泰湛溥濮狐璩甘皋益睢矫秘稽竹笪粟索胥腾臧舜花苑茅茹莘菅"
    "蔚蔺蒙藏虎虢衡裘讷谌谯豆贝贲赏遇遵那邝邴郇郏郦郯鄂鄢野钊钦铁铎镜闪阚隆雍靖鞠香骈鲜鹿麦龙尔练相佐朵"
    "乐凤初冼宓訾修官扈库丹晁饶幸谈闻贡简巫亢沮祢"
)
"""Family names that are rare, or begin other words more often."""

JAPANESE = (
    "佐藤 铃木 高桥 田中 渡边 伊藤 山本 中村 小林 加藤 吉田 山田 佐佐 山口 松本 井上 木村 "
    "斋藤 清水 山崎 中岛 池田 阿部 桥本 山下 石川 前田 小川 冈田 长谷 藤田 后藤 近藤 村上 "
    "远藤 青木 坂本 斉藤 福田 太田 西村 藤井 金子 冈本 藤原 三浦 中野 原田 松田 竹内 小野 "
    "田村 中山 和田 石田 森田 上田 内田 柴田 酒井 宫崎 横山 高木 安藤 宫本 大野 小岛 工藤 "
    "谷口 今井 高田 丸山 增田 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 "
    "千叶 菅原 岩崎 木下 久保 佐野 野村 松尾 市川 菊地 杉本 古川 大西 岛田 水野 樱井 高野 "
    "渡部 吉川 山内 西田 饭田 菊池 西川 小松 北村 安田 五十 川口 平田 关口 中田 服部 东条 "
    "安倍 岸田 石破 小泉 鸠山 福泽 大久 西乡 织田 丰臣 德川 明治 伊达 上杉 本田 松下 稻盛 "
    "宫泽 麻生 河井 川端 村井 三岛 夏目 芥川 太宰 谷崎 大江 黑泽 北野 手冢 鸟山 尾田 岸本 "
    "青山 早川 神田 大谷 羽生 福原 石原 土井 板垣 犬养 近卫 松冈 岩仓 木户 后醍 足利 源义 "
    "平清 毛利 真田 石井 井伊 北条 细川 岛津 乃木 儿玉 山县 八田 矢内 鹿野 滨田 大桥 神林 "
    "朝仓 深津 绀野 高村 佐仓 二瓶 垣内 水原 木原 荒木 荒井 黑田 白石 松岛 松村 松山 松永 "
    "松原 永井 永田 长岛 长井 长尾 堀江 堀内 饭岛 饭塚 铃川 须藤 首藤 片山 片冈 片桐 冈崎 "
    "冈部 冈村 冈野 笠原 笠井 竹田 竹下 竹中 浅野 浅井 浅田 浅川 相马 相泽 熊谷 栗原 栗田 "
    "桑原 桑田 樋口 樱田 樱木 望月 星野 早坂 秋山 秋田 春日 有马 户田 今野 今村 今川 石桥 "
    "石黑 石塚 石崎 稻叶 稻垣 岩田 岩本 岩井 宇野 植田 植木 江口 榎本 远山 大友 大森 大冢 "
    "大岛 大山 奥田 奥村 尾崎 绪方 小池 小田 小西 小原 小室 小仓 小岩 甲斐 柏木 川上 川崎 "
    "川田 川岛 川村 川本 北川 北岛 木本 古田 古贺 五岛 佐久 佐山 佐伯 坂井 坂口 坂上 涩谷 "
    "盐田 柴崎 关根 关谷 添田 高松 高岛 高濑 高杉 泷川 武井 武内 立花 谷川 玉木 田代 田边 "
    "田岛 辻本 土屋 堤真 寺田 寺岛 德永 富田 富永 内藤 中井 中川 中谷 中西 中本 中森 永濑 "
    "夏川 成田 西野 西本 二宫 新田 野崎 野泽 野田 桥下 桥爪 长濑 半泽 平井 广濑 福岛 福井 "
    "藤川 藤森 藤野 舟木 古泽 保坂 堀田 本间 前川 槙原 三木 三谷 三宅 三泽 水谷 水岛 南野 "
    "宫田 宫城 宫内 宫野 村山 村松 室井 森山 森本 守田 矢野 矢岛 柳田 山冈 山川 山根 山村 "
    "横井 吉冈 吉永 吉泽 吉野 若林 渡濑 鹫尾 泽田 泽村 泷泽 苇名 绫濑 绫野 栖川 杏野"
)
"""Japanese family names of two characters, as far as Chinese texts write them."""

LONGER = (
    "移剌 移刺 拓跋 完颜 耶律 爱新 叶赫 纳兰 钮祜 富察 呼延 哥舒 仆固 乌古 蒲察 斛律 "
    "贺若 贺兰 宇文 独孤 尔朱 纥干 达奚 步六 若干 破六 鲜于 公冶 漆雕 乐正 谷梁 拓拔 "
    "夹谷 段干 百里 东门 南荣 左丘 梁丘 公西 巫马 壤驷 宰父 颛孙 亓官 司寇 子车 公良 "
    "羊舌 微生 归海 岳帅 缑亢 况后 有琴 商牟 余佴 伯赏 墨哈 谯笪 年爱 阳佟 第五 言福 "
    "张简 范姜 叶刘 陈方 范徐 徐郭 欧阳 诸葛"
)
"""Further family names of two characters, old, of other peoples, or of the married."""

GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华国建文红玉志海春永林生荣金云龙德祥福玲珍成波辉燕斌宇浩"
    "凯健俊帆帅旭宁龙鑫毅峰飞鹏雪梅琳倩婷雯颖晶洁萍莉琴凤香莲翠爱美惠淑贞月彩琼瑶瑞瑾璇璐珊珠瑛莹菲萱蓉薇蕾"
    "诗涵雨欣怡佳梓轩泽睿博子豪晨曦思远嘉诚一鸣天佑家俊雅婧可昕语彤梦琪心悦若曼芷若宸亦辰奕浩然铭哲皓立果煜祺"
    "懿烨伟昊昌盛兴发财富贵有为忠义仁礼信良善保民安康宏广大正光东南山川江河源清泉润泰和庆启新学东亮中岩震宪维"
    "世绍继宗祖耀承恩培坤乾元亨利达通顺进喜来根柱树松柏森木栋梁材才彬武力勤俭朴厚实诚谦恒守道理智慧聪颖悟贤能"
    "克胜凌雄英豪侠威猛刚振兆先士绪孝敬友恭让廉洁如玄素淡尧舜禹汤商周秦汉唐宋景炳焕灿煌炎焱烈煊煜熙照暖晓晖"
    "旻昀昱晏曙朗月星辰云霄雷电雨露霜冰雪寒冬秋夏春芬芝芸苗茜茵荷莎菊菁萌蓓蕙蓝兰竹笛笙筠婉婵娇娥婕媛妍妮姗姣"
    "姝嫣嫦绮绣缨纯维纲经纶绍纪缘纨冠冕弘彦彪彬彭征循徽德心志怀恩恺悦惟愉愿戈成扬抒拓振捷授揆摩攀政敏敦斐斯"
    "新方旗昂昆易映昭晋晟普景晴智暄曜曼朋望本杏杨杭枫柔栩桐桦桓棋棠椿楚楠榕槐樱欢欣歆毓民水永汉汝江沁沛河治泓"
    "波泰洪洲津浚浩海涛淇淑淳深清渊渝渤温源溪滔滨漪澄澜濂瀚灏煦熠燊爽牧犁献琦琛琨琬琮瑜瑭璋璟璧瓒甫田申由畅百"
)
"""Characters that given names are often made of."""


class Characters(NamedTuple):
    """What code points below U+10000 are: `same` folds script, case, width and kinds of signs.

    `family` tells of folded ones which begin a family name, of one character (1) or only of two
    (2), or both (3); `begins` tells it before folding; `given` tells those common in given names;
    `pairs` is a hash table of the families of two: the code point of the first, shifted by 16
    bits, and of the second, in the first free slot.
    """

    same: npt.NDArray[np.uint32]
    begins: npt.NDArray[np.bool_]
    family: npt.NDArray[np.uint8]
    given: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.int64]


PAIRS = 2048
"""Slots of `pairs`: several for each family name of two characters."""


def _slot_of_pair(pairs: npt.NDArray[np.int64], first: int, second: int) -> int:
    """The slot of a family name of two characters in `pairs`, or that it would have."""
    key = first << 16 | second
    at = (key ^ (key >> 7) ^ (key >> 13)) & (PAIRS - 1)
    while pairs[at] not in {0, key}:
        at = (at + 1) & (PAIRS - 1)
    return at


@cache
def characters() -> Characters:
    """The tables, made once."""
    points = fold_table().points[:0x10000]
    same = np.arange(0x10000, dtype=np.uint32)
    same[0x30:0x3A] = ord("0")
    same[0x41:0x5B] = same[0x61:0x7B] = ord("a")
    same[ord("\t")] = ord(" ")
    same[ord("\r")] = ord("\n")
    han = (same >= 0x3400) & (same < 0xA000) & (points > 0) & (points < 0x10000)
    same[han] = points[han]
    family = np.zeros(0x10000, np.uint8)
    given = np.zeros(0x10000, np.uint8)
    pairs = np.zeros(PAIRS, np.int64)
    for character in COMMON + RARE + SELDOM:
        family[same[ord(character)]] = 1
    for name in (*COMPOUND.split("|"), *LONGER.split(), *JAPANESE.split()):
        first, second = (int(same[ord(c)]) for c in name)
        family[first] |= 2
        pairs[_slot_of_pair(pairs, first, second)] = first << 16 | second
    for character in GIVEN:
        given[same[ord(character)]] = 1
    return Characters(same, family[same] > 0, family, given, pairs)
