# Needs a translator's review.

## How much of the criteria is read.

coverage-page = 读懂了多少
coverage-heading = 标准读懂了多少
coverage-lead = Trialway 把每条标准公布的文字转换成可由事实判断的条件。不理解的文字保持未定，绝不对任何人有利或不利。
coverage-none = 尚未统计。统计在服务器启动时开始，整个登记库需要几分钟。
coverage-all-n = 全部 { $n } 项研究
coverage-table = 按读懂程度分类的标准
coverage-text = 原文中有 { $percent } 未读懂。
coverage-text-below = 原文中有 { $percent } 未读懂。下面用方括号和标记显示这些文字；它们保持未定。
coverage-often = 最常未读懂的
coverage-in-n = 见于 { $n } 项研究
coverage-best = 读得最好的
coverage-worst = 读得最少的
coverage-wholly = { $of } 条标准中有 { $n } 条完全读懂
coverage-not = { $of } 条标准中有 { $n } 条未读懂
coverage-computed = 完全读懂：可由事实判断
coverage-judgement = 已读懂，须由人判断或同意
coverage-partly = 读懂一部分：读懂的部分可以排除，但不能确认
coverage-unread = 未读懂：始终未定
coverage-study-page = { $id } 读懂了多少
coverage-study = 此研究的标准读懂了多少
coverage-all = 所有研究
