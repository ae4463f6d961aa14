# Needs a translator's review.

## What changed in a study.

history-of = { $id } 的变化
history-heading = 此研究有哪些变化
history-gone = 登记平台已不再有此研究（{ $day }发现）。此处显示的是它最后的登记信息。
history-lead = 这里复制过的每个版本的登记信息，最新的在前，并与前一个版本对照。删去的词加删除线，新增的词加下划线。两次复制之间的变化一并显示。
history-feeds = 如要收到变化通知：[Atom 订阅]、[JSON 订阅]。
history-first = 这里复制的第一个版本。
history-other = 登记信息中有这里不作比较的变化。
history-same = 对人们来说，内容没有变化。
history-older = 另保存有 { $n } 个更早的版本，未显示。
history-version = 第 { $version } 版，复制于 { $day }
history-added = 新增
history-removed = 删除
history-changed = 更改
history-site = 研究中心：{ $name }
history-criterion = 入选标准
history-criterion-not = 排除标准
history-rest = 登记信息的其他部分
history-status = 状态
