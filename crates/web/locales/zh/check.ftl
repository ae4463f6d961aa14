# Needs a translator's review.

## "Check if this may match": a study's questions, and what the answers come to.

check-title = 看看这项研究是否可能适合
check-lead = 请回答几个与研究要求有关的问题。每答完一页，您都会看到目前的结果。“不知道”永远是可以的回答。
check-private = 您的回答只用于这一页，之后即被忘记，不会保存，也不会出现在网址里。结果最多是“可能适合”；由研究团队决定。
check-begin = 显示第一批问题
check-whom = 为谁查看？
check-whom-self = 为我自己
check-whom-child = 为我的孩子
check-whom-other = 为我照顾的另一个人
check-age = 年龄
check-age-number = 周岁年龄；婴儿请填月龄
check-age-years = 岁
check-age-months = 个月
check-age-wrong = 年龄不是合理的整数。请改正，或留空。
check-sex = 性别
check-sex-female = 女
check-sex-male = 男
check-sex-none = 不想说
check-yes = 是
check-no = 否
check-not-known = 不知道
check-so-far = 目前的结果：
check-may = 可能适合
check-may-means = 您的回答中没有不符合之处。研究团队必须核实。
check-cannot-tell = 现在还不能判断
check-cannot-tell-means = 到目前为止您的回答中没有不符合之处，但还有一些要求不清楚。
check-not = 看来不适合
check-not-means = 根据您的回答和我们的理解，至少有一项不符合。两者都可能有误。研究团队可以核实。
check-because = 原因：
check-next = { $n ->
   *[other] 接下来的问题（还有 { $n } 个）
}
check-as-written = 我们的程序没能读懂这些要求，这里照研究的原文列出。如果看不懂，请选“不知道”，并请教医生。
check-go-on = 继续
check-no-more = 没有您可以在这里回答的问题了。
check-said = 为谁查看，以及目前的回答（{ $n } 个）。查看或更改
check-change = 使用更改后的回答
check-take = 带给您的医生
check-take-means = 一张单子，上面有结果、您的回答和研究的每一项要求。现在生成，不在这里保存。
check-sheet-pdf = 单子（PDF）
check-sheet-html = 单子（HTML）
check-sheet-heading = 对照 { $study } 的回答
check-sheet-patient = 回答者或其代答的人
check-sheet-answers = 回答内容
check-sheet-years = { $n ->
   *[other] { $n } 岁
}
check-sheet-months = { $n ->
   *[other] { $n } 个月
}
check-team = 向研究团队提问
check-team-means = 给研究团队写信。您的回答会带到下一页；只有您逐条勾选的才会发出。
check-team-go = 联系研究团队
check-team-yourself = 研究团队可以说明还不清楚的地方。下一页有联系方式。您的回答不会转交。
check-ask-about = 要弄清其余的要求，请询问
check-more = { $n ->
   *[other] 另有 { $n } 项。
}
check-later = 以后由人来决定的事
check-assent = 这项研究接受儿童。孩子参加必须由父母或监护人同意。能够理解的孩子也会被征求意见，这叫做“赞同”。
check-fits = { $n ->
   *[other] 目前符合的 { $n } 项
}
check-anew = 重新开始
check-why-asked = 为什么问这个
check-point = 第 { $id } 项
check-field = 来自登记信息
check-number = 最近一次的数值
check-number-in = 最近一次的数值，单位 { $unit }
check-number-empty = 不知道请留空。如果报告上用的是别的单位，请写在数字后面。
check-number-wrong = 这不能读作数字。请写成 85 或 0.9 这样，或留空。

check-ask-number = 您知道这个数值吗？{ $what }
check-ask-has = { $whom ->
    [child] 您的孩子有 { $what } 吗？
    [other] 这个人有 { $what } 吗？
   *[self] 您有 { $what } 吗？
}
check-ask-may-have = { $whom ->
    [child] 您的孩子有或可能有 { $what } 吗？
    [other] 这个人有或可能有 { $what } 吗？
   *[self] 您有或可能有 { $what } 吗？
}
check-ask-has-or-had = { $whom ->
    [child] 您的孩子现在有或曾经有过 { $what } 吗？
    [other] 这个人现在有或曾经有过 { $what } 吗？
   *[self] 您现在有或曾经有过 { $what } 吗？
}
check-ask-had = { $whom ->
    [child] 您的孩子有过 { $what } 吗？
    [other] 这个人有过 { $what } 吗？
   *[self] 您有过 { $what } 吗？
}
check-ask-ever-had = { $whom ->
    [child] 您的孩子做过 { $what } 吗？
    [other] 这个人做过 { $what } 吗？
   *[self] 您做过 { $what } 吗？
}
check-ask-having = { $whom ->
    [child] 您的孩子正在接受 { $what } 吗？
    [other] 这个人正在接受 { $what } 吗？
   *[self] 您正在接受 { $what } 吗？
}
check-ask-takes = { $whom ->
    [child] 您的孩子在用 { $what } 吗？
    [other] 这个人在用 { $what } 吗？
   *[self] 您在用 { $what } 吗？
}
check-ask-takes-or-took = { $whom ->
    [child] 您的孩子在用或曾经用过 { $what } 吗？
    [other] 这个人在用或曾经用过 { $what } 吗？
   *[self] 您在用或曾经用过 { $what } 吗？
}
check-ask-took = { $whom ->
    [child] 您的孩子用过 { $what } 吗？
    [other] 这个人用过 { $what } 吗？
   *[self] 您用过 { $what } 吗？
}
check-ask-treated = { $whom ->
    [child] 您的孩子接受过 { $what } 治疗吗？
    [other] 这个人接受过 { $what } 治疗吗？
   *[self] 您接受过 { $what } 治疗吗？
}
check-ask-allergic = { $whom ->
    [child] 您的孩子对 { $what } 过敏吗？
    [other] 这个人对 { $what } 过敏吗？
   *[self] 您对 { $what } 过敏吗？
}
check-ask-childbearing = { $whom ->
    [child] 您的孩子可能怀孕吗？
    [other] 这个人可能怀孕吗？
   *[self] 您可能怀孕吗？
}
check-ask-in-another = { $whom ->
    [child] 您的孩子现在正在参加另一项研究吗？
    [other] 这个人现在正在参加另一项研究吗？
   *[self] 您现在正在参加另一项研究吗？
}
check-ask-was-in-another = { $whom ->
    [child] 您的孩子参加过另一项研究吗？{ $what }
    [other] 这个人参加过另一项研究吗？{ $what }
   *[self] 您参加过另一项研究吗？{ $what }
}
check-ask-is-so = { $whom ->
    [child] 您的孩子的情况是这样吗？{ $what }
    [other] 这个人的情况是这样吗？{ $what }
   *[self] 您的情况是这样吗？{ $what }
}
check-ask-as-written = { $whom ->
    [child] 照原文来看，您的孩子的情况是这样吗？“{ $what }”
    [other] 照原文来看，这个人的情况是这样吗？“{ $what }”
   *[self] 照原文来看，您的情况是这样吗？“{ $what }”
}
check-ask-judged = 由研究医生决定：{ $what }
check-ask-agreed = 必须有人同意：{ $what }

check-link = 看看这项研究是否可能适合您或您的孩子
check-home-heading = 回答几个问题
check-home-before = 说出是什么病，勾选您知道的情况。
check-home-link = 为我或我的孩子查看所有研究
check-home-after = 您也可以在某项研究自己的页面上单独查看。

check-all-title = 为我或我的孩子查看所有研究
check-all-lead = 请回答您知道的。之后您会看到哪些研究可能适合，以及原因。
check-all-conditions = 是什么病？
check-all-conditions-hint = 最好用医生写的病名。如有多种，每行写一种。不需要写人的姓名。
check-all-no-condition = 请写出是什么病。
check-all-place = 最近的城市
check-all-medicines = 现在用哪些药？每行写一种
check-all-facts = 许多研究都会问的
check-all-go = 显示研究
check-fact-pregnant = 怀孕？
check-fact-breastfeeding = 哺乳？
check-fact-diabetes = 糖尿病？
check-fact-hypertension = 高血压？
check-fact-heart-failure = 心力衰竭？
check-fact-kidney = 慢性肾病？
check-fact-liver = 肝病？
check-fact-cancer = 癌症？
check-fact-hiv = 艾滋病病毒（HIV）感染？
check-fact-hepatitis-b = 乙型肝炎？
