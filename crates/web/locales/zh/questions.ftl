# Needs a translator's review.

## Questions people ask about trials.

questions-heading = 人们常问的临床试验问题
questions-what = 什么是临床试验？
questions-what-answer = 一种有人参加的研究，让医生了解某种治疗是否有效、是否安全，或某种疾病如何发展。研究按书面方案进行，并事先由不属于该研究的委员会审查。
questions-why = 人们为什么参加？
questions-why-answer = 有些人想寻求另一种治疗方式，尽管没有人能说它一定有效。许多人希望帮助以后患病的人。如果您不想参加，不需要任何理由。
questions-help = 它会对我有帮助吗？
questions-help-answer = 没有人能说准。正因为答案未知才做试验。它可能对您没有帮助，也可能有风险。其他人可能会从研究结果中受益。
questions-stay = 我必须坚持到最后吗？
questions-stay-answer = 不必。参加是自愿的。您可以随时退出，不需要说明原因。您平常的医疗照常进行。退出之前请告诉研究团队，以便安全地停止。
questions-consent = 什么是知情同意？
questions-consent-answer = 在您参加之前，研究团队必须告诉您会做什么、可能出现什么问题、还有哪些其他选择。您可以提任何问题，也可以把文件带回家。只有同意才签字。儿童由父母或监护人签字；能理解的儿童本人也要被询问。
questions-placebo = 我可能会用到安慰剂吗？
questions-placebo-answer = 有些试验会。登记信息会说明是否有一组使用安慰剂。如果有，签字之前会告诉您这种可能。
questions-long = 试验持续多久？
questions-long-answer = 有的持续几周，有的持续几年。下面的日期是整个研究的日期，不是一个人的。请询问研究团队您要参加多久、多久来一次。
questions-safe = 安全吗？
questions-safe-answer = 任何治疗都可能造成伤害，新的治疗还可能有尚无人知道的伤害。早期试验主要研究这一点。伦理委员会会事先审查方案，许多试验还有专家小组，若有伤害可以叫停。在您同意之前，研究团队必须告诉您已知的情况。
questions-paid = 参加有报酬吗？
questions-paid-answer = 有些研究会支付交通或时间补偿，有些不会。请询问研究团队。登记信息中没有这一项。
questions-cost = 要花多少钱？
questions-cost-answer = 各项研究不同。请询问由谁支付治疗、检查、交通费用，以及受到伤害时的医疗费用。
questions-medicine = 我应该为了参加而停药吗？
questions-medicine-answer = 不应该。请不要因为在这里读到的内容停用或更改任何药物。请先与您自己的医生商量。
questions-decides = 谁决定我能否参加？
questions-decides-answer = 研究团队。他们会查看您的病历，常常还会做检查，这称为筛选。本页所说的只是初步了解。
