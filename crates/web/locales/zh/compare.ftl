# Needs a translator's review.

## Studies side by side.

compare-heading = 并排比较研究
compare-none = 没有选择研究。请[搜索]、勾选最多四项研究，然后选择“比较”。
compare-lead = 来自登记信息本身的字段。登记信息没有说明的显示为“未注明”。在窄屏幕上，表格可以左右滑动。
compare-table = 并排显示的研究
compare-leave-out = 移除
compare-leave-out-one = 移除 { $id }
compare-next = 下一步
compare-check = 核对病历
compare-keeps = 本页网址保存了这次比较。[重新搜索]
compare-no-number = “{ $written }”不是 NCT 编号，已忽略。
compare-too-many = 最多可并排显示 { $most } 项研究；现显示前 { $most } 项。
compare-not-held = 这里没有 { $id }。
compare-must = 必须符合的
compare-rules-out = 会被排除的
compare-join = 可以参加吗？
compare-recruiting = 正在招募的中心
compare-start = 开始
compare-end = 结束
compare-measures = 主要衡量什么
compare-not-given = 未注明
