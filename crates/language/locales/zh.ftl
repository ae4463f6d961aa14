# Needs a translator's review.

## One sentence about the whole study.

gist-treatment = 此研究在患有 { $condition } 的{ $who }中试验 { $what }。
gist-treatment-many = 此研究在{ $who }中试验 { $what }，针对 { $condition }。
gist-compare = 此研究在{ $who }中比较 { $what }，针对 { $condition }。
gist-compare-healthy = 此研究在{ $who }中比较 { $what }。
gist-healthy = 此研究在{ $who }中试验 { $what }。
gist-withdrawn = 此研究原针对 { $condition }。按照登记，研究已撤销，无人参加。
gist-prevention = 此研究试验 { $what }，以帮助预防 { $condition }。对象是{ $who }。
gist-services = 此研究考察医疗服务如何提供：{ $what }。研究涉及 { $condition }。
gist-diagnostic = 此研究试验用 { $what } 发现或跟踪疾病。研究涉及 { $condition }。对象是{ $who }。
gist-other = 此研究在{ $who }中考察 { $what }，针对 { $condition }。
gist-observed = 此研究观察患有 { $condition } 的{ $who }，不决定任何人的治疗。
gist-observed-many = 此研究针对 { $condition }，观察{ $who }，不决定任何人的治疗。
gist-watched = 此研究观察患有 { $condition } 的{ $who }。
gist-watched-many = 此研究针对 { $condition }，观察{ $who }。
gist-watched-listed = 此研究观察患有 { $condition } 的{ $who }。登记信息所列的考察内容为 { $what }。
gist-watched-listed-many = 此研究针对 { $condition }，观察{ $who }。登记信息所列的考察内容为 { $what }。
gist-access = 这是在试验之外通过医生获得 { $what } 的途径，适用于患有 { $condition } 的{ $who }。
gist-access-many = 这是在试验之外通过医生获得 { $what } 的途径，适用于{ $who }，针对 { $condition }。
gist-no-treatment = 此研究针对 { $condition }。对象是{ $who }。
gist-no-treatment-all = 此研究针对 { $condition }。
gist-title = 其标题写有“{ $words }”。
who-people = 人群
who-women = 女性
who-men = 男性
who-females = 妇女和女孩
who-males = 男子和男孩
who-female = 女性参与者
who-male = 男性参与者
who-adults = 成年人
who-children = 儿童和青少年
who-healthy = { $who }（也包括健康人）
who-healthy-only = 健康的{ $who }
list-two = { $first }和{ $last }
list-many = { $first }、{ $last }
list-more = { $first }等（另有 { $n } 项）
list-more-or = { $first }等（另有 { $n } 项）之一
list-plus = { $all }加{ $some }
list-with-or-without = { $all }（加或不加 { $some }）
list-some = { $names }（并非每个人都会接受全部）
list-quoted = “{ $name }”
list-along = { $what } 联合 { $others }
list-together = { $what } 联合其他治疗
kinds-of = 特定类型或阶段的 { $name }

## What it studies.

purpose-treatment = 目的是进一步了解如何治疗 { $condition }。
purpose-treatment-many = 目的是进一步了解治疗。登记信息所列的主题为 { $condition }。
purpose-help = 目的是进一步了解如何帮助患有 { $condition } 的人。
purpose-help-many = 目的是进一步了解如何帮助人们。登记信息所列的主题为 { $condition }。
purpose-safe = 按照登记，目的是了解药物的安全性。
purpose-levels = 按主要衡量的内容，目的是了解药物在体内的过程。
purpose-safe-and-levels = 按照登记，目的是了解药物的安全性及其在体内的过程。
purpose-prevention = 目的是了解如何预防 { $condition }。
purpose-prevention-in = 目的是帮助预防患有 { $condition } 的人出现问题。
purpose-prevention-listed = 登记信息称其目的是预防疾病，所列病症为 { $condition }。
purpose-listed = 登记信息所列的病症为 { $condition }。
purpose-diagnostic = 目的是了解如何发现或跟踪 { $condition }。
purpose-diagnostic-many = 目的是了解如何发现或跟踪疾病。登记信息所列的主题为 { $condition }。
purpose-supportive = 目的是帮助人们感觉更好或更好地应对，并不针对疾病本身。
purpose-support = 目的是在患病期间或之后给人们支持（例如舒适、饮食、应对）。
purpose-screening = 目的是了解如何找出患有或可能患上 { $condition } 的人。
purpose-screening-many = 目的是了解如何找出患有或可能患上某种疾病的人。登记信息所列的主题为 { $condition }。
purpose-education = 目的是了解教育或建议能有怎样的帮助。
purpose-services = 目的是了解医疗服务如何提供。
purpose-science = 目的是了解身体或疾病的机制。
purpose-device = 目的是了解一种器械能否按预期使用。
phase-early = 处于早期1期：最初的试验，通常只有少数人参加。
phase-1 = 处于1期：早期试验，主要了解治疗的安全性。
phase-1-plain = 处于1期：早期试验，通常只有少数人参加。
phase-1-levels = 处于1期：早期试验，主要衡量药物在体内的过程。
phase-1-2 = 处于1期和2期：先了解治疗的安全性，再了解是否可能有效。
phase-2 = 处于2期：了解治疗是否可能有效以及安全性。
phase-2-3 = 处于2期和3期：了解治疗是否有效，通常先在一部分人、再在许多人中进行。
phase-3 = 处于3期：后期试验，了解治疗是否有效，通常人数较多。
phase-4 = 处于4期：治疗已获批准，观察日常使用情况。
measures = 主要衡量的是“{ $what }”。
measures-when = 主要衡量的是“{ $what }”（时间：{ $when }）。
measures-more = 登记信息列出了 { $n } 项主要衡量的内容。第一项是“{ $what }”。
size-planned = 计划有 { $n } 人参加。
size-actual = 有 { $n } 人参加。
run-by-industry = 由公司 { $name } 开展此研究。
run-by = 由 { $name } 开展此研究。
run-by-industry-past = 由公司 { $name } 开展了此研究。
run-by-past = 由 { $name } 开展了此研究。
began = 开始于 { $date }。
begins = 登记信息预计于 { $date }开始。
begins-as-of = 登记信息最后更改于 { $updated }，当时预计研究于 { $date }开始。
ends = 登记信息预计于 { $date }结束。
ends-as-of = 登记信息最后更改于 { $updated }，当时预计研究于 { $date }结束。
ended = 结束于 { $date }。
finished = 按照登记，研究已完成。
stopped = 按照登记，研究已提前停止。
closed = 研究不再接收新的参加者。
paused = 按照登记，研究已暂停，目前不接收新的参加者。
state-unknown = 研究目前的状态不明。
state-unknown-as-of = 研究目前的状态不明：登记信息最后更改于 { $updated }。

## What taking part involves.

random = 由机会决定您在哪一组。
random-past = 由机会决定了参加者在哪一组。
random-closed = 由机会决定参加者在哪一组。
random-two = 由机会决定您在哪一组，就像掷硬币。
random-two-past = 由机会决定了参加者在哪一组，就像掷硬币。
random-two-closed = 由机会决定参加者在哪一组，就像掷硬币。
random-in-part = 您在哪一组，部分由机会决定。
random-in-part-past = 参加者在哪一组，部分由机会决定。
random-in-part-closed = 参加者在哪一组，部分由机会决定。
not-random = 分组不是由机会决定的。
not-random-past = 分组不是由机会决定的。
one-group = 只有一组。所有参加者都在这一组。
one-group-past = 当时只有一组。所有参加者都在这一组。
one-group-closed = 只有一组。研究中的所有人都在这一组。
crossover = 组内的人在研究期间会换用另一种治疗，因此每个人接受不止一种。
crossover-past = 组内的人在研究期间换用了另一种治疗，因此每个人接受了不止一种。
factorial = 有些组同时接受不止一种治疗。
factorial-past = 有些组同时接受了不止一种治疗。
groups = 共有 { $n } 组。
groups-past = 当时共有 { $n } 组。
open-label = 您和研究团队都会知道您接受的是什么。
open-label-past = 参加者和研究团队都知道接受的是什么。
open-label-closed = 研究中的人和研究团队都知道接受的是什么。
masked-you = 不会告诉您接受的是什么。
masked-you-past = 当时没有告诉参加者接受的是什么。
masked-you-closed = 不告诉研究中的人接受的是什么。
masked-you-and-team = 不会告诉您和部分研究团队成员您接受的是什么。
masked-you-and-team-past = 当时没有告诉参加者和部分研究团队成员接受的是什么。
masked-you-and-team-closed = 不告诉研究中的人和部分研究团队成员接受的是什么。
masked-team = 不会告诉部分研究团队成员谁接受什么。
masked-team-past = 当时没有告诉部分研究团队成员谁接受什么。
masked-team-closed = 不告诉部分研究团队成员谁接受什么。
masked-team-groups = 不会告诉部分研究团队成员谁在哪一组。
masked-team-groups-past = 当时没有告诉部分研究团队成员谁在哪一组。
masked-team-groups-closed = 不告诉部分研究团队成员谁在哪一组。
placebo = 至少有一组使用安慰剂。它看起来像所试验的治疗，但本身没有作用。
placebo-past = 至少有一组使用了安慰剂。它看起来像所试验的治疗，但本身没有作用。
sham = 至少有一组接受假操作：看起来像治疗，但没有作用。
sham-past = 至少有一组接受了假操作：看起来像治疗，但没有作用。
no-treatment-group = 按照登记，有一组不接受研究的治疗，但可能接受常规治疗。
no-treatment-group-past = 按照登记，有一组没有接受研究的治疗，但可能接受了常规治疗。
watched = 按照登记，只对您进行观察或询问。研究不决定您的治疗。
watched-samples = 按照登记，对您进行观察或询问，并可能使用血液或组织等样本。研究不决定您的治疗。
watched-genes = 按照登记，对您进行观察或询问，并可能使用血液或组织等样本，其中可能检测基因。研究不决定您的治疗。
watched-past = 按照登记，研究对参加者进行了观察或询问，没有决定他们的治疗。
watched-closed = 按照登记，对参加者进行观察或询问。研究不决定他们的治疗。
watched-samples-past = 按照登记，研究对参加者进行了观察或询问，并可能使用了血液或组织等样本，没有决定他们的治疗。
watched-samples-closed = 按照登记，对参加者进行观察或询问，并可能使用血液或组织等样本。研究不决定他们的治疗。
watched-genes-past = 按照登记，研究对参加者进行了观察或询问，并可能使用了血液或组织等样本，其中可能检测了基因。研究没有决定他们的治疗。
watched-genes-closed = 按照登记，对参加者进行观察或询问，并可能使用血液或组织等样本，其中可能检测基因。研究不决定他们的治疗。
watched-back = 研究回顾已有的记录。
watched-back-past = 研究回顾了已有的记录。
lacks-burden = 登记信息没有就诊次数、住院过夜、费用或报酬的固定栏目。其正文可能提到其中一些。请询问研究团队。

## Why it matters: only what the record bears out.

matters-treatment = 开展此研究是为了了解 { $what } 治疗能否帮助患有 { $condition } 的人。
matters-treatment-many = 开展此研究是为了了解 { $what } 治疗能否有帮助。登记信息所列的主题为 { $condition }。
matters-help = 开展此研究是为了了解 { $what } 能否帮助患有 { $condition } 的人。
matters-help-many = 开展此研究是为了了解 { $what } 能否有帮助。登记信息所列的主题为 { $condition }。
matters-safety = 开展此研究是为了了解 { $what } 治疗对患有 { $condition } 的人的安全性。
matters-safety-many = 开展此研究是为了了解 { $what } 治疗的安全性。登记信息所列的主题为 { $condition }。
matters-safety-help = 开展此研究是为了了解 { $what } 治疗的安全性，以及能否帮助患有 { $condition } 的人。
matters-safety-help-many = 开展此研究是为了了解 { $what } 治疗的安全性，以及能否有帮助。登记信息所列的主题为 { $condition }。
matters-safety-plain = 开展此研究是为了了解 { $what } 的安全性。
matters-levels = 开展此研究是为了了解 { $what } 在体内的过程。
matters-safe-and-levels = 开展此研究是为了了解 { $what } 的安全性及其在体内的过程。
matters-feasibility = 开展此研究是为了了解 { $what } 用于患有 { $condition } 的人是否可行。
matters-feasibility-many = 开展此研究是为了了解 { $what } 的使用是否可行。登记信息所列的主题为 { $condition }。
matters-prevention = 开展此研究是为了了解 { $what } 能否帮助预防 { $condition }。
matters-observed = 所得的认识以后可能帮助患有 { $condition } 的人。
matters-observed-many = 所得的认识以后可能有所帮助。登记信息所列的主题为 { $condition }。
matters-you = 参加研究可能对您没有帮助，也可能有风险。研究团队必须告诉您这些。
matters-you-closed = 参加研究可能对参加者没有帮助，也可能有风险。研究团队必须告诉参加者这些。

## Who may fit: the ends of "This study may fit people who …".

age-between = 年龄为 { $low } 至 { $high } { $unit }
age-at-least = 年龄为 { $value } { $unit }及以上
age-more = 年龄大于 { $value } { $unit }
age-at-most = 年龄为 { $value } { $unit }及以下
age-less = 年龄小于 { $value } { $unit }
age-equal = 年龄为 { $value } { $unit }
onset-at-least = { $name } 开始时年龄为 { $value } { $unit }及以上
onset-more = { $name } 开始时年龄大于 { $value } { $unit }
onset-at-most = { $name } 开始时年龄为 { $value } { $unit }及以下
onset-less = { $name } 开始时年龄小于 { $value } { $unit }
onset-equal = { $name } 开始时年龄为 { $value } { $unit }
unit-years = 岁
unit-months = 个月
unit-weeks = 周
unit-days = 天
unit-hours = 小时
unit-minutes = 分钟
long-hours = { $n } 小时
long-days = { $n } 天
long-weeks = { $n } 周
long-months = { $n } 个月
long-years = { $n } 年
female = 为女性
male = 为男性
childbearing = { $no ->
    [yes] 不可能怀孕
   *[no] 可能怀孕
}
pregnant = { $no ->
    [yes] 没有怀孕
   *[no] 已怀孕
}
breastfeeding = { $no ->
    [yes] 不在哺乳期
   *[no] 在哺乳期
}
have = { $no ->
    [yes] 没有 { $name }
   *[no] 有 { $name }
}
may-have = { $no ->
    [yes] 没有 { $name }，也没有此怀疑
   *[no] 有或可能有 { $name }
}
have-ever = { $no ->
    [yes] 从未有过 { $name }
   *[no] 现有或曾有 { $name }
}
have-lasting = { $no ->
    [yes] 没有{ $when }有 { $name }
   *[no] { $when }有 { $name }
}
take-lasting = { $no ->
    [yes] 没有{ $when }使用 { $name }
   *[no] { $when }使用 { $name }
}
had = { $no ->
    [yes] { $when }没有 { $name }
   *[no] { $when }有过 { $name }
}
plan = { $no ->
    [yes] 没有计划或预期 { $name }
   *[no] 计划或预期 { $name }
}
take = { $no ->
    [yes] 不在使用 { $name }
   *[no] 正在使用 { $name }
}
take-ever = { $no ->
    [yes] 从未使用过 { $name }
   *[no] 正在或曾经使用 { $name }
}
took = { $no ->
    [yes] { $when }没有使用 { $name }
   *[no] { $when }使用过 { $name }
}
took-lately = { $no ->
    [yes] 近期没有使用 { $name }
   *[no] 近期使用过 { $name }
}
had-lately = { $no ->
    [yes] 近期没有 { $name }
   *[no] 近期有过 { $name }
}
given-lately = { $no ->
    [yes] 近期没有接种 { $name }
   *[no] 近期接种过 { $name }
}
given = { $no ->
    [yes] 不接种 { $name }
   *[no] 接种 { $name }
}
given-ever = { $no ->
    [yes] 从未接种过 { $name }
   *[no] 接种过 { $name }
}
given-when = { $no ->
    [yes] { $when }没有接种 { $name }
   *[no] { $when }接种过 { $name }
}
undergo = { $no ->
    [yes] 没有在接受 { $name }
   *[no] 正在接受 { $name }
}
undergo-ever = { $no ->
    [yes] 从未接受过 { $name }
   *[no] 接受过 { $name }
}
allergic = { $no ->
    [yes] 对 { $name } 不过敏
   *[no] 对 { $name } 过敏
}
measure-at-least = { $name } 至少 { $limit }
measure-more = { $name } 高于 { $limit }
measure-at-most = { $name } 至多 { $limit }
measure-less = { $name } 低于 { $limit }
measure-equal = { $name } 为 { $limit }
measure-range = { $name } 为 { $low } 至 { $high }
limit-upper = 正常范围上限的 { $n } 倍
limit-upper-one = 正常范围上限
limit-lower = 正常范围下限的 { $n } 倍
limit-lower-one = 正常范围下限
result-positive = { $no ->
    [yes] { $name } 检测结果不是阳性
   *[no] { $name } 检测结果为阳性
}
result-positive-test = { $no ->
    [yes] { $name } 结果不是阳性
   *[no] { $name } 结果为阳性
}
result-negative-test = { $no ->
    [yes] { $name } 结果不是阴性
   *[no] { $name } 结果为阴性
}
result-negative = { $no ->
    [yes] { $name } 检测结果不是阴性
   *[no] { $name } 检测结果为阴性
}
result-normal = { $no ->
    [yes] { $name } 结果不正常
   *[no] { $name } 结果正常
}
result-abnormal = { $no ->
    [yes] { $name } 结果没有异常
   *[no] { $name } 结果异常
}
result-above = { $no ->
    [yes] { $name } 没有高于正常范围
   *[no] { $name } 高于正常范围
}
result-below = { $no ->
    [yes] { $name } 没有低于正常范围
   *[no] { $name } 低于正常范围
}
grade-range = { $no ->
    [yes] { $name } 不是 { $low } 至 { $high }
   *[no] { $name } 为 { $low } 至 { $high }
}
grade-of = { $of } 的 { $name }
grade = { $no ->
    [yes] { $name } 不是 { $grades }
   *[no] { $name } 为 { $grades }
}
remission = { $no ->
    [yes] 没有处于缓解期
   *[no] 处于缓解期
}
relapse = { $no ->
    [yes] 治疗后没有复发
   *[no] 治疗后复发
}
not-helped = 治疗没有带来足够的帮助
other-study = { $no ->
    [yes] 没有参加其他研究
   *[no] 正在参加其他研究
}
other-study-when = { $no ->
    [yes] { $when }没有参加其他研究
   *[no] { $when }参加过其他研究
}
other-study-of = { $no ->
    [yes] 没有参加其他{ $of }研究
   *[no] 正在参加其他{ $of }研究
}
other-study-of-when = { $no ->
    [yes] { $when }没有参加其他{ $of }研究
   *[no] { $when }参加过其他{ $of }研究
}
study-of-drugs = 药物
study-of-devices = 器械
study-of-vaccines = 疫苗
study-of-treatments = 治疗
no-when = { $when }：{ $phrase }
when-last = 在过去 { $long }内
when-before = 在{ $anchor } 之前的 { $long }内
when-ago = 在 { $long }以前
when-ago-before = 在{ $anchor } 之前 { $long }以上
when-lasting = 持续至少 { $long }
when-lasting-more = 持续超过 { $long }
with-mild = 轻度以上的 { $name }
with-moderate = 中度或重度的 { $name }
with-severe = 重度的 { $name }
with-active = 活动性 { $name }
with-uncontrolled = 未控制的 { $name }
with-refractory = 难治性 { $name }
with-words = { $name }（{ $words }）
with-treatment = 需要治疗的 { $name }
with-donor = 来自供者的 { $name }
with-own = 来自自身的 { $name }
with-proof = 经 { $proof } 证实的 { $name }
with-other-than = { $name }（{ $others } 除外）
join-and = { $first }，并且{ $last }
join-or = { $first } 或 { $last }
only-if = { $then }（仅要求{ $if }的人）
or-else = { $base }，或者{ $unless }
but-not = { $base }（{ $unless }的人不计）
in-group = { $phrase }（“{ $group }”组）
month-year = { $year }年{ $month }
month-1 = 一月
month-2 = 二月
month-3 = 三月
month-4 = 四月
month-5 = 五月
month-6 = 六月
month-7 = 七月
month-8 = 八月
month-9 = 九月
month-10 = 十月
month-11 = 十一月
month-12 = 十二月
cues-lower = 至少; 及以上; 大于; 高于
cues-upper = 至多; 及以下; 小于; 低于

## How a criterion is read.

read-and = { $first }；并且{ $last }
read-or = { $first }；或者{ $last }
read-list = { $first }；{ $last }
read-mixed = （{ $words }）
read-all-below = 以下各条全部
read-any-below = 以下任何一条
read-none-below = 以下各条都不
read-point-below = 以下一条
read-below = 以下各条
read-applies = 此条适用
read-not = 不是：{ $words }
read-n-below = 以下各条中至少 { $n } 条
read-n = 以下至少 { $n } 项：{ $words }
read-only-if = 仅当{ $if }：{ $then }
read-or-else = { $base }，否则{ $unless }
read-but-not = { $base }，但若{ $unless }则不计
read-unread = “{ $words }”（未读懂）
read-age = 年龄{ $comparator } { $value } { $unit }
read-at-least = 至少
read-more = 大于
read-at-most = 至多
read-less = 小于
read-equal = 正好
read-female = 女性
read-male = 男性
read-childbearing = 可能怀孕
read-result = { $name }：{ $wanted }
read-positive = 阳性
read-negative = 阴性
read-normal = 正常
read-abnormal = 异常
read-above = 高于正常范围
read-below-normal = 低于正常范围
read-of = { $name }：{ $words }
read-no-remission = 没有缓解
read-no-complete-remission = 没有完全缓解
read-relapse = 复发
read-inadequate = 治疗没有带来足够的帮助
read-remission = 缓解
read-cause = { $name } 由 { $cause } 引起
read-in-study = 正在参加其他研究
read-was-in-study = 参加过其他研究
read-limit-upper-one = 实验室正常值上限
read-limit-upper = 实验室正常值上限的 { $n } 倍
read-limit-lower = 实验室正常值下限的 { $n } 倍
read-limit-baseline = 基线值的 { $n } 倍
read-measure = { $name } { $comparator } { $limit }
read-when = { $words }（{ $when }）
read-afterwards = 此后 { $long }内
read-anything = 任何情况
read-behind = { $name }（{ $words }）
read-unless = { $name }（除非：{ $words }）
read-treatment = 需要治疗的 { $name }
read-confirmed = 经 { $proof } 证实的 { $name }
read-other-than = { $name }（{ $others } 除外）
read-so = 情况如此：{ $name }
read-so-ever = 现在或曾经如此：{ $name }
read-allergic = 对 { $name } 过敏
read-allergic-severely = 对 { $name } 严重过敏
read-allergic-moderately = 对 { $name } 至少中度过敏
read-planned = 计划 { $name }
read-has = 有 { $name }
read-may-have = 有或可能有 { $name }
read-ever = 现有或曾有 { $name }
read-may-ever = 现有或曾有，或可能有过 { $name }
read-had = 有过 { $name }
read-may-had = 有过或可能有过 { $name }
read-takes = 正在使用 { $name }
read-took-ever = 正在或曾经使用 { $name }
read-took = 使用过 { $name }
read-undergoes = 正在接受 { $name }
read-undergone-ever = 曾接受 { $name }
read-undergone = 接受过 { $name }
read-grade = { $name }：{ $grades }
read-medicines = 药物
read-treated = 接受过 { $names } 治疗
read-treated-n = 接受过以下至少 { $n } 种治疗：{ $names }
read-one-of = { $words }，其中之一为 { $name }
read-each-at-least = { $words }，每种至少 { $long }
read-each-more = { $words }，每种超过 { $long }
read-each-at-most = { $words }，每种至多 { $long }

## What somebody judges or agrees to: the questions of the list of topics.

topic-investigator-opinion = 研究医生对是否适合参加的意见
topic-venous-access = 静脉是否适合研究所需的抽血
topic-apheresis = 能否从血液中采集细胞（白细胞单采）
topic-hemodynamic-stability = 血压和循环是否稳定
topic-vital-signs = 生命体征（脉搏、血压、呼吸）是否稳定
topic-compliance = 本人是否愿意并能够遵守研究的访视和规定
topic-interference = 研究医生对是否有任何情况会干扰研究的意见
topic-informed-consent = 是否已签署知情同意书
topic-contraception = 本人是否同意使用有效的避孕方法
topic-health = 研究医生是否认为本人健康状况良好
topic-protocol-criteria = 研究方案中另有、但登记信息没有列出的标准
topic-contraindication = 是否有情况使本人不宜使用这种药物或接受这项检查
topic-measurable-disease = 能否通过影像或检查来测量疾病
topic-language = 本人是否会说研究所需的语言
topic-custody = 本人是否处于羁押中或住在机构里
topic-study-medicine-allergy = 本人是否对研究药物或其成分过敏
topic-similar-medicine-allergy = 本人是否对与所提药物相似的药物过敏
topic-willingness = 本人是否同意研究在这里的要求
topic-ability = 本人是否能够做到研究在这里的要求
topic-organ-function = 由研究医生判断，所提到的器官功能是否足够好
