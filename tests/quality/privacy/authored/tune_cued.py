# ruff: noqa: E501 - a context is one line
"""More contexts of `tune`, of what is known by its cue: courts, banks, schools, configs, tables.

Each line is a context (see `case`); ⏎ is a new line, \\t a tab.
"""

POSITIVES = {
    "name": """
原告«name»与被告«name»相邻关系纠纷一案，本院立案后依法适用简易程序，公开开庭进行了审理。
审　判　长　«name»⏎人民陪审员　«name»⏎书　记　员　«name.double»
委托诉讼代理人：«name»，系上述原告之女，特别授权。
经查，«name»酒后骑车撞坏道路护栏后离开现场，民警依法对其处以罚款。
兹证明客户«name»在我行开立个人结算账户，截至出具之日状态正常。
三年二班值日表⏎周一：«name» «name»⏎周二：«name» «name»⏎周三：«name.double» «name»
一等奖⏎《河边的石头》«name»（指导教师：«name»）⏎二等奖⏎《雨后》«name»、«name»
谨定于公历«date_words»为小儿«name»、儿媳«name»举行结婚典礼，敬备喜酌，恭请光临。
先父«name»于今晨安详离世，享年八十七岁，丧事从简。孝女«name»泣告
低保公示：经评议，拟将我村«name»、«name»两户纳入保障范围，如有异议请向村委会反映。
«name»：上季度的账还没对完。⏎«name»：那就周三之前给我。⏎主持人：散会。
记者：您当初是怎么想到办这个厂的？⏎«name»：穷怕了呗，总得找条活路。
“别喊了，”«name»压低嗓门，“外头有人。”
«name»于是说道，这事儿和谁都不相干，往后谁也别再提。
那天«name»和«name»都没来，后来听«name»说是车坏在半路了。
00:12:07,300 --> 00:12:09,800⏎«name»，你给我站住！
出借人（甲方）：«name»⏎借款人（乙方）：«name»⏎双方就借款事宜约定如下：
借款人：___«name»___　保证人：___«name»___　　____年__月__日
{"applicant":"«name»","approver":"«name»","status":"pending"}
members:⏎  - name: «name»⏎    role: admin⏎  - name: «name.double»⏎    role: guest
<record><fullname>«name»</fullname><grade>优</grade></record>
INSERT INTO t_staff(real_name, level) VALUES ('«name»', 3), ('«name»', 1);
«moment» INFO  审批流 用户[«name»]提交了请假单，待[«name»]处理
顺颂商祺⏎⏎«name»⏎«company» 市场部
| 序号 | 投保人 | 被保险人 |⏎|---|---|---|⏎| 1 | «name» | «name» |⏎| 2 | «name» | «name» |
考号\t考生\t总分⏎001\t«name»\t«count»⏎002\t«name»\t«count»
工号;员工;班组⏎0417;«name»;装配⏎0418;«name.minority»;焊接
感谢«name»老哥远程帮我修好了系统，分文不取，好人啊！
入住人«name»，同住«name»，离店时请将房卡交回前台。
经海关查验，旅客«name»携带的两瓶酒超出免税额度，已补缴税款。
本月物业费已收：«name»、«name»、«name.double»；未收：«name»。
拟录用人员：«name»，女，中共党员，报考岗位：文秘。
«name»吾兄如晤：别后倏忽半载，甚念。……弟«name»顿首
写给«name»老师的一封信：还记得那间漏雨的教室吗？
里長«name.trad»表示，颱風過後路樹倒塌，已通報清潔隊處理。
琴日同«name.trad»飲茶，佢話下個月搬屋，叫我哋唔好同«name.trad»講。
業主立案法團主席«name.trad»及秘書«name.trad»已經請辭。
街坊會代表«name.trad»到場慰問受水浸影響的商戶東主«name.trad»。
新郎«name.trad»、新娘«name.trad»，恭請　闔第光臨
母親«name.trad»女士慟於日前辭世，謹擇期舉行告別式，哀此訃聞。
«name.minority»的馕坑就支在巷口，买馕的人从早排到晚。
阿妈«name.whole»把酥油茶倒满，坐在火塘边半天不说话。
户主«name»，妻«name»，长子«name»，次女«name»。
被保险人姓⏎名：«name»⏎投保份数：壹份
（经办：«name»　复核：«name»）
群里有个叫“«name»”的要加我，说是小学同学，你们谁认识？
特此委托«name»代为办理房产过户等一切手续。
男子一百米决赛：1.«name» 2.«name» 3.«name»
我的同桌叫«name»，扎着两条小辫子，一笑就露出虎牙。
«name»没来。
«name» 21:03⏎明天几点集合？⏎«name» 21:05⏎七点，老地方
车间主任«name»带着«name»、«name»连夜抢修，天亮前机器又转了起来。
发起人：«name»（持股百分之四十）、«name»（持股百分之六十）。
作者简介：«name»，副教授，研究方向为水文地质；«name»，硕士研究生。
编剧　«name»⏎摄影　«name»⏎剪辑　«name.double»
Contact: «name» (Ms.), Sales Dept., «company»
法定代表人：«name»　　监事：«name»　　财务负责人：«name»
请«name»同学听到广播后速到教务处领取准考证。
证人«name»当庭陈述，案发时他正与«name.double»下棋。
领款人（签字）：«name»　　证明人（签字）：«name»
签到⏎«name»⏎«name»⏎«name»⏎«name»
都给«name»让让道，她背着孩子呢。
谁也没料到，最后走出山谷的是«name»。
舞蹈《采茶》 表演者:«name»,«name»,«name.double»,«name.minority»
老板娘«name»端上一碗热汤，又冲后厨喊：“«name»，再下二两面！”
申請人«name.trad»君提出之異議，經查於法不合，應予駁回。
owner=«name»⏎backup_owner=«name»
«name»方才还在院里劈柴，转眼就不见了人影。
«name»向«name»借了一头牛，秋后还了两头。
«name»时任会计，«name»任出纳，两人共用一把保险柜钥匙。
«name»连声道谢，«name»却摆摆手，转身进了巷子。
«name»和«name»成了亲家，«name»从中牵的线。
把工资条发«name»看，别发群里。
「«name.trad»」署名的投書刊於今早副刊，引起不少迴響。
“是我，«name»。”电话那头沉默了很久。
（«name»收）货到付款，当面验货
本报记者　«name»　通讯员　«name»　摄影报道
Re: 周报⏎«name»，⏎附件打不开，麻烦重发。⏎«name.double»
考評委員：«name.trad»、«name.trad»、«name.trad»（依筆畫排列）
""",
    "address": """
被告住所地«address»，经本院合法传唤无正当理由拒不到庭。
借款人通讯地址（如有变更应书面通知贷款人）：«address»
学生家庭住址«address.short»，步行约十五分钟到校。
标的物坐落于«address»，建筑面积以不动产权证书登记为准。
民警在«address.short»将其抓获，当场查获赌具一批。
家长请注意，«address.lane»就是这次家访的第一站。
{"consignee":{"detail":"«address»","zip":"000000"}}
<ShipTo lang="zh">«address»</ShipTo>
UPDATE policy SET addr='«address.short»' WHERE id=«count»;
delivery:⏎  to: «address.lane»⏎  before: 18:00
收货人\t详细地址\t件数⏎«name»\t«address»\t2⏎«name»\t«address.village»\t1
| 业主 | 房屋坐落 |⏎|---|---|⏎| «name» | «address.short» |⏎| «name» | «address» |
户名;用水地址;吨数⏎«name»;«address.short»;12⏎«name»;«address.short»;9
家住«address.village»的«name»种了十几亩花椒，今年头一回挂果。
婚宴后新人将回到«address.short»居住，亲友登门请提前说一声。
灵堂设于«address.short»家中，谢绝花圈。
同城自提，就在«address»，来之前打声招呼。
“往哪儿送？”“«address.short»。”司机点点头，发动了车。
承租人现暂住（«address»），与产权人系亲属关系。
【寄】«address»【收】«address.village»
送達處所：«address.tw»，由同居人簽收。
屋企喺«address.hk»，搭小巴好方便。
通訊地址«address.hk»，如有更改請以書面通知本行。
本人現居«address.mo»，欲申請將家傭逗留許可續期。
租屋處在«address.tw»，押金兩個月，水電另計。
经营者住所⏎«address»⏎登记机关⏎«institution»
来信请寄«address.village»«name»收，夏天路不好走，信要晚几天。
下午三点，记者敲开了«address.short»的门，开门的是一位白发老人。
报关单随附：进境物品收件地址«address»，价值«price»元。
应聘登记表⏎户口所在地　«address.village»⏎现居住地　«address»
«address»这套房子挂了半年也没人问，房东急得直降价。
快寄我！«address»«name»«mobile»
我把钥匙放在花盆底下了，门牌«address.lane»，进去记得换鞋。
home_addr = "«address»"  # 测试完删掉
""",
    "birth_date": """
被告人«name»，男，生于«birth_date»，高中文化，无业，因本案被取保候审。
«name»，«birth_date»生，汉族，农民，户籍所在地«address.village»。
DOB: «birth_date.slash» Sex: F Nationality: CHN
{"real_name":"«name»","birthday":"«birth_date.dash»","vip":false}
<patient><birthTime value="«birth_date.compact»"/></patient>
INSERT INTO insured (nm, dob) VALUES ('«name»', '«birth_date.dash»');
学号\t姓名\t出生年月日⏎01\t«name»\t«birth_date.dot»⏎02\t«name»\t«birth_date.dot»
| 被保险人 | 生日 | 保额 |⏎|---|---|---|⏎| «name» | «birth_date.slash» | 10万 |⏎| «name» | «birth_date.slash» | 20万 |
家父生于«birth_date.han»，幼年丧母，十四岁进城当学徒。
我«birth_date»出生在黄河边一个小镇，父母都是教员。
应聘者基本情况：女，«birth_date.month»生，未婚，英语六级。
走失儿童的出生年月日（以出生医学证明为准）是«birth_date»，走失时穿蓝色校服。
出生于«birth_date»的«name»，今年刚好赶上最后一批延迟入学。
本人係«birth_date.slash»出世，想問幾時可以領長者咭？
出生：«birth_date.roc»⏎學歷：高職⏎經歷：社區發展協會理事
«name.trad»生於«birth_date.roc»，家中排行老三，自幼隨祖母住在山上。
birth_day=«birth_date.compact»&gender=1&level=2
我闺女是«birth_date.dash»生的，能赶上今年秋季入园吗？
生辰：«birth_date.han»，卯时；属相不合，媒人也没法子。
入团志愿书⏎出生⏎年月：«birth_date.month»⏎民族：汉
系统里生日登记成了别的，正确的应为«birth_date»，身份证上就是这个。
持卡人生日(YYYYMMDD)：«birth_date.compact»
""",
    "email": """
举证材料电子版请于开庭七日前发送至承办法官助理信箱«email.work»，逾期视为放弃。
«name» | 高级顾问 | «email.work» | «landline»
Reply-To: «email»⏎Subject: 面试通知
{"user":"«name»","mail":"«email»","verified":true}
UPDATE account SET email='«email.qq»' WHERE uid=«count»;
notify:⏎  receivers:⏎    - «email.work»⏎    - «email»
«moment» WARN 邮件投递失败 rcpt=<«email»> 550 mailbox unavailable
班级\t家长邮箱⏎一班\t«email.qq»⏎二班\t«email»
| 讲师 | 联络信箱 |⏎|---|---|⏎| «name» | «email.work» |⏎| «name» | «email» |
履歷請寄«email»，主旨註明應徵職務。
有興趣嘅朋友send個email去«email»，唔好打電話。
您的保单电子版将在次日发往您预留的«email»，请留意查收。
«email.qq»这个是我邮箱，合同扫描件往这儿发。
投稿一经采用即付薄酬（编辑«name»，«email.work»）。
From: "«name»" <«email»>⏎To: <«email.work»>
电邮﹕«email»⏎传真﹕«landline.hk»
git config user.name "«name»" && git config user.email «email»
房东发来租约问我邮箱我就给了«email.qq»结果天天收广告
著者«name»　通信作者　E-mail∶«email.work»
旅客如需电子发票，前台登记«email»即可，退房后半小时内送达。
""",
    "qq": """
企鹅«qq»，暗号“考研”，不说不给过。
🐧«qq»，在线时间不固定，留言必回。
«qq»，这是我扣扣，家长有事直接敲我。
班主任«name»（QQ：«qq»）负责收取报名材料。
{"nick":"晚风","qq":"«qq»","sex":0}
contact:⏎  qq: «qq»⏎  online: 9-18
INSERT INTO member(qq_no, card) VALUES ('«qq»', '语文课代表');
昵称\tQQ号码\t入群时间⏎小太阳\t«qq»\t«calendar»⏎橘子汽水\t«qq»\t«calendar»
| 职务 | 扣扣 |⏎|---|---|⏎| 团支书 | «qq» |⏎| 体委 | «qq» |
出一块九成新显卡，同城面交，有意者Q我：«qq»
➕Q«qq»，翻译论文，价格好谈。
被害人通过QQ（号码为«qq»）与被告人取得联系后，先后转账三次。
要种子的把邮箱私我，或者直接小窗，俺的球球«qq»
腾讯QQ账号：«qq»　绑定手机：«mobile»
联系方式（任选其一）⏎QQ　«qq»⏎邮箱　«email»
晚上开黑的来，«qq»加我注明大区，坑货勿扰
店主q:«qq»旺旺不常在
我的QQ没换，还是大学时那个«qq»，你加一下吧。
有意承接搬运的，加扣:«qq»;或加微:«wechat»
""",
    "wechat": """
有要的吗？薇«wechat»，包邮，不议价。
威信«wechat»，海关罚没处理手表，先到先得。
➕V«wechat»进群抢名额，备注城市。
绿泡泡«wechat»，周末可带看房。
«wechat»，加我微信，报销单据拍照发来就行。
面试官«name»的微信（«wechat»）已推送，请主动添加。
{"channel":"wechat","account":"«wechat.id»","remark":"老客户"}
wechat_id: «wechat»⏎wechat_nick: 山里人家
UPDATE crm_lead SET wx='«wechat»' WHERE lead_id=«count»;
技师\t微信\t擅长⏎«name»\t«wechat»\t推拿⏎«name»\t«wechat»\t艾灸
| 姓名 | WeChat ID |⏎|---|---|⏎| «name» | «wechat» |⏎| «name» | «wechat.id» |
WeChat: «wechat» / Tel: «mobile.hk»
加埋微信傾啦，我個ID係«wechat»，搵極唔到就call我。
被告人使用微信号“«wechat.id»”添加被害人为好友，虚构投资项目。
民宿老板娘让我加她v：«wechat»，说旺季得提前订。
V♥：«wechat»（看清楚再加）
vx:«wechat»,q:«qq»,两个都行
微信／«wechat»　电话／«mobile»　找«name»
想租的小窗我，微«wechat»，非中介，押一付三
代购请联系客服微信号→«wechat»←长按复制
""",
    "social_security": """
参保号«social_security»，险种：城乡居民基本医疗保险。
申请执行人要求提取被执行人（个人编号：«social_security»）名下养老金账户余额。
个人编号\t姓名\t缴费基数⏎«social_security»\t«name»\t«amount»⏎«social_security»\t«name»\t«amount»
| 职工 | 社保个人编号 |⏎|---|---|⏎| «name» | «social_security» |⏎| «name» | «social_security.letters» |
{"insured_type":"职工","social_security_no":"«social_security»","months":«count»}
新农合医疗证号：«social_security»　户主：«name»　家庭人口：4
医保编号是«social_security»，出院结算时窗口要问的，你抄下来。
INSERT INTO fund_pay(ss_no, amt) VALUES ('«social_security»', «price»);
入职请交：社保电脑号«social_security»，没有的由公司代办。
社会保障卡卡号(见卡正面右下角)«social_security.letters»，初次使用须先激活。
本人«name»，社保编号«social_security»，申请将关系由原单位转入贵司。
养老保险编号:«social_security»;工伤保险编号:«social_security»
参保人员信息⏎医疗保险证⏎号：«social_security»⏎类别：退休
失业金领取公示：«name»（社会保险编号«social_security»）
insured.no=«social_security»⏎insured.type=resident
社會保障基金受益人編號：«social_security»，供款至上季度。
我妈的医保个人编号«social_security»，异地备案老是提示查无此人
«social_security.letters»为您的社会保障号，请妥善保管，勿向他人透露。
""",
    "medical_record": """
理赔资料：住院编号«medical_record»，出院小结原件一份。
鉴定人调取了被鉴定人在«institution»的病历（住院病案号«medical_record.letters»）。
档案号：«medical_record»　体检套餐：入职B　体检日期：«calendar»
就诊序号«medical_record»⏎诊室：二层东侧
ID号\t姓名\t诊断⏎«medical_record»\t«name»\t腰椎间盘突出⏎«medical_record»\t«name»\t膝关节炎
| 床 | 住院ID | 护理级别 |⏎|---|---|---|⏎| 03 | «medical_record» | 一级 |⏎| 04 | «medical_record.letters» | 二级 |
{"inpatient_no":"«medical_record.letters»","ward":"骨科一病区"}
<visit><admissionNo>«medical_record»</admissionNo></visit>
INSERT INTO emr_index(mr_no, dept) VALUES ('«medical_record»', '肾内科');
«moment» INFO HIS 登记号=«medical_record» 已完成缴费
校医转诊单：«name»，门诊病历号«medical_record»，请家长陪同复查。
麻烦帮我查一下化验单，登记号«medical_record»，昨天抽的血。
患者ID：«medical_record»，影像已上传，请上级医师会诊。
«medical_record.letters»（病案首页编号）对应的费用清单尚未打印。
覆診咭號碼«medical_record»，下次帶埋嚟。
病歷號«medical_record»⏎姓名«name.trad»⏎科別　眼科
车祸伤者«name»已送医，住院号码«medical_record»，保险公司查勘员正在核实。
住 院 号：«medical_record»　　入 院 时 间：«moment»
住院⏎号　«medical_record.letters»⏎科室　神经内科
诊疗卡号是«medical_record»，丢了能凭身份证补吗
""",
    "secret": """
DB_PASSWORD=«secret.password»⏎DB_HOST=127.0.0.1
[mysql]⏎user = root⏎password = «secret.password»
spring:⏎  datasource:⏎    username: sa⏎    password: «secret.password»
{"access_key":"«secret.aws»","region":"cn-north-1"}
会议室无线密码«secret.password»，访客可用，当日有效。
民宿门口贴着：WiFi名字叫山居，口令«secret.password»，别问老板啦。
requirepass «secret.password»⏎maxmemory 2gb
curl -H "Authorization: Bearer «secret.token»" http://localhost:8080/api
«secret.model»就是我的key，你先拿去跑，额度用完说一声。
账号\t登录口令⏎student01\t«secret.password»⏎student02\t«secret.password»
| 系统 | 密码 |⏎|---|---|⏎| 考勤 | «secret.password» |⏎| 报销 | «secret.password» |
git clone https://oauth2:«secret.gitlab»@gitlab.huateng.cn/web/shop.git
«moment» ERROR 推送失败 token=«secret.github» 权限不足
被告人供述其后台登录密码为“«secret.password»”，并当庭演示登录过程。
<add key="OssAccessKeyId" value="«secret.aliyun»"/>
slack_bot_token: "«secret.slack»" # 别提交
const MAP_KEY = '«secret.google»'; // 上线前换掉
ALTER USER 'report'@'%' IDENTIFIED BY '«secret.password»';
唔該幫我login，個password係«secret.password»，入到之後即刻改咗佢。
舊密碼：«secret.password»⏎新密碼：«secret.password»
id_rsa 内容如下⏎«secret.pem»
压缩包解压密码：«secret.password»
pwd：«secret.password»，登不上去就重置
""",
    "mixed": """
当事人：«name»；出生年月日：«birth_date»；住址：«address»；联系电话：«mobile»
{"name":"«name»","dob":"«birth_date.dash»","addr":"«address»","mail":"«email»","wx":"«wechat»","qq":"«qq»"}
班级通讯录⏎姓名|生日|QQ|微信⏎«name»|«birth_date.dot»|«qq»|«wechat»⏎«name»|«birth_date.dot»|«qq»|«wechat»
投保人\t«name»⏎生日\t«birth_date.slash»⏎邮箱\t«email»⏎住址\t«address»
住院编号«medical_record»、参保号«social_security»、生日«birth_date.dash»，三项核对无误后方可结算。
姓名：«name.trad»　出生：«birth_date.roc»　住址：«address.tw»　電郵：«email»
INSERT INTO guest VALUES ('«name»','«mobile»','«address»','«email.qq»');
""",
}

OBFUSCATED = {
    "name": """
应聘人：«~name»⏎应聘岗位：仓管
甲方（签章）：«~name»　乙方（签章）：«~name»
{"student":"«~name»","class":"高二（3）班"}
班长\t«~name»⏎学习委员\t«~name»
審　判　員　«~name.trad»⏎書　記　官　«~name.trad»
获奖者：«~name»（铜奖）
新郎：«~name»　新娘：«~name»
""",
    "address": """
户籍地址：«~address»，与身份证一致
{"addr":"«~address»"}
收货人\t地址⏎«name»\t«~address»
家庭住址（详细到门牌）：«~address.short»
屋主地址：«~address.hk»
担保人住所：«~address.village»
""",
    "birth_date": """
DOB：«~birth_date.slash»
投保人生日：«~birth_date.dash»，请核实
学生\t出生年月日⏎«name»\t«~birth_date.dot»
{"birthday":"«~birth_date.compact»"}
«name»，男，生于«~birth_date»，小学文化
生日«~birth_date.month»，狮子座勿扰
""",
    "email": """
简历砸这里：«~email»，防爬虫你懂的
E-mail: «~email.work» (remove spaces)
站长信箱 «~email»，换友链请来信
家长邮箱«~email.qq»，手写单子录入
电邮﹕«~email.work»，有意合作可洽
把«~email»里那个字换成符号就是我邮箱
""",
    "qq": """
企鹅:«~qq»，代课签到
➕Q «~qq»，兼职日结
🐧：«~qq»（发不出去我拆开写）
小号扣扣«~qq»，大号被封了
q号«~qq»，有货
加 Q«~qq» 领试听课
""",
    "wechat": """
绿泡泡：«~wechat»，租房中介勿扰
威信 «~wechat» 看车预约
➕薇:«~wechat»
我微信«~wechat.id»，搜不到就删掉空的
WX号是«~wechat»，出票
加我v信:«~wechat»，面交
""",
    "social_security": """
参保号：«~social_security»
个人编号«~social_security»，打印机糊了
医保编号：«~social_security.letters»
职工\t社保号⏎«name»\t«~social_security»
社会保障号：«~social_security»，请核对
医疗证号«~social_security»，户主«name»
""",
    "medical_record": """
住院编号：«~medical_record»
登记号«~medical_record»，识别自照片
病案号：«~medical_record.letters»，保险理赔用
姓名\t住院号⏎«name»\t«~medical_record»
就诊卡号：«~medical_record»
病歷號碼：«~medical_record»
""",
    "secret": """
口令：«~secret.password»，当日有效
WiFi密码：«~secret.password»
DB_PASSWORD=«~secret.password»
api_key: «~secret.model»
解压密码：«~secret.password»（手动输入）
用户名 admin 密码 «~secret.password»
""",
}

NEGATIVES = {
    "name": """
于是乎大伙儿又把桌子搬了回来，谁也不提分家的事。
和谐号进站时，站台上只剩下两个乘务员。
成都的火锅和重庆的火锅，到底差在哪一味？
康复新液、复方甘草片、连花清瘟都在医保目录里。
麻婆豆腐、东坡肉、宋嫂鱼羹、夫妻肺片各来一份。
云南白药和马应龙痔疮膏在海外卖得比国内贵。
段落之间空一行，标题居中，用三号黑体。
毛利率连续三季下滑，存货周转也慢了。
周而复始，年复一年，河水把石头磨得溜圆。
安居工程、平安校园、金盾系统三个项目同时验收。
常言道，远亲不如近邻，和气才能生财。
“高考加油！”横幅挂满了校门口的梧桐树。
康熙年间修的石桥，乾隆时补过一次，道光末年塌了半边。
万里长城永不倒，千里黄河水滔滔。
黄花菜都凉了，你才想起来下单？
水土不服、石沉大海、金榜题名、白手起家都是常考的成语。
方便的时候回个话，任何时间都可以。
应付账款、预收账款和管理费用都要重新核对。
阮囊羞澀，只好搭區間車回家。
連鎖店舖唔使講價，幫襯街坊小店先有人情味。
高鐵左營站人潮洶湧，賴在月台上的旅客只好改搭下一班。
何必當初呢？而家講乜都遲啦。
司机、厨师、保安、保洁各招«count»名，包吃住。
被害人«masked_name»的陈述与监控录像相互印证。
犯罪嫌疑人«masked_name»已被刑事拘留，案件正在侦办。
获奖学生⏎«masked_name»⏎«masked_name»⏎（名单已脱敏）
甲方：________　乙方：________　见证人：________
{"name":"","owner":null,"role":"管理员"}
name: <姓名>⏎title: <职务>
序号\t姓名\t签字⏎1\t\t⏎2\t\t
联系人：前台　备注：工作日来访
投保人、被保险人、受益人三者可以是同一人。
审判长宣布休庭，书记员整理笔录，法警将被告人带出法庭。
新郎新娘向双方父母鞠躬，伴娘递上了茶。
主持人：下一个节目，大合唱《黄河船夫曲》。
班主任说，下周一升旗仪式由初二年级负责。
孔雀石、祖母绿、石榴石的硬度依次升高。
董事会、监事会、股东大会各司其职。
车到山前必有路，方法总比困难多。
郑州到洛阳的城际列车每隔三十分钟一班。
周黑鸭、王老吉、张裕干红和白云边都摆在同一排货架上。
«company»中标后三日内须与采购人签订合同。
«institution»篮球队和«team»打成平手。
白纸黑字写着呢，何来反悔一说？
姓名\t班级⏎张*\t高一（2）班⏎李**\t高一（5）班
向右看齐！向前看！稍息！
方才还晴着，转眼间乌云压顶，金色的麦田一片昏暗。
段子手、程序员、安检员和宋锦工艺师，下期节目的嘉宾各有绝活。
馬卡龍、鄧肯舞、羅宋湯和麥芽糖，全部同姓氏無關。
""",
    "place": """
浦东南路站换乘11号线，从三号口出站。
户型：3室2厅1厨2卫，南北通透，满五唯一。
乘地铁2号线到人民广场站，转«count»路公交。
出租：合租次卧，两室一厅，近«road»。
«road»至«road»段封闭施工，请绕行。
展位：3号馆B区12排，布展时间两天。
彌敦道今晚八時起實施臨時交通管制。
議事亭前地一帶遊人如鯽，商戶生意暢旺。
中正路與民權路口發生擦撞，無人受傷。
教学楼三层的东侧是实验室，西侧是图书角。
座位：5排12座，检票口：A3
案件移送至«place»有关部门处理。
K1路、B12路和夜班3路在此停靠，末班车22:30。
样板间在售楼处二楼，A户型89㎡，B户型116㎡。
G30连霍高速«place»段双向缓行，货车请走国道。
""",
    "date": """
学校始建于«date_words»，前身是一所私塾。
生产日期：«calendar»⏎保质期：18个月⏎产地：«place»
借款期限自«date_words»起至次年同日止。
{"created_at":"«calendar»","expire":"«calendar»"}
会议时间：«date_words»下午两点　地点：二楼会议室
老店创立于光绪二十三年，公私合营时改过一次名。
该车«date_words»首次登记，年检有效期至«calendar»。
開庭日期：民國一一二年五月八日上午九時三十分
国庆节放假通知：«calendar»起停止办理业务。
店庆日«date_compact»全场八折，生日月会员另享九折。
""",
    "email": """
remote: git@gitee.com:some-group/shop-front.git
<img src="/assets/banner@2x.png" srcset="banner@3x.png 3x">
"dependencies": {"@babel/core": "«version»", "@types/node": "«version»"}
scp backup.tar.gz root@«private_ip»:/data/backup/
请在邮箱栏填写有效邮箱，格式为 用户名@域名。
@所有人 今晚八点线上开会，链接稍后发群里。
pip install git+ssh://git@codeup.local/tools.git@main
微博上@了官方账号三次，还是没人理。
""",
    "social": """
QQ群文件里有课件，自己下载，别再问群主要了。
搜一搜公众号“城南夜话”，回复“菜谱”即可领取。
QQ秀、QQ农场、QQ宠物，都是八零后的回忆。
微信«version»版本支持消息撤回后重新编辑。
加V认证的博主也不一定靠谱，买前看差评。
企业微信和钉钉二选一，打卡数据不互通。
QQ糖一包五毛，小卖部门口天天排队。
薇甘菊是外来入侵植物，见到要连根拔除。
抖音号、视频号同名，认准蓝V标志，谨防假冒。
接头暗号扣1，想看续集的扣2。
奇瑞QQ开了十年，除了轮胎什么都没换过。
微信扫码点餐，系统繁忙，请稍后再试。
""",
    "secret": """
DB_PASSWORD=${DB_PASSWORD}⏎API_KEY=«key_name»
password: "******"⏎token: <YOUR_TOKEN>
密码强度：中；上次修改：«calendar»；连续错误五次将锁定。
const token = process.env.TOKEN || '';
忘記密碼請攜帶證件到分行臨櫃辦理。
passwd: 请输入新密码：⏎两次输入不一致，请重试。
初始密码为证件号后六位，首次登录须修改。
sha256 «digest»  release.zip
""",
    "number": """
住院部在五楼，住院须知见墙上展板，床位«count»张。
医保编号怎么查？登录小程序点“我的”就能看到。
档案号编排规则：年度加部门代码加四位流水。
个人编号栏由经办机构填写，申请人不必填。
登记号见不动产权证书附记，以登记簿为准。
投保单号«order»，保费«price»元，已承保。
报关单号«order»，申报要素齐全，放行。
病案室、档案室、登记处均在行政楼三层。
合同编号：«batch»　签订地点：«place»
房间号\t入住\t离店⏎1208\t«calendar»\t«calendar»
案号«lawsuit»，案由：买卖合同纠纷。
""",
}
"""What is nobody's, by what it is taken for."""
