r"""More contexts of the half `tune`, for kinds that are numbers: other places, layouts and cues.

Courts, banks, schools, customs, hotels, data files, logs, minutes, subtitles, Hong Kong, Macau.
Each line is a context (see `case`); ⏎ is a new line, and \t a tab.
"""

POSITIVES = {
    "resident_id": """
被执行人«name»，男，汉族，«birth_date»出生，公民身份号码«resident_id»，户籍所在地«address.village»，未履行生效法律文书确定的义务，本院依法对其采取限制消费措施。
甲方（出租人）：«name»⏎ID：«resident_id»⏎乙方（承租人）：«name»⏎ID：«resident_id.x»⏎双方经协商一致，签订本合同。
{"guest": "«name»", "idType": "01", "idNo": "«resident_id»", "nights": 3}
«resident_id»（证号），本人，无代理。
序号|学生姓名|证件号码|是否住宿⏎1|«name»|«resident_id»|是⏎2|«name»|«resident_id.x»|否
投保人证号«resident_id»，被保险人证号«resident_id»，受益人为法定。
身份证（本人已当面核对原件，与系统照片相符，复印件留存一份入卷）«resident_id.x»
SFZ«resident_id»，名字«name»，帮我查下绿码
- 2:14:06 → 2:14:09⏎报一下证号？⏎«resident_id»。⏎好，稍等。
«resident_id»、«resident_id»、«resident_id.x»这三位考生请于今日内补交照片。
INSERT INTO t_person (xm, sfzh, bz) VALUES ('«name»', '«resident_id»', NULL);
立案⏎告知书⏎«name»：⏎身份⏎证号⏎码«resident_id»⏎你被诈骗一案，我局认为符合立案条件。
纳税人«name»［«resident_id»］综合所得年度汇算申报成功，应退«price»元。
证件类型\t证件号\t入住\t离店⏎居民身份证\t«resident_id»\t«calendar»\t«calendar»
群里接龙，格式姓名加身份证：1.«name»«resident_id» 2.«name»«resident_id» 3.«name»«resident_id.lower»
一代证还留着呢，十五位那种，«resident_id.old»，现在谁还认？
港澳居民居住证/«resident_id.hmt»/有效期五年/签发机关见背面
业主身份证号码：«resident_id»；車位：B2-«count»；物业费已缴至年底。
""",
    "permit": """
出入境人员查验记录：旅客持C字头通行证«permit.to_hk»经自助通道入境，无异常。
来往内地通行证（俗称回乡卡，背面右上角那串）是«permit.home»，你填这个就可以了。
certificate_type: home_return_permit⏎certificate_no: «permit.home»⏎holder: «name.trad»
外教聘用备案表|姓名 略|永居证号«permit.foreign»|聘期一年
旅行社名单⏎«name»;往来台湾通行证;«permit.to_tw»;自由行⏎«name»;往来台湾通行证;«permit.to_tw»;跟团
台胞證（五年期卡式）：«permit.taiwan»，住宿一晚，附早餐。
證件：回鄉證　號碼：«permit.home10»　持證人：«name.trad»
原告系台湾地区居民，台湾居民来往大陆通行证号码«permit.taiwan»，委托代理人为本地律师。
"«permit.to_hk»"这本通行证的签注还剩一次，记得周末前用掉
开户证件：港澳居民来往内地通行证；号码：«permit.home10»；职业：教师；税收居民身份：仅为中国税收居民
证号«permit.foreign_old»（外国人永久居留证），入职手续办理中，社保按本地政策参加。
通行証號碼〔«permit.to_hk»〕與訂單不符，請旅客到櫃檯更正。
回乡证«permit.home»或«permit.home»，两本里随便哪本都能取票
被保险人国籍：韩国；证件：外国人永久居留身份证；证件号«permit.foreign»；职业类别：一类
您办理的港澳通行证（«permit.to_hk»）已制证完毕，请于七日内领取。
L字头的大通证«permit.to_tw»去年就过期了，线上续不了
""",
    "passport": """
Passport No.: «passport»⏎Name: 见附件⏎Check-in: «calendar»⏎Remarks: 高楼层，无烟
兹证明«name»（护照号«passport.new»）系我校在读研究生，现赴国外参加学术会议。
失物招领：行李转盘旁拾得护照一本，封皮红色，号码是«passport»，请失主联系机场服务台。
旅客姓名\t护照\t航段⏎«name»\t«passport»\t上海—大阪⏎«name»\t«passport.new»\t上海—大阪
<traveler><doc type="P">«passport.new»</doc><seat>靠窗</seat></traveler>
签证中心：您好，申请人护照«passport»的材料还缺在职证明，请补。
«passport.new»（护照），«passport.new»（孩子的护照），两本一起送签
本人声明护照（号码：«passport»，签发地：略）因保管不慎遗失，声明作废。
持用因公普通护照«passport.official»者，凭派出单位介绍信办理。
PP:«passport»，机票别出错名字
护照首页扫描件模糊，识别出来第一行是姓名拼音，第二行的号是«passport.new»，请人工复核。
旅平險要保人護照號碼：«passport»（請與機票英文姓名一致）
申报人«name»/护照«passport»/携带外币折合«price»美元/已申报
学号,姓名,passport_no⏎2021-03,«name»,«passport»⏎2021-04,«name»,«passport.new»
护照«passport.new»、«passport»均已通过预审
""",
    "hk_id": """
投保人香港身份證號碼為«hk_id»，受保人與投保人為母女關係。
學生證件類別：HKID⏎學生證件號碼：«hk_id»⏎申請年級：小一⏎家長簽署：＿＿＿＿
喂，你個身份證唔該講一次？«hk_id»，啱唔啱？
職位申請表｜姓名：«name.trad»｜身份證號碼：«hk_id.wide»｜要求月薪：面議
被告人«name.trad»，香港居民，香港居民身份证号码«hk_id»，现羁押于看守所。
「«hk_id»」呢個號碼喺系統入面搵唔到，要去入境處查。
香港永久性居民身份证«hk_id.two»及回乡证«permit.home»复印件已收。
業主立案法團會議出席紀錄：«name.trad» «hk_id»；«name.trad» «hk_id.two»
{"holder":"«name.trad»","hkid":"«hk_id»","country":"HK"}
強積金成員身份證明文件號碼«hk_id.plain»，轉移申請已受理。
HKID No. «hk_id.plain» / Tel «mobile.hk»
開戶客戶（身份證：«hk_id»）風險評級為中，須每年覆核一次。
申请人在香港出生，十一岁换的那张身份证上写着«hk_id»，字迹已经看不太清。
港人置业贷款：借款人香港身份证件号«hk_id.wide»，配偶«hk_id.wide»
HK ID：«hk_id»⏎領取地點：尖沙咀門市⏎領取時請出示正本
同業公會會員名冊⏎會員,身份證,入會年份⏎«name.trad»,«hk_id»,2015⏎«name.trad»,«hk_id.two»,2018
""",
    "mo_id": """
申請人持澳門特別行政區永久性居民身份證，編號«mo_id»，現居氹仔。
現金分享計劃查詢：輸入澳門居民身份證號碼«mo_id.slash»後按確定。
娱乐场应聘登记：«name.trad»，澳门居民身份证«mo_id»，可上夜班。
BIR：«mo_id.slash»，電話：«mobile.mo»，約星期三下午。
澳門居民身份證編號|«mo_id.wide»⏎持證人|«name.trad»⏎簽發日期|«calendar»
跨境律师见证书载明：见证人核对了当事人所持的澳门居民身份证，号码为«mo_id»，与本人一致。
學生：«name.trad»（澳門身份證«mo_id»）獲發書簿津貼。
澳门永久居民证号«mo_id.slash»，横琴新街坊购房资格审核通过。
macau_id=«mo_id»
我阿媽張澳門身份證係«mo_id»，可唔可以代佢攞表格？
保單持有人澳門身份證號«mo_id»，地址«address.mo»。
教青局津貼名單⏎姓名;澳門身份證⏎«name.trad»;«mo_id»⏎«name.trad»;«mo_id.wide»
«mo_id»（澳门居民身份证），«mobile.mo»（手提）
澳门车牌两地通行，车主澳门居民身份证«mo_id.slash»，驾照互认换领。
社保基金受益人身份證編號：「«mo_id»」，出生日期：«birth_date»
""",
    "tw_id": """
立契約書人：«name.trad»　身分證字號：«tw_id»　（以下簡稱甲方）
國民身分證統一編號«tw_id»，戶籍設於«address.tw»。
報名表：姓名／«name.trad»　ID／«tw_id»　葷素／素
被保險人ID：«tw_id»，要保人同被保險人。
上訴人«name.trad»（身分證統一編號：«tw_id»）不服原審判決，提起上訴。
身分證\t«tw_id»⏎手機\t«mobile.tw»⏎通訊地址\t«address.tw»
我的身分證字號 «tw_id» 生日不想寫，可以直接幫我查電影票退款嗎
台籍干部入职资料：台湾身份证字号«tw_id»，台胞证另附。
«tw_id»（身分證），請代為申請所得清單，謝謝。
{"name":"«name.trad»","national_id":"«tw_id»","donate":500}
移工居留證統一證號：«tw_id.foreign»；雇主身分證字號：«tw_id»
里長好，我身份證«tw_id»，想登記里民旅遊兩位。
學生身分證號碼後面會自動帶出生日：«tw_id»　«birth_date.roc»
同意書⏎立書人：«name.trad»⏎字　號：«tw_id»⏎中華民國　　年　　月　　日
外配統一證號「«tw_id.foreign»」已換新式，舊式號碼停用。
中獎人身分證«tw_id»、«tw_id»，扣繳憑單明年一月寄出。
""",
    "driver_file": """
机动车驾驶证副页：档案编号 «driver_file»，记录：自签发之日起有效。
被保险人驾驶证（初次领证满三年，准驾C1，无违章未处理）档案编号为«driver_file»。
<驾驶证><准驾车型>A2</准驾车型><档案编号>«driver_file»</档案编号></驾驶证>
货运司机入职须填：从业资格证等级、驾照档案编号«driver_file»、体检日期。
驾照消分的都是骗子，他只问我要档案编号，我发了«driver_file»就后悔了
档案号：«driver_file»⏎姓名：«name»⏎准驾：C1D⏎实习期至：«calendar»
驾校学员转入审核：驾驶证档案编号[«driver_file»]，原发证机关已回函。
行政处罚决定书：当事人«name»，驾驶证档案编号«driver_file»，记12分，罚款«price»元。
«driver_file»（驾驶证档案编号），车辆«plate»
租车合同｜承租人驾照：C1｜档案编号：«driver_file»｜押金：«price»元
driver: { license_class: B1, file_no: «driver_file» }  # 驾驶证档案编号
司机\t驾驶证档案编号\t年审⏎«name»\t«driver_file»\t已审⏎«name»\t«driver_file»\t待审
姓名⏎«name»⏎准驾车型⏎C1⏎档案编号⏎«driver_file»⏎
驾驶证遗失补领，档案编号«driver_file»，照片不用重拍。
本公司车队司机的驾驶证档案编号分别为«driver_file»、«driver_file»和«driver_file»。
""",
    "mobile": """
«mobile»（手机），全天开机。
招聘炊事员一名，包吃住，有意者TEL«mobile»或到店面谈。
本院诉讼服务中心已通过短信方式向当事人预留的手机号码«mobile»送达开庭传票。
家长回执⏎孩子姓名：«name»⏎紧急联系人手提：«mobile»⏎家长签字：
联系TA：«mobile»，价格可小刀，爽快包邮
M: «mobile.space» | T: «landline» | E: «email.work»
"phone":"«mobile»","verified":true,"channel":"小程序"
需要搬运的师傅请与仓库值班员联系，他姓什么我忘了，号码记得是«mobile»，打通后说提货码。
«moment» INFO sms.send to=«mobile» template=1024 result=OK
业主微信群里都喊他老大，真名没人知道，手机倒是贴在门上：«mobile»、«mobile»
有意者致电或短信:«mobile.dash»/«mobile.dash»
物业前台\t«landline»⏎维修\t«mobile»⏎电梯困人\t«mobile»
【«mobile»】您有一笔«price»元的代付请求。
甲方联系方式：«mobile.plus»　乙方联系方式：«mobile.zero»
收：«name» «mobile» «address»⏎寄：«name» «mobile» «address.short»⏎品名：衣物
电联«mobile»看房，随时方便，中介勿扰
手机号⏎«mobile»⏎验证码⏎请输入短信验证码
WhatsApp «mobile.hk»，落單前請先查詢存貨。
請致電«mobile.mo»預約參觀單位，交吉。
連絡電話：«mobile.tw»或«mobile.tw»，非上班時間請勿來電。
ＴＥＬ：«mobile»　ＦＡＸ：«landline»
车上放的挪车牌：临时停车请多包涵«mobile»
流量卡接入号«mobile.things»本月用量超套餐，已达量降速。
""",
    "landline": """
审判庭联系电话«landline»，书记员在庭，请于开庭前三日确认。
«landline»（家），«mobile»（手机）
地址：«address»⏎电话/传真：«landline.bracket»⏎邮编：见信封
Tel: «landline» Fax: «landline» 联系人：«name»
贵行如有疑问，请与我司财务部联系，分机直拨«landline.ext»。
报关行电话«landline.tight»，单证员下班前都在。
ORG;CHARSET=UTF-8:«company»⏎TEL;WORK:«landline»
村委会换了新号，老号打不通了，新的是«landline»，大家互相转告。
客房预订«landline.wide»转总台，婚宴预订请找销售部
租售热线别打，打店里这个座机«landline»，店长接
公司電話：«landline.tw»，統一發票請開二聯式。
校務處電話«landline.hk»，傳真«landline.hk»，網址見校曆。
澳門寫字樓電話«landline.mo»，辦公時間朝九晚六。
部门|座机|负责人⏎采购部|«landline»|«name»⏎质检部|«landline.ext»|«name»
单位固话«landline.bracket»、«landline.bracket»占线的话多拨几次。
phone_home: "«landline»"⏎phone_work: "«landline»"
（联系电话：«landline»；联系人：«name»）
公示期内如有异议，请以书面形式向区教育局人事科反映，受理电话«landline»，电子邮箱«email.work»。
""",
    "bank_card": """
乙方收款账户：户名«name»，开户行某某支行，账号«bank_card.long»。
工资卡«bank_card»，每月十号发，这月怎么还没到？
一卡通«bank_card»已向您尾号匹配的账户转入«price»元，余额请登录查询。
冻结被申请人«name»名下银行存款，账户«bank_card.long»，冻结期限为一年。
ACCT=«bank_card»;CUR=CNY;AMT=«price»;MEMO=货款
助学金发放表⏎姓名\t帐号\t金额⏎«name»\t«bank_card.long»\t«price»⏎«name»\t«bank_card»\t«price»
还花呗还不上，催收让我往这个卡里还：«bank_card»，是真的吗
理赔款将于十个工作日内汇入被保险人本人借记卡（«bank_card»）。
«bank_card.long»（卡号）«name»（户名），转完截图
退税账户：«bank_card.long»⏎开户银行：中国银行⏎状态：校验通过
帐户：«bank_card.groups»⏎戶名：«name»⏎附言：十月房租
卡一«bank_card»，卡二«bank_card»，先从卡一里扣。
农信社存折换卡，新卡«bank_card.groups»，旧的剪角作废
<payee name="«name»" account="«bank_card»" bank="建设银行"/>
彩礼打她卡上，卡号在这，我念你记，«bank_card.groups»，记好了没有？
「信用卡«bank_card»於«calendar»簽帳«price»元，非本人交易」
«bank_card.long»建行«name»
""",
    "credit_code": """
投标人：«company»⏎统一社会信用代码：«credit_code»⏎投标保证金：«price»元
失信被执行人（单位）«company»，代码«credit_code»，执行法院见公告。
捐赠票据抬头写«institution»，税号填«credit_code.office»。
用人单位\t信用代码\t岗位数⏎«company»\t«credit_code»\t«count»⏎«company»\t«credit_code»\t«count»
"uscc": "«credit_code»", "regStatus": "存续"
营业执照（副本）⏎«credit_code.sole»⏎名　称　略⏎类　型　个体工商户⏎经营者　«name»
进口收货人«company»（«credit_code»），申报单位同上，监管方式一般贸易。
«credit_code»（税号），开专票，谢谢
房东说他是个体户，执照号«credit_code.sole»，能给开收据
出租方为机关事业单位，其统一社会信用代码证书载明的代码是«credit_code.office»，有效期五年。
纳税人识别号«credit_code»经查为非正常户，所开具的发票列入异常凭证。
开票资料微信发你：公司名«company»税号«credit_code»地址电话不用填
幼儿园（民办）登记证号«credit_code.office»，收费标准公示于大门右侧。
UPDATE merchant SET licence='«credit_code.sole»' WHERE owner='«name»';
代码:«credit_code»，名称:«company»，住所:«place»
合同专用章下面那行小字就是信用代码：«credit_code»
""",
    "organisation_code": """
机构代码：«organisation_code»⏎名称：«institution»⏎颁发单位：质量技术监督部门
外汇登记证记载：境内主体组织机构代码«organisation_code»，投资总额«amount»美元。
统计报表表头⏎组织机构代码：«organisation_code.tight»　单位详细名称：«company»
贷款卡年审要组织机构代码证，我们的是«organisation_code»，早就三证合一了怎么办？
被告«company»，组织机构代码«organisation_code»，住所地«place»。
org_code=«organisation_code.tight» # 组织机构代码，九位
海关注册登记：组织机构代码«organisation_code.tight»，经营类别进出口收发货人。
«organisation_code»（组织机构代码），经办人«name»
单位名称|组织机构代码|参保人数⏎«company»|«organisation_code»|«count»⏎«company»|«organisation_code.tight»|«count»
学校组织机构代码（证书遗失已登报，号码以市局存档为准）：«organisation_code»
申请单位：«institution»；组织机构代码：「«organisation_code»」；申请事项：用地预审
{"单位":"«institution»","组织机构代码":"«organisation_code.tight»"}
组织机构⏎代码：«organisation_code»⏎开户许可证核准号另附。
企业组织机构代码«organisation_code.tight»、税务登记证号均已注销。
外资企业批准证书上的组织机构代码«organisation_code»与执照不一致
""",
    "plate": """
«plate»车主请速到服务台，您的车窗未关。
物业通知：牌照为«plate»的业主，您的车位管理费已欠费«count»元。
经查，被告人驾驶号牌为«plate»的小型轿车行驶至«road»路口时，与行人发生碰撞。
车号：«plate.dot»⏎货物：钢材⏎毛重：«count»吨⏎司机：«name»
被保险车辆：国产SUV；号牌号码：«plate.electric»；使用性质：非营业
违停抓拍列表：«plate»、«plate»、«plate.electric»、«plate.dot»
entry gate=2 plate=«plate» time=«moment» fee=«price»
出一辆代步车，«plate»，八万公里，一手，价格好商量
挂车«plate.special»、牵引车«plate»，于«calendar»办结出口转关。
校车\t车牌\t照管员⏎1号线\t«plate»\t«name»⏎2号线\t«plate»\t«name»
你叫的车到了，白色那台，«plate.electric»，打双闪呢
"vehicle": {"no": "«plate.lorry»", "type": "轻型厢式货车"}
车牌照号（«plate»），发动机号及车架号见行驶证复印件。
高速上有个«plate.dot»一直占着超车道，闪灯也不让
香港過來嘅兩地牌«plate.special»，喺口岸排咗成個鐘。
随车单：«name»，«plate»，«mobile»
记者注意到，现场被砸的是一辆«plate»面包车，车内无人。
""",
    "imei": """
手机回收估价单⏎机型：«model»⏎IMEI：«imei»⏎成色：九成新
拨号界面输入*#06#，显示的IMEI是«imei»和«imei»，跟盒子上对不上。
扣押物品清单：黑色手机一部（串号«imei»），屏幕有裂痕。
盗抢险报案：品牌略，IMEI：«imei»，购机发票«price»元。
device_id: «imei»  # IMEI，换机后需重新绑定
国补核销：商品串码（IMEI）«imei»已激活，不可重复申领。
IMEI碼：«imei»，保固至明年底，盒裝配件齊全。
«imei»（IMEI），帮查是不是有锁
型号\tIMEI\t领用人⏎«model»\t«imei»\t«name»⏎«model»\t«imei»\t«name»
手機序號IMEI「«imei»」已向電信公司掛失停用。
<terminal imei="«imei»" status="offline"/>
售后登记：故障为不开机，机身背贴被撕，后来在卡托上找到IMEI，是«imei»。
IMEI1：«imei»⏎IMEI2：«imei»⏎MEID：略
网约车终端IMEI«imei»，SIM接入号«mobile.things»，安装师傅已离场。
涉案手机IMEI号分别为«imei»、«imei»，经鉴定价值«price»元。
""",
    "ip": """
«moment» sshd[2211]: Failed password for root from «ip» port 52144 ssh2
«ip» - - "GET /index.html HTTP/1.1" 200 «count»
办案民警通过调取后台数据，锁定发帖人使用的IP地址为«ip»，归属地与其供述一致。
来源地址\t次数\t处置⏎«ip»\t«count»\t封禁⏎«ip»\t«count»\t观察
{"uid":10086,"remote_addr":"«ip»","ua":"Mozilla/5.0"}
allow from «ip»; deny all;
公司出口IP是«ip»，加一下数据库白名单
服务器：«ip»:8080，账号找管理员要
[whitelist]⏎office=«ip»⏎backup=«ip.six»
考试系统监测到«ip»与«ip»在同一时段提交答卷，内容高度雷同。
遊戲帳號遭盜，登入紀錄顯示IP「«ip»」來自海外。
ping «ip»，四个包全丢了，«ip»倒是通的
curl http://[«ip.six»]:443/health 超时
投票刷量核查说明：同一IP（«ip»）共投出«count»票，依规予以剔除。
«name»于«moment»登录网银，IP«ip»，设备未知。
inet6 «ip.six» prefixlen 64 dynamic
""",
    "mac": """
dhcpd: DHCPACK to «mac.lower» via eth0
无线接入终端名单⏎终端,MAC,归属⏎手机,«mac»,«name»⏎平板,«mac»,«name»
网卡物理地址«mac.dash»已绑定端口，换电脑请先报修。
宿舍路由器限速只认MAC，我的是«mac.lower»，室友的是«mac.lower»
?(192.168.1.20) at «mac.lower» on en0 ifscope
<device name="电视" hwaddr="«mac»"/>
考勤机手机打卡记录：«name»，蓝牙MAC「«mac»」，«moment»
商场探针采集的手机MAC（«mac»）应当匿名化处理后再使用。
以太网适配器：⏎物理地址. . . . . . . : «mac.dash»⏎DHCP 已启用. . . : 是
网吧登记系统：机号«count»，MAC«mac.dash»，上机人«name»
UPDATE nic SET owner='«name»' WHERE mac='«mac»';
家用摄像头离线，标签上印着MAC:«mac»，SN磨掉了。
電腦網路卡卡號«mac.dash»，申請宿舍網路用。
bssid=«mac.lower» ssid=访客网络 signal=-61
«mac»、«mac»这两台是谁的？不认领就拉黑了
Wi-Fi位址：«mac»　藍牙位址：«mac»
""",
    "mixed": """
序号;姓名;证号;手提;卡号;牌照⏎1;«name»;«resident_id»;«mobile»;«bank_card.long»;«plate»⏎2;«name»;«resident_id.x»;«mobile»;«bank_card»;«plate.electric»
借　条⏎今借到«name»现金«price»元，期限半年。⏎借款人：«name»，ID«resident_id»，T:«mobile»，«calendar»
name: «name»⏎id_card: "«resident_id»"⏎mobile: "«mobile»"⏎bank: {no: "«bank_card»", open: 邮储}
訪客登記｜«name.trad»｜«hk_id»｜«mobile.hk»｜«plate»
«name»，«mobile»，«plate»，«resident_id»，明早七点闸口放行
入住客人⏎«name» 身份证 «resident_id»⏎«name.trad» 台胞证 «permit.taiwan»⏎«name» 护照 «passport.new»
报案人«name»（«mobile»）称其手机（IMEI：«imei»）被盗后，银行卡«bank_card»被人转走«price»元，登录IP为«ip»。
开票：«company»，«credit_code»，«landline»；收件：«name»，«mobile»，«address»
""",
}

OBFUSCATED = {
    "resident_id": """
材料里证号手写成«~resident_id»，请窗口辨认
"id_no": "«~resident_id»"
«~resident_id»（身份证），名字«name»，代抢门票
ID：«~resident_id.x»，借条上就这么写的
序号\t证件号⏎1\t«~resident_id»⏎2\t«~resident_id»
甲方身份证号码（大小写均可）为«~resident_id»，特此承诺
""",
    "permit": """
取票凭回乡证«~permit.home»，扫描件
通行证号码（港澳）：«~permit.to_hk»
證件：回鄉證　«~permit.home»
旅客名单⏎«name»|港澳通行证|«~permit.to_hk»
«~permit.to_hk»（往来港澳通行证），签注一次
""",
    "passport": """
Passport：«~passport»，複印件
护照/«~passport»/中国
旅客护照号码识别结果为«~passport»，置信度低
passport_no = «~passport»
本人护照（«~passport»）遗失作废
""",
    "hk_id": """
HKID：«~hk_id»，影印本
投保人身份證號碼«~hk_id»，香港居民
香港居民身份证号码：「«~hk_id»」
學生HKID«~hk_id.two»，家長簽署
香港身份证⏎«~hk_id.wide»
""",
    "mo_id": """
持澳門居民身份證«~mo_id»者免費入場
澳门居民身份证号：«~mo_id»，复印
澳門身份證編號「«~mo_id»」
BIR：«~mo_id»，領取津貼
学生澳门身份证号码（«~mo_id»）有误
""",
    "tw_id": """
立書人身分證字號«~tw_id»，簽章
國民身分證統一編號：«~tw_id»
ID：«~tw_id»（身分證）
身分證\t«~tw_id»⏎姓名\t«name.trad»
身分證號碼「«~tw_id»」，報名用
""",
    "driver_file": """
驾驶证副页档案编号«~driver_file»，印得太淡
驾照档案号：«~driver_file»，租车用
司机档案编号（驾驶证）：«~driver_file»
驾驶证⏎档案编号⏎«~driver_file»
档案编号=«~driver_file»，准驾车型C1
""",
    "mobile": """
出闲置，T:«~mobile»，看到就回
招临时工日结，TEL«~mobile»
«~mobile»（手机），别在站内私信
房东直租无中介，想看房的联系«~mobile»约时间
收账要账找«~mobile»，不成功不收费
"contact":"«~mobile»"
手提：«~mobile»／«~mobile»
字幕：加盟请拨«~mobile»
""",
    "landline": """
店里电话«~landline»，外卖也送
Tel:«~landline»，找前台
办公室（座机）«~landline»，下午有人
传真«~landline»，请加封面
联系电话⏎«~landline»
""",
    "bank_card": """
账号：«~bank_card»，建行，备注房租
工资卡«~bank_card.long»，换好了
定金打«~bank_card»这张卡，«name»
卡号«~bank_card»⏎户名«name»
赌资均汇入被告人控制的账户«~bank_card.long»
""",
    "credit_code": """
税号：«~credit_code»，传真件
投标人信用代码«~credit_code»，请核实
纳税人识别号（«~credit_code»）⏎名称：«company»
执照扫描：«~credit_code.sole»，个体
uscc: «~credit_code»
""",
    "organisation_code": """
组织机构代码证复印件：«~organisation_code»
单位组织机构代码«~organisation_code»，字太小
组织机构代码（«~organisation_code»）已注销
«company»｜组织机构代码«~organisation_code»
组织机构代码⏎«~organisation_code»
""",
    "plate": """
牌照«~plate»，开远光的那位
车号：«~plate»，装卸口三号
肇事逃逸车辆号牌为«~plate»，望知情者提供线索
挪车！«~plate»
车牌=«~plate»，进场«moment»
""",
    "imei": """
手机IMEI码«~imei»，挂失
IMEI1:«~imei»⏎IMEI2:«~imei»
涉案手机串号为«~imei»
imei="«~imei»"
串码：«~imei»，查保修
""",
    "ip": """
发帖IP地址：«~ip»，截图识别
出口IP«~ip»，加白名单
登录地址（IP）：«~ip»，非本人
ip = «~ip»
IP「«~ip»」刷票
""",
    "mac": """
网卡MAC«~mac»，抄的
物理地址：«~mac»，绑定
设备MAC地址（«~mac»）
mac = «~mac»
手机WLAN MAC：«~mac»，考勤用
""",
}

NEGATIVES = {
    "order": """
提单号«batch»，柜号CSNU«serial»，船期顺延一周。
报关单号«order»，商品编号8471300000，原产国日本。
电子客票行程单印刷序号«serial»，不作报销凭证使用。
{"orderNo":"«order»","express":"«tracking»","status":3}
理赔号PICC«order»，定损金额«price»元，等待核赔。
酒店确认号«serial»，房型：豪华双床，含双早，不可取消。
还款计划第«count»期，合同编号HT-2021-«serial»。
火车票取票号E«serial»，检票口14B，座位07车12F号。
缴费单号：«order»⏎应缴金额：«price»⏎滞纳金：0.00
快递面单：«tracking»⏎集包地：«place»⏎件数：1/1
存证编号«digest»，区块高度«serial»。
发票代码144032«code»，发票号码«serial»，价税合计«price»元。
房产证号：粤房地权证字第«serial»号，抵押已注销。
銷帳編號«wrong_card»，繳款期限至本月底，逾期請至分行辦理。
叫号单A«count»，前面还有«count»人，请勿远离。
""",
    "mobile": """
物料号13912345678，库存为零，下月到货。
货架编码｜15800002231｜A区三层｜待盘点
SKU 18620230815，尺码L，颜色藏青，仅剩两件。
准考证号17755300126，考点第三教学楼，座位号«count»。
比特币全网哈希累计13888888888次之后出现分叉。
体彩大乐透第13150期，中奖号码05 11 13 27 33 02 09。
本年累计财政补助13,500,000,000元，较上年增长8.3%。
圆周率小数点后若干位：14159265358，背得出来的举手。
传感器原始值«statistic»，换算系数0.0125。
"ts":«clock»,"cost":«count»
手机号请填11位，以1开头，不要加空格，例如1xxxxxxxxxx。
拨打1XX-XXXX-XXXX的都是诈骗，切勿回拨。
身高换算成纳米是1780000000，写出来像个电话。
联系方式：«masked_mobile»（登录后可见）
图书馆索书号I247.5/13866，复本«count»册。
銷售編號0912-345，限量三百組，售完為止。
""",
    "landline": """
投诉请拨«hotline»，或登录政务服务网留言，五个工作日内答复。
全国统一客服«service»，航班查询按1，退改签按2。
校园报警小号6110，火警6119，校医院6120。
零件图号021-88-3，材料45号钢，调质处理。
规格0571-2型水泵法兰，螺栓M16×«count»。
本期刊国内刊号CN11-«issn»，每月五日出版。
區號02、03、04各地不同，撥打手機免加區號。
股东大会网络投票代码36«code»，投票简称见公告。
信用卡中心«hotline»，境外请加拨国家区号。
查號台104，氣象專線166，報時117。
会议室0802到0810已被占用，换九楼。
邮政编码«code»，寄挂号信请写清楚。
消費者服務專線0800-0«code»，週一至週五。
""",
    "identity": """
设备资产编码«wrong_id»，存放于机房三排，责任部门信息科。
<asset no="«wrong_birth»" state="idle"/>
证件号码填写示例：110101YYYYMMDDXXXX，共十八位。
当事人身份证号：«masked_id»，姓名：«masked_name»，已隐去。
测试数据«wrong_id»校验不通过，错误码4003。
樣本欄位A123456788檢查碼不符，請重新輸入。
範例：身份證號碼A123456(7)校驗失敗，系統不予受理。
学位证书编号10001420«serial»，可在学信网核验。
教师资格证号码«wrong_birth»样张，仅供排版。
考生号«date_compact»«code»，录取结果于下午公布。
护照费工本«price»元，加注另收，不再收取照相费。
回乡证自助机在大厅东侧，取证前请准备好回执。
澳門身份證換領服務現已支援自助櫃枱，費用«count»元。
身份证号码由六位地区码、八位生日、三位顺序码和一位校验码组成。
航班«flight»机型A320，注册号B-6789，机龄九年。
药品本位码869«serial»，不是电子监管码。
""",
    "card": """
终端流水«wrong_card»，参考号«serial»，签购单请妥善保管。
卡号位数不对：«wrong_card»，请检查后重新录入。
加油卡面额«price»元，仅限本省使用，不记名不挂失。
饭卡号«code»，余额«price»，补卡工本费十元。
电费户号«serial»，本期用电«count»度，阶梯一档。
水表编号«serial»；上期«count»；本期«count»
<ref>«wrong_card»</ref><code>00</code><msg>成功</msg>
转入账户«masked_card»，到账时间以银行为准。
公积金账号怎么查？带上证件去网点或者打«hotline»。
存单面额«amount»元，利率2.75%，期限三年，编号«batch»。
""",
    "code": """
合同编号：ZB-2022-«serial»，一式四份，甲乙双方各执两份。
依照«paper»第«count»条，免征城镇土地使用税。
审理案号«lawsuit»，承办部门民二庭，排期另行通知。
国家标准GB/T 20234.3-2015，代替前版，次年一月实施。
专利申请号CN20211«serial».5，公开号CN113«code»A。
食品生产许可SC1«serial»，配料：小麦粉、水、食用盐。
条码690«serial»扫出来是矿泉水，单价«price»元。
样机«wrong_device»，送检型号«model»，结论合格。
行业分类代码C3921，登记类型代码173，规模代码2。
防伪码«wrong_code»已被查询«count»次，谨防假冒。
社团登记批文：民社登〔2016〕第«count»号
试卷第«count»页，共8页，考试时间150分钟，满分150分。
货号\t条码\t单价⏎A-«code»\t«isbn»\t«price»⏎B-«code»\t«isbn»\t«price»
法條：民法第767條第1項前段、第184條，判決字號略。
立方米、千克与美元：HS编码«serial»，税率13%，监管条件AB。
试剂«chemical»，纯度AR，瓶装500克，批次«batch»。
证书序列号4B:7F:«dump»，颁发者为内部根证书。
《«issn»》是连续出版物号，不是书号，«isbn»才是。
""",
    "web": """
下载/2023/13800_v2.tar.gz失败，校验值«digest»不符。
https://m.ruifeng.cn/u/13711112222.html 页面不存在
截图文件IMG_18612340987.jpg已上传至网盘，提取码«random_word»。
子网掩码255.255.255.0，网关«private_ip»，首选DNS自动获取。
监听0.0.0.0:8080，仅供本机«private_ip»调试。
组播地址239.255.255.250，端口1900，局域网发现用。
链路本地地址fe80::1，不可路由。
广播帧目的地址FF:FF:FF:FF:FF:FF，属正常流量。
uuid=«identifier» sha=«digest»
«moment» WARN retry=3 cost=1350ms trace=«identifier»
升级到«version»后崩溃，回退«four_part»正常。
background: «colour»; border: 1px solid «colour»;
GPS轨迹点：«coordinates»;«coordinates»;«coordinates»
示例地址203.0.113.5只用于文档，不会有人使用。
""",
    "plate": """
京东618满减，家电最高省«price»元。
浙B2-«serial»号增值电信业务经营许可证。
沪ICP备«serial»号-1，公安备案另见页脚。
渝G产区脐橙，果径80以上，产地直发。
粤A组与粤B组的小组赛移至周末，比分«score»。
苏E12页附图请参照勘误，另附表«count»。
闽南语第A12课，鲁菜第B07讲，一周两更。
药典编号皖Z-«serial»，辅料另计。
""",
    "date": """
«date_compact»期双色球红球02 07 15 19 23 30蓝球11，奖池«amount»元。
会期«date_words»至次日，报到地点另行通知。
直播回放01:23:45处有彩蛋，倒数00:00:59。
列车时刻\t到\t开⏎«train»\t08:15\t08:17⏎«train»\t09:40\t09:46
«calendar» «calendar» «calendar» 连续三天缺勤记录为系统误报。
""",
    "measure": """
图纸尺寸1380×1560×1720，公差±0.05，比例1:20。
基金净值1.3812，累计净值3.5790，规模«amount»元。
城镇新增就业«statistic»人次为演算数据，不代表实际。
排|座|票价⏎12|34|«price»⏎13|56|«price»⏎14|78|«price»
海拔«count»米，气压86.7千帕，湿度45%，坐标«coordinates»。
收盘：上证3021.55，深成9876.31，成交«amount»。
比賽結果：«team»«score»«team»，觀眾«count»人。
贷款本金«amount»元，分360期，每期«price»元，年利率4.2%。
""",
}
