# Needs a translator's review.

## A study on paper.

sheet-status = { $status }。{ $meaning }
sheet-full-title = 完整标题
sheet-made = { $how }这些信息供讨论之用，不是医疗建议。谁可以参加由研究团队决定。请不要因此停用或更改任何药物。
sheet-questions = 可以问医生和研究团队的问题
sheet-question-1 = 上面的各条中，我符合哪些？哪些需要先做检查？
sheet-question-2 = 除了参加，我还有哪些选择？
sheet-question-3 = 可能出现什么问题？对我来说可能性多大？
sheet-question-4 = 我要多久来一次、持续多久？可能要住院过夜吗？
sheet-question-5 = 我可以继续用现在的药吗？
sheet-question-6 = 治疗、检查和交通费由谁支付？如果我受到伤害，医疗费由谁支付？
sheet-question-7 = 我可以随时退出吗？退出后会怎样？
sheet-question-8 = 研究结束后会怎样？
sheet-must = 必须符合的（公布的原文）
sheet-must-not = 不得出现的（公布的原文）
sheet-foot = { $id }，登记信息第 { $version } 版；trialway { $program }
sheet-more-sites = 另有 { $count } 个研究中心；研究页面列出全部
