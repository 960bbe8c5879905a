"""Values of a rare shape at a distance from their cue; every number is made up."""

import polars as pl
import pytest

from quality.privacy import find

IMEI = "860123456789014"
FILE = "440162706292"
CODE = "D2143569-X"
CARD = "5187105412277452"
MACAU = "5009845(2)"

NEAR = [
    ("imei", IMEI, "这台手机的IMEI是{}和{}，与包装盒不符"),
    ("imei", IMEI, "{}（IMEI），帮忙查一下有没有锁"),
    ("imei", IMEI, "device_id: {}  # IMEI，换机后重新绑定"),
    ("imei", IMEI, "機身號碼\n{}\n"),
    ("imei", IMEI, '{{"imei2": "{}"}}'),
    ("imei", IMEI, "串号分别为 {} / {}"),
    ("imei", IMEI, "<imei>{}</imei>"),
    ("driver_file", FILE, "档案号：{}\n姓名：某甲\n准驾车型：C1"),
    ("driver_file", FILE, "{}（驾驶证档案编号），车辆已年检"),
    ("driver_file", FILE, "本队司机的驾驶证档案编号分别为{}、{}和{}。"),
    ("driver_file", FILE, "file_no: {}  # 驾驶证"),
    ("driver_file", FILE, "駕駛證檔案編號\n{}"),
    ("driver_file", FILE, "到车管所补证，窗口要报档案编号，我的是{}"),
    ("organisation_code", CODE, "{}（组织机构代码），经办人某甲"),
    ("organisation_code", CODE, "org_code={} # 九位"),
    ("organisation_code", CODE, "組織機構\n代碼：{}"),
    ("organisation_code", CODE, "机构代码证遗失，原证号 {}，声明作废"),
    ("organisation_code", CODE, "两家单位的组织机构代码是{}和{}"),
    ("bank_card", CARD, "卡一{}，先扣"),
    ("bank_card", CARD, "让我往这个卡里还：{}，是真的吗"),
    ("bank_card", CARD, '<payee name="某甲" account="{}"/>'),
    ("bank_card", CARD, "bank: {{no: {}, open: 邮储}}"),
    ("bank_card", CARD, "序号;姓名;工资卡\n1;某甲;{}"),
    ("bank_card", CARD, "{}（银行卡），户名某甲"),
    ("mo_id", MACAU, "姓名;澳門身份證\n某甲;{}\n某乙;{}"),
    ("mo_id", MACAU, "{}（澳门居民身份证）"),
    ("mo_id", MACAU, "macau_id={}"),
    ("mo_id", MACAU, "受益人身份證編號：「{}」"),
    ("mac", "D9-6B-95-87-7A-5A", "机号177，MAC{}，上机人某甲"),
    ("mac", "ED-B1-8D-DE-CF-AB", "网卡MAC{}"),
    ("mobile", "1440535310151", "终端已装，SIM接入号{}"),
    ("mobile", "17105139294", "INFO sms.send to={} result=OK"),
    ("plate", "粤H·AYBX6", "高速上有个{}一直占着超车道"),
    ("plate", "鲁BFJMP5", "gate=2 plate={} time=18:07"),
]
LOOK_ALIKES = [
    f"订单号{IMEI}，IMEI见包装盒",
    f"合同编号{FILE}，驾驶证档案另附",
    f"档案号：{FILE}，馆藏民国报纸",
    f"批次{IMEI}已入库",
    f"表1 机构代码-{CODE}-01",
    f"银行流水号{CARD}",
    "物料号13912345678，库存为零",
    "货架编码｜15800002231｜A区",
    "第5009845(2)页",
    f"〔IMEI〕{IMEI}",
]


@pytest.mark.parametrize(("kind", "value", "around"), NEAR)
def test_a_rare_shape_is_found_at_a_distance_from_its_cue(
    kind: str, value: str, around: str
) -> None:
    text = around.format(*[value] * 3)
    found = find(pl.Series([text])).to_list()[0]
    assert [text[f["start"] : f["end"]] for f in found if f["kind"] == kind] == [
        value
    ] * around.count("{}")


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_number_of_a_thing_stays(text: str) -> None:
    assert find(pl.Series([text])).to_list() == [[]]
