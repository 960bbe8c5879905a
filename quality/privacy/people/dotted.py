"""The finder of names with a dot between their parts: 阿依古丽·买买提, 汤姆·克鲁斯."""

import re
from collections.abc import Iterator

import numpy as np

from quality.privacy.hits import Hit
from quality.privacy.spotting import one_of
from quality.privacy.view import View

SOUNDS = (
    "阿艾爱安奥巴白拜班邦保鲍贝本比彼毕别宾波伯勃博布达戴丹德登邓狄迪蒂丁东杜敦多厄恩尔法范菲费芬冯弗夫佛福富盖甘"
    "冈高哥格戈葛古瓜哈海汉汗豪赫黑亨洪胡华怀惠霍基吉加贾简杰捷金津久卡开凯坎康考柯科可克肯孔库奎昆拉莱赖兰朗劳"
    "勒雷蕾里丽利莉莲廉列烈林琳龙隆娄卢鲁露吕伦罗洛马玛迈麦曼芒毛梅门蒙孟米密敏明缪摩莫默姆穆拿娜纳乃奈南内尼妮"
    "涅宁纽农努诺欧帕潘庞佩彭皮珀普齐奇契钱乔切琼丘热仁日荣茹瑞萨塞赛桑瑟森沙莎山珊尚绍舍申圣施史什士司丝斯苏索"
    "塔太泰坦汤唐陶特滕提廷图托瓦万旺威薇韦维魏温文翁沃乌吾伍武西希席夏香肖谢辛休修许雅亚延扬耶叶伊依易因英尤于约"
    "扎泽曾詹珍治朱兹祖佐买热木江孜古再努尔买提不都力吐逊克迪帝姬娅妲娃妃翠涵瑙芙苔黛琪绮泊钦顿逊哲歇辽涅奴雄佳仓"
    "合肉则甫居荪牙铁汗胡普素司义赫铎茜狄蒙屯斐厄翰沃莘雯"
)
"""Characters that write the sounds of names of other peoples (authored)."""

_PART = f"[{SOUNDS}]"
_NEVER_FIRST = "合肉则甫荪铁"
_BEFORE = re.compile(f"(?![{_NEVER_FIRST}]){_PART}{{1,6}}\\Z")
_AFTER = re.compile(f"(?:·{_PART}{{1,7}}){{1,3}}")


def dotted(view: View) -> Iterator[Hit]:
    """Names of two to four parts, all of them of characters that write sounds."""
    reach = 0
    for at in np.flatnonzero(one_of(view.codes, "·")).tolist():
        if at < reach:
            continue
        before = _BEFORE.search(view.text, max(0, at - 7), at)
        after = _AFTER.match(view.text, at)
        if before is None or after is None or at - before.start() < 2 or before.start() < reach:
            continue
        reach = after.end()
        yield Hit(before.start(), reach, "name", "mention")
