# ruff: noqa: E501 - a context is one line
"""Contexts of the half `tune`: clinics, city hotlines, couriers, chats, forums, CSV, Taiwan.

Each line is a context (see `case`); ⏎ is a new line.
"""

POSITIVES = {
    "name": """
那天在菜市场碰见«name»，她拎着两条鱼，说晚上要给孙子做红烧的，还问我«name»的病好些没有。
«name»把稿纸揉成一团扔进纸篓，又点上一支烟，窗外的雪越下越大，«name.double»始终没有回信。
楼下开锁的«name»手艺不错，人也实在，上次给«name»家换锁只收了成本钱。
都说«name»脾气倔，可村里修路他第一个捐了钱，连一向看不惯他的«name»也服了气。
«name.minority»和«name.minority»是同班同学，周末常一起踢球，输的人请吃馕。
检查由«name»完成，«name»复核，结果与上次相比无明显变化。
@«name» 你昨天说的那个偏方靠谱吗？我转给«name»看了，她说没听过。
今早七点交班：«name»夜间发热一次，已对症处理；«name»自行拔除留置针，已重新穿刺。
«name.trad»跟«name.trad»結婚三十年，從來沒吵過架，鄰居們都羨慕得很。
上個月«name.trad»騎車環島，途中輪胎破了兩次，幸好遇到好心的機車行老闆«name.trad»。
患者«name»因反复咳嗽伴低热两周入院，既往体健，否认药物过敏史。
昨天下午«name»一个人去了县城，到天黑也没有回来。
市民«name»来电反映小区东门路灯坏了半个多月没人修。
我和«name»是大学同学，毕业以后他去了南方做生意。
主诉：腹痛3天。陪诊人：«name»（女儿）。
记得那年冬天，«name»把自己的棉袄给了«name»，自己冻得直哆嗦。
收件人:«name»，快递已放在丰巢柜，取件码«code»。
爷爷常说，要不是«name.double»当年拉他一把，我们家早就散了。
听说«name»升职了？恭喜恭喜！
姓名，科室，职称⏎«name»，呼吸内科，主治医师⏎«name»，骨科，住院医师
«name.minority»从喀什来北京学医已经第三年了，普通话说得越来越好。
参会人员：«name»、«name»、«name»、«name.double»。
老师傅«name»修了四十年钟表，他的徒弟«name»今年才二十岁。
感谢«name»同志拾金不昧，把钱包送到了居委会。
同村的«name»作证说，那天夜里确实听见了狗叫。
護理師說«name.trad»昨晚睡得不好，家屬«name.trad»一直陪在床邊。
«name.trad»小時候住在眷村，巷口那家麵店他吃了二十年。
值班医生：«name» 审核医生：«name» 报告时间：«moment»
办理人«name»已于当日回复，来电人表示满意。
楼上«name»家漏水漏到我家厨房，物业推来推去不管。
你把这个文件转给«name»看看，再问问«name»周五有没有空。
牧民«name.whole»骑着马赶了两天的路，才把病羊送到兽医站。
医生说«name»恢复得不错，下周就能出院，他爱人听了直抹眼泪。
本次活动由«name»主持，«name»做了题为《社区慢病管理》的报告。
""",
    "address": """
收货地址：«address»，放门卫就行。
来电人住在«address»，反映楼道堆放杂物堵塞消防通道。
外卖送到«address.short»，到了打电话，别敲门，孩子在睡觉。
现住址:«address.village»，务农，小学文化。
我家就在«address.lane»，欢迎来玩。
寄件人地址«address»收件人地址«address.village»保价«price»元
求助：老人走失，家住«address.short»，走时穿灰色外套。
戶籍地址：«address.tw»，與父母同住。
診所就在我家樓下，地址是«address.tw»，請幫我把藥寄過來。
编号,住户地址,面积⏎1,«address»,89.5⏎2,«address.short»,102.3
上门取件，«address.lane»，下午三点以后有人。
患者家住«address.village»，距最近的医院约四十公里。
""",
    "birth_date": """
患者，女，«birth_date»出生，汉族，已婚。
出生日期：«birth_date.dash»  性别：男  婚姻：未婚
我是«birth_date»生的，属什么来着？
宝宝出生日期«birth_date»，出生体重3.2千克，足月顺产。
出生年月:«birth_date.month»，籍贯:四川，政治面貌:群众
姓名:«name» 出生:«birth_date.dot» 血型:O型
我妈«birth_date.han»出生，今年想给她办个寿宴。
生日：«birth_date.slash»，会员等级：金卡
出生日期«birth_date.compact»住院次数2
«name.trad»，«birth_date.roc»生，現就讀於某國小。
«name»（«birth_date.month»出生），女，小学教师，家有一子。
""",
    "resident_id": """
身份证号：«resident_id»，医保类型：城乡居民。
身份证号«resident_id»手机号«mobile»请核对后回复。
来电人«name»（身份证«resident_id.x»）要求查询社保缴费记录。
帮我订张票，名字«name»，证件«resident_id»，二等座就行。
公民身份号码:«resident_id.lower»
姓名,身份证号,接种日期⏎«name»,«resident_id»,«calendar»⏎«name»,«resident_id.x»,«calendar»
老档案上写的还是15位的身份证号码«resident_id.old»，需要升位。
入住登记：«name»/«resident_id»/«mobile»/两晚
他是台湾来的，居住证号码«resident_id.hmt»，能不能在网上挂号？
监护人«name»身份证«resident_id»与患儿系母子关系
报名信息发我：«name»«resident_id»«mobile»
捡到一张身份证，号码是«resident_id»，失主请到服务台认领。
""",
    "permit": """
回乡证号：«permit.home»，有效期十年。
来电人持港澳居民来往内地通行证«permit.home10»，咨询公积金提取。
台胞证号码«permit.taiwan»，挂号时系统不识别。
取票用的证件是往来港澳通行证«permit.to_hk»，不是身份证。
大陆居民往来台湾通行证:«permit.to_tw»，签注类型:个人旅游
证件类型:外国人永久居留身份证 证件号码:«permit.foreign»
外籍患者，外国人永久居留证号«permit.foreign_old»，英语交流。
我的台胞證«permit.taiwan»下個月到期，要去哪裡換發？
姓名,证件类型,证件号⏎«name»,港澳通行证,«permit.to_hk»⏎«name»,回乡证,«permit.home»
通行证«permit.to_hk»签注已办好，快递单号«tracking»。
""",
    "passport": """
护照号：«passport»，预约接种第二针。
护照号码«passport.new»有效期至2031年，麻烦帮我改签。
来电人称护照(«passport»)在火车站遗失，询问补办流程。
乘机人«name»，护照«passport.new»，航班«flight»。
护照：«passport»⏎姓名：«name»⏎目的地：泰国
我護照號碼是«passport»，麻煩幫我訂房。
因公护照号«passport.official»，团组共五人。
姓名,护照号码,国籍⏎«name»,«passport»,中国⏎«name»,«passport.new»,中国
中华人民共和国护照No.«passport.new»持有人«name»
填表的时候护照号写错了，应该是«passport»，能帮我更正一下吗
""",
    "hk_id": """
患者系香港居民，香港身份证号«hk_id»，自费。
香港身份證號碼：«hk_id.wide»，聯絡電話«mobile.hk»。
HKID: «hk_id» 預約門診
我的香港身份证是«hk_id.plain»，在深圳看病能报销吗？
身份證«hk_id»，出生地香港。
来电人持香港身份证«hk_id.wide»，反映口岸排队时间过长。
姓名,香港身份证⏎«name.trad»,«hk_id»⏎«name.trad»,«hk_id.two»
港人子弟入学，学生香港身份证号码«hk_id»，家长«name.trad»。
證件：香港永久性居民身份證«hk_id.two»
订酒店要登记，他的香港身份证号«hk_id.plain»，你记一下。
""",
    "mo_id": """
澳门居民身份证号码«mo_id»，预约横琴口岸体检。
澳門身份證：«mo_id.wide»，持證人«name.trad»。
来电人持澳门身份证«mo_id.slash»，咨询车辆入出境。
我是澳门人，身份证号«mo_id»，能在珠海买社保吗？
證件類別：澳門永久性居民身份證 編號：«mo_id»
姓名,澳门身份证,备注⏎«name.trad»,«mo_id»,无⏎«name.trad»,«mo_id.slash»,复诊
澳门居民身份证«mo_id.wide»，往来方便，每周来复诊一次。
澳門身分證號碼«mo_id»手機«mobile.mo»
BIR编号(澳门身份证)：«mo_id»
""",
    "tw_id": """
身分證字號：«tw_id»，健保卡沒帶。
身分證字號«tw_id»生日«birth_date.roc»初診
台湾身份证号«tw_id»，台胞证«permit.taiwan»，两个都填了。
我媽的身分證是«tw_id»，請問可以線上掛號嗎？
統一證號«tw_id.foreign»，外籍配偶，領有居留證。
病患«name.trad»（«tw_id»）主訴胸悶三日。
姓名,身分證字號,電話⏎«name.trad»,«tw_id»,«mobile.tw»⏎«name.trad»,«tw_id»,«mobile.tw»
身份證字號:«tw_id» 收件人:«name.trad»
民眾«name.trad»身分證統一編號«tw_id»陳情路燈不亮。
外籍看護居留證號«tw_id.foreign»，照顧臥床老人。
""",
    "driver_file": """
驾驶证档案编号：«driver_file»，准驾车型C1。
来电人驾照档案编号«driver_file»，询问扣分情况。
档案编号«driver_file»有效期10年
驾驶证换证需要填档案编号，我的是«driver_file»，对吗？
姓名,准驾车型,驾驶证档案编号⏎«name»,B2,«driver_file»⏎«name»,C1,«driver_file»
驾驶证号«resident_id»，档案编号«driver_file»，体检合格。
我的驾照档案号是«driver_file»，网上显示已注销，怎么回事
驾照副页：姓名«name» 档案编号«driver_file»
司机体检表 驾驶证档案号:«driver_file» 视力:5.0
""",
    "mobile": """
联系电话：«mobile»，家属«name»。
来电号码«mobile»来电时间«moment»诉求类型：噪音扰民
您的外卖骑手«name»（«mobile»）正在为您配送，请保持电话畅通。
有事打我电话«mobile.space»，微信不常看。
手机«mobile.dash»，白天都在。
出九成新婴儿车，自提，电话«mobile»，非诚勿扰。
请拨打+86前缀的号码«mobile.plus»，他人在国外。
快递到了给«mobile»发短信就行了谢谢
患者家属电话«mobile.zero»，夜间可联系。
物联网卡号«mobile.things»已停机，血糖仪数据传不上来。
姓名,手机,预约时段⏎«name»,«mobile»,上午⏎«name»,«mobile.dash»,下午
手機：«mobile.tw»，請在晚上七點後聯絡。
人在香港，打這個«mobile.hk»找我。
台灣手機«mobile.tw_abroad»，大陸手機«mobile»，兩個都能找到我。
原来的号丢了，新号«mobile»，大家存一下
收件人«name»«mobile»«address»
""",
    "landline": """
家庭电话：«landline»，单位电话：«landline.bracket»。
来电人固定电话«landline»，希望工作日回复。
座机«landline.ext»找«name»。
电话«landline.tight»没人接，打了三天了。
科室电话：«landline.wide»，护士站24小时有人。
家裡電話«landline.tw»，白天都有人在。
姓名,宅电⏎«name»,«landline»⏎«name»,«landline.bracket»
取件请联系«name»，宅电«landline»，或者找隔壁邻居。
香港辦公室電話«landline.hk»，找«name.trad»。
传真：«landline»，电话：«landline.ext»
你爸单位的电话是«landline»吗？打过去说没这个人
""",
    "email": """
检查报告已发至«email»，请注意查收。
简历发到«email.qq»就行，写清楚岗位。
来电人留下邮箱«email»，要求书面答复。
邮箱«email»联系人«name»
有电子版吗？发我一份«email.qq»谢谢楼主
E-mail：«email.work»，電話：«landline.tw»
请将病历扫描件发送到«email.work»。
姓名,邮箱⏎«name»,«email»⏎«name»,«email.qq»
求资源，好人一生平安«email.qq»
资料太大微信发不了，我的邮箱是«email»你发这个吧
""",
    "bank_card": """
退费账户：«bank_card»，户名«name»，请在五个工作日内到账。
卡号«bank_card.long»，开户行工商银行人民路支行。
你把钱打我这张卡上«bank_card.long»，户名«name»，建行的。
银行卡号：«bank_card.groups»
来电人反映其银行卡（«bank_card»）被无故扣款«price»元。
姓名,报销金额,银行账号⏎«name»,«price»,«bank_card.long»⏎«name»,«price»,«bank_card»
货款已付，我的信用卡«bank_card.groups»显示扣了两次，请退一笔。
收款人«name»账号«bank_card»金额«price»元
捡到一张农行卡«bank_card.long»，失主联系我。
工资卡换了，新卡号«bank_card»，麻烦财务改一下
""",
    "credit_code": """
被投诉商户统一社会信用代码：«credit_code.sole»，经营者«name»。
发票抬头：«company»，税号«credit_code»。
统一社会信用代码«credit_code»法定代表人«name»
我开的小吃店，执照上的代码是«credit_code.sole»，怎么办食品经营许可？
医疗机构统一社会信用代码：«credit_code.office»
商户,信用代码⏎«company»,«credit_code»⏎某水果店,«credit_code.sole»
开票信息：«company»，纳税人识别号：«credit_code»，电话«landline»。
来电人投诉«company»（«credit_code»）拖欠工资。
统一社会信用代码/注册号：«credit_code.sole»，类型：个体工商户
""",
    "organisation_code": """
组织机构代码：«organisation_code»，机构类型：事业单位。
老的组织机构代码«organisation_code»已经换成统一代码了。
组织机构代码证号«organisation_code.tight»，年检至2014年。
来电单位组织机构代码«organisation_code»，咨询社保开户。
单位,组织机构代码⏎«company»,«organisation_code»⏎«institution»,«organisation_code»
填报单位：«institution» 组织机构代码：«organisation_code.tight»
组织机构代码«organisation_code»单位名称«company»
机构代码证«organisation_code»丢失，特此声明作废。
请提供组织机构代码(«organisation_code.tight»)复印件
""",
    "plate": """
来电人反映一辆白色轿车（«plate»）长期占用消防通道。
车牌号«plate»挡住我的车了，麻烦挪一下。
网约车信息：«plate.electric»，白色比亚迪，司机«name»。
谁的车«plate.dot»没关灯？
救护车车牌：«plate»，出车时间«moment»。
车主,车牌,车位⏎«name»,«plate»,B区12⏎«name»,«plate.electric»,B区13
早上在路口被一辆«plate.special»别了一下，吓出一身汗
货车«plate.lorry»已到仓库，请安排卸货。
顺风车，车牌«plate»，尾号对一下再上车。
肇事车辆车牌«plate.dot»，驾驶员«name»，无人受伤。
""",
    "social_security": """
医保号：«social_security»，参保类型：职工医保。
社保号«social_security»，从上个月起断缴。
医保卡号«social_security.letters»，可在门诊结算。
来电人社会保障号«social_security»，查询养老金发放。
个人社保编号：«social_security»，单位：«company»。
姓名,医保编号⏎«name»,«social_security»⏎«name»,«social_security.letters»
我的社保卡号«social_security.letters»，为什么药店刷不了？
医疗保险号«social_security»住院押金«price»元
社会保险号：«social_security» 参保地：合肥
""",
    "medical_record": """
住院号：«medical_record»，床号：12床。
病案号«medical_record.letters»，诊断：2型糖尿病。
门诊号:«medical_record» 姓名:«name» 科别:内分泌科
患者«name»住院号«medical_record»拟行腹腔镜胆囊切除术。
病历号：«medical_record.letters»，复诊日期«calendar»。
姓名,门诊号,诊断⏎«name»,«medical_record»,高血压⏎«name»,«medical_record»,冠心病
我在你们医院住过院，住院号好像是«medical_record»，想复印病历。
病歷號碼：«medical_record»，主治醫師«name.trad»。
就诊卡号«medical_record»余额«price»元
登记号：«medical_record.letters» 检查部位：胸部CT平扫
""",
    "qq": """
加我QQ：«qq»，备注说明来意。
QQ«qq»，长期收二手手机。
我的qq是«qq»，有空聊。
姓名,QQ,班级⏎«name»,«qq»,三班⏎«name»,«qq»,五班
qq号«qq»被盗了，谁收到借钱消息别信
病友交流请加扣扣«qq»，拒绝广告。
企鹅号：«qq»，晚上在线。
QQ/微信同号：«qq»
楼主留个联系方式吧，我Q«qq»
""",
    "wechat": """
微信：«wechat»，加的时候说是论坛来的。
加微信«wechat»拉你进病友群。
我的微信号是«wechat.id»，搜一下就能找到。
VX：«wechat»，支持同城面交。
骑手微信号«wechat»，方便下次联系。
姓名,微信号⏎«name»,«wechat»⏎«name»,«wechat.id»
wx：«wechat»，备注买车
微信号:«wechat» 手机:«mobile»
来电人留微信«wechat»以便发送现场照片。
""",
    "ip": """
登录IP：«ip»，登录时间«moment»。
楼主IP«ip»，别装了，就是你的小号。
预约来源ip:«ip.six»，同一地址提交37次。
来电人反映网站提示“您的IP（«ip»）已被限制访问”。
时间,用户,IP⏎«moment»,«name»,«ip»⏎«moment»,«name»,«ip»
我家宽带公网IP是«ip»，怎么做端口映射？
IP地址：«ip.six»，运营商：电信
刷票的IP查到了«ip»归属地河南。
您的账号于«moment»在异地登录（IP:«ip»），如非本人操作请改密码。
""",
    "mac": """
设备MAC地址：«mac»，序列号«batch»。
手机WLAN地址«mac.lower»，连不上病房的无线网。
路由器后台看到一个陌生设备«mac»在蹭网。
时间,姓名,MAC⏎«moment»,«name»,«mac.dash»⏎«moment»,«name»,«mac»
MAC：«mac.dash»已加入白名单。
来电人称机顶盒（MAC «mac»）无法开机。
我电脑的物理地址是«mac.dash»，帮我绑定一下校园网。
血压计蓝牙地址«mac.lower»配对失败
""",
    "imei": """
手机IMEI：«imei»，购买日期«calendar»。
串号«imei»，华为的，求查激活时间。
丢失手机IMEI«imei»，颜色黑色，捡到必有重谢。
来电人报失手机一部，IMEI码«imei»。
机型,IMEI1,IMEI2⏎«model»,«imei»,«imei»
IMEI号«imei»保修到什么时候？
二手手机转让，串码«imei»，无拆无修。
定位手环IMEI：«imei»，佩戴人«name»。
""",
    "secret": """
登录密码：«secret.password»，请勿告诉他人。
我的账号密码是«secret.password»，你登上去看看。
不小心把 «secret.aws» 提交到仓库里了，怎么撤回？
api_key = "«secret.model»"
export GITHUB_TOKEN=«secret.github»
阿里云AccessKey泄露：«secret.aliyun»，已联系客服。
Authorization: Bearer «secret.token»
私钥贴出来给你看看哪里不对：⏎«secret.pem»⏎报错是格式无效
初始密码«secret.password»登录后请修改
机器人的token是«secret.slack»，谁来帮忙续一下
地图key填«secret.google»就行
gitlab的个人令牌«secret.gitlab»过期了
""",
    "mixed": """
入院记录⏎姓名：«name»　性别：女　出生日期：«birth_date.dash»⏎身份证号：«resident_id»　联系电话：«mobile»⏎住址：«address»⏎联系人：«name»　关系：配偶　电话：«mobile.dash»
来电人：«name»；来电号码：«mobile»；地址：«address»；诉求：«plate»占用盲道，要求处理。
姓名«name»电话«mobile»地址«address»麻烦发顺丰，保价«price»元
姓名,证件号,手机,邮箱,银行卡⏎«name»,«resident_id»,«mobile»,«email»,«bank_card»⏎«name»,«resident_id.x»,«mobile»,«email.qq»,«bank_card.long»
姓名:«name.trad» 身分證字號:«tw_id» 電話:«mobile.tw» 地址:«address.tw»
各位病友好，我是«name»，微信«wechat»，电话«mobile.space»，住«address.short»，想找人一起拼车去复查。
转让：微信«wechat»，QQ«qq»，手机«mobile»，邮箱«email.qq»，哪个都行。
收件人：«name.trad»，電話：«mobile.hk»，地址：«address.hk»，寄件人«name»，«mobile»。
""",
}

OBFUSCATED = {
    "mobile": """
办证刻章打这个«~mobile»，当天可取
联系方式«~mobile»，平台会屏蔽，大家自己拼一下
电话 «~mobile»，找«name»，实价不议
手机:«~mobile»（微信同号）
要的打«~mobile»过时不候
楼主电话«~mobile»，已验证过
""",
    "landline": """
家里座机«~landline»，晚上打
电话：«~landline»，全天有人接听
固话«~landline»找老板娘
""",
    "resident_id": """
身份证号：«~resident_id»，拍照看不清我手打的
证件号码«~resident_id»姓名«name»，帮抢个号
身份证«~resident_id»，系统老说格式不对
""",
    "bank_card": """
打到这个卡«~bank_card»，户名«name»
卡号：«~bank_card»，农行的，到账说一声
银行卡«~bank_card.long»别发错了
""",
    "qq": """
加扣扣«~qq»，非诚勿扰
扣«~qq»，发你全套资料
Q Q：«~qq»，代写病假条
加q«~qq»看主页
扣扣号是«~qq»，秒回
""",
    "wechat": """
薇信：«~wechat»，备注论坛
加v «~wechat»领资料
V信«~wechat»，诚信交易
加薇«~wechat»，群满了
""",
    "email": """
邮箱是«~email»，自己改一下符号
发我«~email.qq»谢谢好人
联系：«~email»，机器人别抓
求一份！«~email.qq»
投稿请寄«~email»
""",
    "plate": """
车牌«~plate»的车主下来挪车！
举报«~plate»乱停
""",
    "birth_date": """
出生日期：«~birth_date»，属相请自查
出生年月日«~birth_date.compact»
""",
    "passport": """
护照号«~passport»，截图识别的
护照号码：«~passport»
""",
    "permit": """
港澳通行证«~permit.to_hk»，手写的
回乡证号：«~permit.home»
""",
    "hk_id": """
香港身份證：«~hk_id»
香港身份证号«~hk_id»，帮我填
""",
    "mo_id": """
澳门身份证号：«~mo_id»
澳門居民身份證«~mo_id»，覆診
""",
    "tw_id": """
身分證字號：«~tw_id»
身分證«~tw_id»，掛號用
""",
    "name": """
患者姓名：«~name»，性别：男
收件人：«~name»，电话«mobile»
""",
    "address": """
地址：«~address»，送到门口
住址«~address»，晚上有人
""",
    "credit_code": """
统一社会信用代码：«~credit_code»
营业执照代码«~credit_code.sole»，截图识别
""",
    "organisation_code": """
组织机构代码：«~organisation_code»
""",
    "driver_file": """
驾驶证档案编号：«~driver_file»
""",
    "social_security": """
医保号：«~social_security»
社保号«~social_security»，查不到
""",
    "medical_record": """
住院号：«~medical_record»
门诊号«~medical_record»，看不清
""",
    "ip": """
登录IP：«~ip»
""",
    "mac": """
MAC地址：«~mac»
""",
    "imei": """
IMEI：«~imei»
串号«~imei»，手打的
""",
    "secret": """
登录密码：«~secret.password»
账号密码«~secret.password»自己登
""",
}
