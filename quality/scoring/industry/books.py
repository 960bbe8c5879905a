"""Old books that are about one industry."""

_HISTORY = """
    史记 汉书 后汉书 三国志 晋书 宋书 南齐书 梁书 陈书 魏书 北齐书 周书 隋书 南史 北史
    旧唐书 新唐书 旧五代史 新五代史 宋史 辽史 金史 元史 明史 清史稿 资治通鉴 续资治通鉴
    左传 公羊传 谷梁传 国语 战国策 尚书 逸周书 通典 贞观政要 三朝北盟会编 明季北略 读通鉴论
    九州春秋 六韬 尉缭子 将苑 孙子兵法 孙膑兵法 吴子 司马法 三略 百战奇略 太白阴经
    何博士备论 三十六计 周礼 商君书 管子 贾谊新书
"""
_LITERATURE = """
    红楼梦 三国演义 水浒传 聊斋志异 东周列国志 封神演义 镜花缘 桃花扇 长生殿 花月痕
    海上花列传 儒林外史 官场现形记 杨家将 隋唐演义 西汉演义 南北史演义 初刻拍案惊奇
    二刻拍案惊奇 警世通言 十二楼 狄公案 北游记 绣云阁 绿野仙踪 三侠五义 济公全传 雍正剑侠图
    唐传奇 太平广记 夷坚志 搜神记 搜神后记 世说新语 笑林广记 阅微草堂笔记 清代名人轶事
    古今谭概 陶庵梦忆 声律启蒙 乐府诗集 诗经 楚辞 文心雕龙 幼学琼林 围炉夜话 菜根谭 呻吟语
    曾国藩家书 孟子 庄子 列子 论语 中庸 高士传 论衡 颜氏家训 孔子家语 智囊(选录) 增广贤文
"""
_MEDICINE = """
    本草纲目 神农本草经 千金方 扁鹊心书 食疗本草 黄帝内经 针灸大成 针灸甲乙经 医学源流论
    四圣心源 肘后备急方 温病条辨 难经 伤寒论 金匮要略 洗冤集录
"""
BOOKS = {
    **dict.fromkeys(_HISTORY.split(), "current_affairs_government_administration"),
    **dict.fromkeys(_LITERATURE.split(), "literature_emotion"),
    **dict.fromkeys(_MEDICINE.split(), "medicine_health_psychology_tcm"),
    **dict.fromkeys(("农桑辑要", "齐民要术"), "agriculture_forestry_animal_husbandry_fishery"),
    **dict.fromkeys(("三命通会", "滴天髓阐微", "云笈七签", "黄庭经", "心经"), "other"),
    **dict.fromkeys(("徐霞客游记", "洛阳伽蓝记"), "tourism_geography"),
    "水经注": "water_resources_ocean",
    "九章算术": "mathematics_statistics",
    "棋经十三篇": "game",
    "睡虎地秦墓竹简": "law_judiciary",
}
"""The industry of old books, each of which is about one."""
