# ruff: noqa: E501 - a context is one line
"""Contexts of the half `final`, held out: courts, banks, schools, jobs, JSON, tables, Hong Kong.

Nothing is to be tuned on them. Each line is a context (see `case`); ⏎ is a new line.
"""

POSITIVES = {
    "name": """
庭审中，«name»承认收过«name»的两万元，但辩称那是归还旧账，与本案无关。
«name»十六岁离家学木匠，师父«name»的铺子就在镇口，后来铺子烧了，他便跟着«name»去修铁路。
开学第一天，«name»迟到了，«name»却早早坐在第一排，课本包得整整齐齐。
我永远记得«name»老师批改作文用的红墨水，也记得«name»借我的那本旧字典。
据邻居«name»反映，案发当晚«name.double»曾与一名陌生男子在楼下争吵。
项目组现有六人，«name»负责后端，«name»负责测试，«name»下月入职。
«name.minority»的毕业论文得了优秀，导师«name»推荐她继续读博。
银行柜员«name»发现老人神色慌张，便叫来大堂经理«name»一起劝阻，最终保住了养老钱。
街坊«name.trad»話，大廈升降機壞咗成個禮拜，八十歲嘅«name.trad»婆婆要行十二層樓梯。
«name.trad»與«name.trad»合伙經營茶餐廳，去年結業後各自移居外地。
原告«name»与被告«name»民间借贷纠纷一案，本院立案后依法适用简易程序公开开庭进行了审理。
被告人«name»犯盗窃罪，判处有期徒刑八个月，并处罚金人民币二千元。
上诉人（原审被告）«name»不服一审判决，向本院提起上诉。
尊敬的«name»先生：您尾号已变更的借记卡将于下月到期。
{"user": {"nickname": "蓝色鲸鱼", "real_name": "«name»", "vip": 3}}
兹证明«name»同学系我校计算机学院在读本科生，品行端正。
经查，嫌疑人«name»伙同«name»多次在商场行窃，现均已被刑事拘留。
| 序号 | 员工 | 部门 |⏎| 1 | «name» | 财务部 |⏎| 2 | «name.double» | 采购部 |
敬爱的祖母«name.trad»女士於昨晚安詳離世，享年九十有二。
立遗嘱人：«name»；见证人：«name»、«name»。
«name»这孩子聪明，就是上课爱走神，家长要多督促。
本人«name.minority»，男，维吾尔族，应聘贵公司仓库管理员一职。
甲方（出租方）：«name»⏎乙方（承租方）：«name»
一九七八年，«name»考上了师范，成了村里头一个大学生，乡亲们敲锣打鼓把他送到车站。
委托诉讼代理人：«name»，某律师事务所律师。
教务处通知：请«name»、«name»两位老师于周三前交齐期末试卷。
保单的受益人改成了«name»，不再是他的前妻«name»。
議員助理«name.trad»表示，已收到三十多名街坊的求助。
编号	班主任	人数⏎初一(1)	«name»	45⏎初一(2)	«name.double»	47
车间主任«name»带着几个青工连干了三个通宵，终于把机器修好了。
公证员«name»出具了公证书，申请人«name»当场签收。
老支书«name.whole»挨家挨户动员，才把搬迁的事定了下来。
获奖名单公示如下：一等奖«name»；二等奖«name»、«name»；三等奖空缺。
和«name»离婚以后，她一个人把女儿带大，从没找«name»要过一分钱。
""",
    "address": """
被告住所地：«address»。
抵押房产坐落于«address»，建筑面积九十六平方米。
应聘者现居«address.short»，可随时到岗。
{"receiver": "«name»", "addr": "«address»", "zip": null}
户籍所在地«address.village»，捕前无固定职业。
家访记录：学生住«address.short»，父母均在外地打工。
| 业主 | 房号 |⏎| «name» | «address.lane» |
對帳單郵寄地址：«address.hk»
申請人住址為«address.hk»，與父母及弟弟同住。
寄往澳門的信件請寄«address.mo»，勿折。
保险标的地址«address»保险期间一年
送达地址确认书：本人确认送达地址为«address.lane»，邮寄退回视为送达。
""",
    "birth_date": """
被告人«name»，男，«birth_date»出生于某省，初中文化。
学生信息：«name»，女，出生于«birth_date.month»，走读。
{"name": "«name»", "birthday": "«birth_date.dash»", "sex": 1}
被保险人出生日期：«birth_date»，投保年龄按周岁计算。
个人简历　出生年月：«birth_date.dot»　学历：本科
«name»，«birth_date.han»生，自幼随祖父习字。
| 姓名 | 出生日期 | 年级 |⏎| «name» | «birth_date.slash» | 二 |⏎| «name» | «birth_date.dash» | 三 |
出生日期:«birth_date.compact»⏎民族:汉⏎文化程度:高中
失踪人«name»，生于«birth_date»，于某年外出后下落不明。
出世日期：«birth_date.slash»，婚姻狀況：已婚
我姐«birth_date.month»出生，比我大六岁。
""",
    "resident_id": """
被执行人«name»，公民身份号码«resident_id»，现下落不明。
借款人身份证号码：«resident_id.x»，借款金额人民币伍万元整。
{"id_no":"«resident_id»","id_type":"01"}
考生«name»，身份证件号«resident_id»，请携带原件入场。
INSERT INTO staff VALUES ('«name»','«resident_id.lower»','«mobile»');
| 投保人 | 证件号码 |⏎| «name» | «resident_id» |⏎| «name» | «resident_id.x» |
原审查明其身份证号为«resident_id.old»，系第一代证。
甲方«name»（身份证号：«resident_id»）自愿将房屋出租给乙方«name»（身份证号：«resident_id»）。
学籍号为G«resident_id»，转学时不变。
姓名	身份证	金额⏎«name»	«resident_id»	«price»
持港澳居民居住证（«resident_id.hmt»）的应聘者也可报名。
户主«name»«resident_id»，之子«name»«resident_id»。
""",
    "permit": """
原告持港澳居民来往内地通行证，号码«permit.home»。
开户证件：台湾居民来往大陆通行证，证件号«permit.taiwan»
{"cert_type":"HKMO_PERMIT","cert_no":"«permit.home10»"}
应聘者为外籍，外国人永久居留身份证号«permit.foreign»，中文流利。
往来港澳通行证号：«permit.to_hk»⏎签注有效期：三个月
| 学生 | 证件 | 号码 |⏎| «name.trad» | 回乡证 | «permit.home» |⏎| «name.trad» | 台胞证 | «permit.taiwan» |
赴台研修人员«name»，往来台湾通行证«permit.to_tw»。
回鄉證號碼：«permit.home»，請於入境時出示。
被告人系台湾居民，持台胞证«permit.taiwan»入境。
外国人永久居留证（证号«permit.foreign_old»）与护照一并提交银行核验。
""",
    "passport": """
被告人持护照（号码«passport»）企图偷越国境时被查获。
请将护照首页扫描件发至学校，护照号码«passport.new»须清晰可见。
{"passport_no": "«passport»", "nationality": "CHN"}
留学申请人«name»，护照号«passport.new»，录取专业为土木工程。
| 团员 | 护照号 |⏎| «name» | «passport» |⏎| «name» | «passport.new» |
开户人出示护照«passport»作为身份证明。
外派员工护照号：«passport.new»，签证到期前三十日须续签。
«name»因公护照«passport.official»已交外事办保管
特區護照號碼«passport»遺失，已向入境處報失。
姓名	护照号	舱位⏎«name»	«passport»	经济舱
""",
    "hk_id": """
申請人香港身份證號碼為«hk_id»，現居於公屋。
第二被告«name.trad»，持香港永久性居民身份证，号码«hk_id.wide»。
{"hkid":"«hk_id»","lang":"zh-HK"}
強積金成員：«name.trad»，身份證號碼：«hk_id.two»
香港身份证号码«hk_id.plain»开立的离岸账户已注销。
| 會員 | 香港身份證 |⏎| «name.trad» | «hk_id» |⏎| «name.trad» | «hk_id.two» |
學生身份證號碼«hk_id.wide»，班別：中三丁
見證人簽署，香港身份證«hk_id»
遺囑執行人«name.trad»（香港身份證號碼«hk_id»）
保單持有人HKID號碼：«hk_id.two»
""",
    "mo_id": """
上诉人系澳门居民，澳门居民身份证号«mo_id»。
澳門居民身份證編號«mo_id.wide»，戶口已凍結。
{"doc":"澳门身份证","no":"«mo_id»"}
| 僱員 | 澳門身份證號碼 |⏎| «name.trad» | «mo_id.slash» |⏎| «name.trad» | «mo_id» |
聲明人«name.trad»，持澳門永久性居民身份證編號«mo_id»，現聲明如下。
獎學金申請：澳門身份證«mo_id.slash»，成績單隨附
应聘者«name.trad»，澳门身份证号码：«mo_id.wide»，可自由往返。
业主持澳门居民身份证（«mo_id.slash»）办理产权登记
澳门身份证:«mo_id»⏎开户行:横琴支行
""",
    "tw_id": """
被告为台湾居民，台湾身份证号«tw_id»，送达困难。
開戶人身分證統一編號：«tw_id»，印鑑已建檔。
{"tw_id": "«tw_id»", "county": "TPE"}
| 學生 | 身分證字號 |⏎| «name.trad» | «tw_id» |⏎| «name.trad» | «tw_id.foreign» |
台商子女学校新生«name.trad»，身分证字号«tw_id»。
要保人：«name.trad» 身分證字號：«tw_id» 職業類別：內勤
新式外來人口統一證號«tw_id.foreign»，外籍教師聘書已發。
债务人持台湾地区身份证（«tw_id»）及台胞证«permit.taiwan»。
應徵者身分證號碼:«tw_id»⏎希望待遇:面議
""",
    "driver_file": """
被告人驾驶证档案编号«driver_file»，案发时已被吊销。
投保车辆驾驶人档案编号：«driver_file»
{"license_file_no": "«driver_file»", "档案编号": "«driver_file»"}
| 司机 | 驾驶证档案编号 |⏎| «name» | «driver_file» |⏎| «name» | «driver_file» |
招聘货车司机，面试时登记驾驶证档案编号，如«name»为«driver_file»。
机动车驾驶证副页⏎档案编号 «driver_file»⏎记录 请于有效期满前换证
校车司机«name»，驾驶证档案号«driver_file»，三年无违章。
驾照档案编号:«driver_file»，准驾车型:A1
经查询，其驾驶证（档案编号«driver_file»）处于超分状态。
""",
    "mobile": """
原告联系电话«mobile»，送达方式为电子送达。
请于三日内致电客户经理«name»，手机«mobile.space»。
家长手机:«mobile»；学生手机:«mobile.dash»
HR «name»，«mobile.plus»，欢迎带简历来面试。
{"phone":"«mobile»","verified":true}
INFO 2024 sms sent to=«mobile.zero» status=OK
| 部门 | 值班人 | 手机 |⏎| 水电 | «name» | «mobile» |⏎| 保洁 | «name» | «mobile.dash» |
嫌疑人用«mobile»与被害人联系，该号码系他人身份开办。
班主任«name»«mobile»有事请直接打电话
共享单车锁内物联网号码«mobile.things»，由运营商统一管理。
聯絡電話：«mobile.hk»，請於辦公時間致電。
澳門手提電話«mobile.mo»，可WhatsApp查詢。
业主群里有人冒充物业，号码«mobile»，大家别接。
来稿请注明作者手机«mobile»以便寄送样刊。
保险报案人«name»（«mobile.space»）称车辆追尾。
姓名	电话	科目⏎«name»	«mobile»	数学
""",
    "landline": """
原告单位电话«landline»，法定代表人另行委托代理人到庭。
客户经理办公电话：«landline.ext»，传真«landline.bracket»。
招生办电话：«landline.wide»转招生组
{"tel": "«landline»", "fax": "«landline»"}
有意者请致电«landline.tight»，人事部«name»。
| 校区 | 门卫电话 |⏎| 东 | «landline» |⏎| 西 | «landline.bracket» |
住宅电话:«landline.bracket»⏎邮编:略
嫌疑人多次拨打被害人家中电话«landline»进行滋扰
公司電話：«landline.hk»，分行地址見背頁。
澳門辦事處電話«landline.mo»
物业前台«landline»，夜间值班«landline.tight»
""",
    "email": """
电子送达邮箱：«email»，发送成功即视为送达。
请把对账单发到我的邮箱«email.qq»，谢谢。
投递简历至«email.work»，标题注明岗位加姓名。
{"email":"«email»","subscribed":false}
家长信箱«email.qq»，欢迎反映食堂问题。
| 导师 | 邮箱 |⏎| «name» | «email.work» |⏎| «name» | «email» |
嫌疑人使用邮箱«email»注册了多个虚假账号。
From: «email»⏎To: «email.work»⏎Subject: 合同盖章
稿件请发«email.work»编辑部收
電郵：«email.work»，本行職員不會索取密碼。
""",
    "bank_card": """
被告于某日向原告账户«bank_card»转账还款«price»元。
您尾号已升级的新卡卡号为«bank_card.long»，请妥善保管。
奖学金发放账号：«bank_card»，开户人须为学生本人。
{"payee":"«name»","card_no":"«bank_card.long»","cny":«price»}
工资发放至中国银行卡«bank_card.groups»，每月十日。
| 收款人 | 卡号 | 金额 |⏎| «name» | «bank_card» | «price» |⏎| «name» | «bank_card.long» | «price» |
冻结被申请人«name»名下银行账户«bank_card.long»内存款。
赃款经«bank_card»、«bank_card.long»两张银行卡层层转出。
信用卡卡号：«bank_card.groups»⏎有效期：略
理赔款划入被保险人借记卡«bank_card»，预计三个工作日。
""",
    "credit_code": """
被告«company»，统一社会信用代码«credit_code»，住所地略。
个体工商户«name»，统一社会信用代码«credit_code.sole»，经营餐饮。
{"company":"«company»","uscc":"«credit_code»"}
贷款企业：«company»（统一社会信用代码：«credit_code»）
培训机构办学许可核验，统一社会信用代码：«credit_code.office»。
| 供应商 | 税号 |⏎| «company» | «credit_code» |⏎| 某便利店 | «credit_code.sole» |
招聘单位统一信用代码«credit_code»，已通过平台认证。
行政处罚当事人：某粮油店（经营者«name»），社会信用代码«credit_code.sole»
工会统一社会信用代码:«credit_code.office»
""",
    "organisation_code": """
被告«company»，组织机构代码«organisation_code»。
贷款卡关联组织机构代码«organisation_code.tight»，已核销。
{"org_code":"«organisation_code»","组织机构代码":"«organisation_code»"}
学校组织机构代码：«organisation_code»，标识码另行公布。
| 单位 | 组织机构代码 |⏎| «company» | «organisation_code» |⏎| «institution» | «organisation_code.tight» |
海关注册资料中组织机构代码为«organisation_code»
组织机构代码:«organisation_code»⏎登记机关:略
用人单位组织机构代码«organisation_code»须与社保一致。
原告提交组织机构代码证（代码«organisation_code»）复印件一份。
""",
    "plate": """
«name»驾驶«plate»号小型轿车沿国道由南向北行驶，与行人相撞。
保险车辆号牌号码：«plate.electric»，使用性质：非营运。
校车«plate»今日因故障晚点二十分钟，请家长知悉。
{"plate":"«plate»","gate":"N2","in":"«moment»"}
查封被执行人名下«plate.dot»轿车一辆，查封期限两年。
| 车主 | 车牌号码 | 月租 |⏎| «name» | «plate» | 300 |⏎| «name» | «plate.electric» | 300 |
应聘网约车司机自带车辆«plate.electric»。
教练车«plate.special»违反规定路线训练，罚款二百元。
半挂牵引车«plate.lorry»夜间行驶时灯光不全
跨境巴士車牌«plate.special»，每日兩班。
""",
    "social_security": """
原告社会保障号码«social_security»，参保单位欠缴养老保险费。
补充医疗保险理赔须填写医保卡号，如：«social_security.letters»
{"社保号":"«social_security»","status":"active"}
新员工入职登记：«name»，社保账号«social_security»
学生医保号：«social_security.letters»，请家长核对。
| 职工 | 社保编号 |⏎| «name» | «social_security» |⏎| «name» | «social_security.letters» |
养老保险个人编号:«social_security»⏎缴费基数:«price»
工伤认定申请书：社保号«social_security»
医疗保险手册号«social_security.letters»，遗失补办。
""",
    "medical_record": """
原告因伤入院治疗，住院号«medical_record»，支出医疗费«price»元。
理赔材料：出院小结（住院号：«medical_record.letters»）、费用清单。
{"病历号":"«medical_record»","科室":"骨科"}
学生因病休学，附门诊病历，门诊号：«medical_record»。
| 床位 | 住院号 | 护理级别 |⏎| 3 | «medical_record» | 一级 |⏎| 5 | «medical_record.letters» | 二级 |
司法鉴定摘要：据某院病案号«medical_record»记载，左胫骨骨折。
病案号:«medical_record.letters»⏎复印份数:2
商业保险核保调取病历号«medical_record.letters»的既往史
工伤职工住院病历号«medical_record»，医院盖章有效。
體檢中心病歷編號：«medical_record.letters»
""",
    "qq": """
被告通过QQ号«qq»向多人发送虚假中奖信息。
家长群管理员QQ：«qq»，入群请改备注。
{"qq":"«qq»","level":32}
应聘请加QQ«qq»详谈，日结。
| 课代表 | QQ号 |⏎| «name» | «qq» |⏎| «name» | «qq» |
工作室客服QQ号码：«qq»；投诉QQ号码：«qq»
网名“老船长”（QQ号：«qq»）涉嫌诈骗
编辑扣扣«qq»，来稿必复
理财顾问QQ«qq»已被平台封禁
""",
    "wechat": """
双方通过微信（微信号«wechat»）协商还款事宜。
客户经理微信号：«wechat»，转账前请电话核实。
班主任微信«wechat»，加好友请注明学生姓名。
{"wechat_id":"«wechat.id»","remark":"房东"}
招聘兼职，微信联系：«wechat»
| 房源 | 中介微信 |⏎| 两室 | «wechat» |⏎| 三室 | «wechat» |
嫌疑人使用微信账号«wechat.id»收款
有意租房者加微信：«wechat»，中介勿扰
報名請加微信號«wechat»
""",
    "ip": """
经技术勘验，发帖人使用的IP地址为«ip»。
网银登录地点异常，IP «ip»，如非本人请挂失。
{"ts":"«moment»","client_ip":"«ip»","path":"/login"}
«ip» - - [GET /student/score HTTP/1.1] 200 «count»
| 账号 | 来源IP |⏎| «name» | «ip» |⏎| «name» | «ip.six» |
远程面试系统记录的客户端地址:«ip.six»
投票作弊IP段来自«ip»和«ip»两个地址。
公安机关调取该账号登录IP«ip»，定位至某网吧
X-Forwarded-For: «ip»
""",
    "mac": """
扣押笔记本电脑一台，网卡MAC地址为«mac.dash»。
考场设备登记：MAC地址«mac»，座位«count»。
{"device":"attendance","mac":"«mac.lower»"}
| 工号 | 姓名 | 电脑MAC |⏎| «count» | «name» | «mac» |⏎| «count» | «name» | «mac.dash» |
DHCPACK on lease to «mac.lower» via eth0
嫌疑人手机无线网卡物理地址«mac»曾连接现场路由器
网银盾绑定终端«mac.dash»已失效
学生平板MAC:«mac»⏎管控策略:白名单
""",
    "imei": """
被盗手机串号（IMEI）为«imei»，价值人民币三千余元。
碎屏险投保设备IMEI：«imei»，保单次日生效。
{"imei":"«imei»","os":"android"}
| 资产 | IMEI |⏎| 外勤手机 | «imei» |⏎| 备用机 | «imei» |
学生电话手表IMEI码«imei»绑定家长账号。
扣押清单：手机一部，IMEI:«imei»，机身有划痕
员工领用手机«model»，串号«imei»
設備IMEI編號：«imei»，分期付款已繳清
""",
    "secret": """
嫌疑人供述其网银登录密码为«secret.password»。
对公网银操作员初始口令：«secret.password»，首次登录强制修改。
{"access_key_id":"«secret.aliyun»","region":"cn-hangzhou"}
教务系统用户名为学号，密码：«secret.password»
AWS_ACCESS_KEY_ID=«secret.aws»
| 环境 | 密钥 |⏎| 测试 | «secret.model» |⏎| 生产 | «secret.model» |
git clone 时报错，令牌是«secret.github»，权限全开了
set-cookie: session=«secret.token»; HttpOnly
服务器交接文档附私钥如下⏎«secret.pem»
CI变量里写死了«secret.gitlab»，离职后未吊销。
前端源码中发现谷歌密钥«secret.google»
password: «secret.password»⏎host: db-master
""",
    "mixed": """
出租方：«name»，身份证号：«resident_id»，联系电话：«mobile»⏎承租方：«name»，身份证号：«resident_id.x»，联系电话：«mobile.space»⏎房屋坐落：«address»⏎租金汇入：«bank_card.long»
原告：«name»，男，«birth_date»出生，汉族，住«address.village»，公民身份号码«resident_id»。
{"name":"«name»","id":"«resident_id»","tel":"«mobile»","mail":"«email»","ip":"«ip»"}
个人简历⏎姓名：«name»　出生年月：«birth_date.month»⏎手机：«mobile.dash»　邮箱：«email»⏎现居：«address.short»⏎求职意向：会计
| 姓名 | 身份证号 | 手机 | 车牌 |⏎| «name» | «resident_id» | «mobile» | «plate» |⏎| «name» | «resident_id» | «mobile» | «plate.electric» |
姓名：«name.trad»⏎身份證號碼：«hk_id»⏎電話：«mobile.hk»⏎住址：«address.hk»
学生«name»，身份证«resident_id»，父亲«name»«mobile»，母亲«name»«mobile.space»，家庭住址«address»。
投保人«name»（«resident_id»）于«address»投保，扣款账户«bank_card»，保单寄送«email»。
""",
}

OBFUSCATED = {
    "mobile": """
高薪诚聘夜班保安，联系«~mobile»，包食宿
被告人在网页上留下号码«~mobile»招揽生意
专业代开发票«~mobile»诚信为本
兼职刷单请拨«~mobile»，日入三百
出租单间，房东号码«~mobile»，中介勿扰
{"remark":"客户留言：打我电话«~mobile»"}
""",
    "landline": """
招租热线(个人)«~landline»，看房预约
宿舍电话：«~landline»
办公室固定电话«~landline»，找«name»
""",
    "resident_id": """
乙方身份证号码：«~resident_id»（手写体识别）
考生证件号：«~resident_id»⏎考点：略
身份证件«~resident_id»，扫描件识别结果
""",
    "bank_card": """
保证金汇入银行卡«~bank_card»，户主«name»
收款卡号：«~bank_card.long»，备注学号
账户«~bank_card»涉嫌洗钱
""",
    "qq": """
枪手代考，企鹅«~qq»，包过
腾讯QQ：«~qq»，高价回收
群主扣扣：«~qq»，入群暗号666
➕Q«~qq»，免费领网课
抠抠«~qq»，急聘打字员
""",
    "wechat": """
➕V：«~wechat»，名额有限
威信«~wechat»，办理贷款黑户可做
VX➡«~wechat»，看房随时
卫星：«~wechat»，兼职日结
""",
    "email": """
简历投«~email»，合则约见
作业交到«~email.qq»，周五截止
投诉邮箱：«~email»
被害人将材料发往«~email»
合作联系«~email.qq»，标题写公司名
""",
    "plate": """
违停车辆：«~plate»，已贴条
出险车辆号牌«~plate»
""",
    "birth_date": """
生于«~birth_date»，现就读于本校高二
出生日期：«~birth_date.compact»（识别）
""",
    "passport": """
护照号：«~passport»，录取通知书寄出前核对
学员护照«~passport»
""",
    "permit": """
往来港澳通行证：«~permit.to_hk»，银行留存
回乡证号码«~permit.home»，开户用
""",
    "hk_id": """
受保人香港身份證號碼：«~hk_id»
香港身份证«~hk_id»，扫描识别
""",
    "mo_id": """
澳門身份證編號：«~mo_id»
业主澳门身份证«~mo_id»
""",
    "tw_id": """
身分證統一編號：«~tw_id»，開戶用
债务人身分证字号«~tw_id»
""",
    "name": """
被告：«~name»，女，汉族
学生姓名：«~name»，班级：高一
""",
    "address": """
送达地址：«~address»
房产坐落：«~address»，无抵押
""",
    "credit_code": """
社会信用代码：«~credit_code»，扫描识别
经营者信用代码«~credit_code.sole»
""",
    "organisation_code": """
单位组织机构代码：«~organisation_code»，旧证
""",
    "driver_file": """
驾照档案编号：«~driver_file»，副页识别
""",
    "social_security": """
职工社保编号：«~social_security»
参保人医保卡号«~social_security»
""",
    "medical_record": """
住院病案号：«~medical_record»
鉴定材料病历号«~medical_record»
""",
    "ip": """
客户端IP：«~ip»
""",
    "mac": """
网卡MAC：«~mac»
""",
    "imei": """
手机IMEI码：«~imei»
串号：«~imei»，扣押清单识别
""",
    "secret": """
网银登录密码：«~secret.password»
系统口令：«~secret.password»，用后删除
""",
}
