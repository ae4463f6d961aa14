# Needs a translator's review.

## The report of a screening.

report-heading = { $study } 核对结果
report-footer = { $study }，患者 { $patient }，以 { $day } 为准；{ $program }
report-page = { $footer }；第 { $page } 页，共 { $pages } 页
report-may = 可能匹配
report-may-means = 病历中没有妨碍参加的内容。须由研究团队确认。
report-cannot-tell = 现在还无法判断
report-cannot-tell-means = 缺少可以作出判断的信息。
report-no = 看来不匹配
report-no-means = 就病历和我们的读法而言，至少有一条不符合。研究团队可以核实。
report-assumed = 此结论以病历未提到的按没有处理为前提。
report-turns-on = 取决于：{ $ids }。
report-by-strict = 病历没有说明的，一概不作推定
report-by-chart = 病历没有提到的疾病和治疗按没有处理，并已标明
report-study = 研究
report-study-named = { $title }（{ $study }）
report-patient = 患者
report-screened-for = 以哪一天为准
report-not-mentioned = 没有提到的内容
report-made-on = 报告生成日期
report-record = 研究的登记信息
report-program = 程序
report-vocabulary = 词汇表
report-asks = 需要询问或测量什么
report-must = 必须符合的
report-must-not = 不得出现的
report-met-means = 这里的“符合”表示它不构成障碍。
report-fields = 登记信息本身的字段
report-read = 病历中读取的内容
report-used = 使用了 { $used } 条记录，未采用 { $left } 条。
report-left = { $what }：{ $why }
report-changed = 更改于 { $day }，sha256 { $hash }
report-hash = sha256 { $hash }
report-more = 另有 { $n } 条
report-advice = 这些信息供您与研究团队讨论，由他们决定。这不是医疗建议。请不要因此停用或更改任何药物。研究文本和病历都由程序读取；两者都可能读错。
report-met = 符合
report-not-met = 不符合
report-open = 未定
report-in-record = 病历中：
report-to-ask = 需要询问或测量：
report-line = { $lead }{ $line }
report-code = 供手机扫描的方形码，内容为 { $says }
report-source = { $line } [{ $source }]
report-source-old = { $line } [{ $source }；较旧，须重新测量]

## What there is to say of a result besides its effect.

note-missing = 病历没有说明。
note-not-understood = 有一部分文字没有理解。
note-judgement = 这一点须由研究医生判断。
note-consent = 这一点须有人同意。
note-not-applicable = 此处不适用。
note-assumed = 推定：病历没有提到。
note-moot = 无须此条即已确定。
note-likely = 这些文字也可能有别的理解。

## What to ask or measure.

need-itself = { $first }
need-which-result = 同一时间有几个结果，以哪一个为准：{ $first }
need-measure-again = 重新测量：{ $first }
need-exact-date = 确切日期：{ $first }
need-number = 需要一个数值：{ $first }
need-possible-value = 需要一个合理的数值：{ $first }
need-normal-range = 化验室的正常范围：{ $first }
need-at-baseline = 基线时的数值：{ $first }
need-comparable-unit = 需要可以比较的单位：{ $first }
need-exact-value = 需要确切的数值：{ $first }
need-when = 是什么时候：{ $first }
need-which-kind = 属于哪一种：{ $first }
need-whole-body = 是否作用于全身：{ $first }
need-severity = 严重程度如何：{ $first }
need-active = 是否处于活动期：{ $first }
need-controlled = 是否得到控制：{ $first }
need-needs-treatment = 是否需要治疗：{ $first }
need-confirmed-by = 是否经 { $first } 证实：{ $second }
need-refractory = 是否治疗无效：{ $first }
need-said-of-it = 是否可以说是“{ $first }”：{ $second }
need-more = 需要更多信息：{ $first }
need-same-as = { $first } 是否就是：{ $second }
need-is-or-was = 现在或以前是否有：{ $first }
need-medicine-allergy = 现在或以前是否对任何药物过敏
need-planned = 是否计划进行：{ $first }
need-caused-by = 原因是否为：{ $first }
need-which-medicines = 用过以下哪些药物，用了多久：{ $first }
need-other-study-end = 另一项研究何时结束
need-other-study = 近期是否参加过另一项研究
need-response = 疾病对治疗的反应如何
need-which-response = 关于治疗反应有几种说法，以哪一种为准
need-birth = 出生日期
need-exact-birth = 确切的出生日期
need-onset = 发病时的年龄
need-sex = 出生时登记的性别
need-childbearing = 是否可能怀孕
need-sub-criterion = 有一条子标准未能读懂
need-not-understood = 请与研究团队一起阅读这一条：有一部分没有理解
need-uncertain = 请与研究团队一起阅读这一条：读法不确定

## What a result rests on.

shown-list = { $first }、{ $last }
shown-named = { $written }（{ $name }）
shown-yes = 是
shown-no = 否
shown-number = { $name } { $value }
shown-words = { $name }：{ $value }
shown-on = { $what }，{ $day }
shown-from-to = { $what }，{ $from } 至 { $to }
shown-since = { $what }，自 { $from } 起
shown-until = { $what }，至 { $to } 止
shown-calculated = { $what }，由 { $from } 计算（{ $method }）
shown-gestation = 孕 { $weeks } 周 { $days } 天，{ $what }
shown-age-years = { $day } 时 { $n } 岁
shown-age-months = { $day } 时 { $n } 个月
shown-age-weeks = { $day } 时 { $n } 周
shown-age-days = { $day } 时 { $n } 天
shown-female = 女，{ $what }
shown-sex-female = 性别：女
shown-sex-male = 性别：男
shown-sex-other = 性别：其他
