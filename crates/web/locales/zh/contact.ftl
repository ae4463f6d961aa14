# Needs a translator's review.

## Writing to a study centre.

contact-title = 向研究团队提问
contact-emergency = 不用于紧急情况。这里不会有人立即查看。如果现在需要帮助，请拨打当地急救电话。
contact-closed = 根据登记信息，这项研究现在不再接收新的参加者。您仍然可以提问。
contact-problems = 还没有发送任何内容。请先查看：
contact-near = 先显示最近的中心：输入城市，或纬度,经度
contact-near-go = 显示
contact-near-unknown = 这里没有研究在名为“{ $place }”的地方设有中心。请试试最近的较大城市，或输入数字，例如 48.85,2.35。
contact-nearest = 最近的正在招募的中心：
contact-km = 约 { $km } 公里
contact-under-km = 不到 1 公里
contact-write = 写信给研究团队
contact-write-lead = 您的信息会交给表示愿意回答本研究问题的人。他们会收到“有一条信息”的通知。通知里没有您写的内容。
contact-site = 哪个中心？
contact-site-whole = 整个研究的团队
contact-no-site = 请选择一个中心。
contact-name = 他们应该怎样称呼您？
contact-name-hint = 只写名字或化名就可以。
contact-no-name = 请写一个称呼，化名也可以。
contact-long-name = 称呼太长：最多 { $n } 个字。
contact-way = 他们怎样联系您？请选择一种方式。
contact-way-email = 电子邮件
contact-way-phone = 电话
contact-email = 您的电子邮件地址
contact-phone = 您的电话号码
contact-no-way = 请选择电子邮件或电话。
contact-email-empty = 请填写您的电子邮件地址。
contact-email-no-at = 电子邮件地址中间需要一个 @，例如 ana@example.org。
contact-email-long = 电子邮件地址太长。
contact-email-name = @ 前面有我们不能使用的符号。请使用英文字母、数字、点、连字符或加号。
contact-email-domain = @ 后面不是网络名称，例如 example.org。
contact-bad-phone = 请填写 5 到 20 位数字的电话号码，例如 +1 617 555 0199。
contact-language = 我们会告诉他们您使用的语言：{ $language }。
contact-message = 您想问什么？
contact-message-hint = 您不必写自己的健康情况。团队以后可以问您。
contact-no-message = 请写下您想问的内容。
contact-long-message = 内容太长：最多 { $n } 个字。
contact-answers = 您在核对时的回答
contact-answers-lead = 这些是您关于本研究的回答。只有勾选下面的方框才会发送。
contact-answers-send = 随信息一起发送我的回答
contact-answers-each = 不想发送的内容，请去掉勾选。
contact-many-answers = 最多可以发送 { $n } 个回答。请去掉一些勾选。
contact-agree = 发送之前
contact-consent = 我把这些内容发给我选择的研究中心。Trialway 保存它只是为了让该中心阅读和回答，不作他用。在我撤回时，或在该中心处理完 { $n } 天后，最迟在我发送 { $days } 天后，它会被删除。该中心可能保留自己的阅读记录。发送这些内容不代表我参加研究，也没有人决定我是否可以参加。
contact-agree-tick = 我同意。
contact-not-agreed = 请勾选“我同意”，或自己打电话或写信给该中心。
contact-new-consent = 需要同意的文字与您看到的不同。请重新阅读后再勾选。
contact-too-many = 短时间内发送的信息太多。您的信息没有发送。请明天再试，或给该中心打电话。
contact-send = 发送信息
contact-yourself = 自己打电话或写信
contact-yourself-also = 您也可以用自己的电话或邮箱。这些内容不会经过本网站。
contact-yourself-only = 本研究不能从这里发送信息。请用自己的电话或邮箱：这些内容不会经过本网站。
contact-yourself-number = 请说明研究编号 { $number }。
contact-nobody = 登记信息没有电话或电子邮件。您的医生可以查到负责这项研究的人。
contact-whole = 整个研究
contact-centres = 本研究的中心
contact-centres-open = 正在招募的中心

## The private page of a message.

contact-sent-title = 您的信息
contact-stage-sent = 信息已在研究团队的收件箱中，还没有人打开。
contact-stage-opened = 研究团队已打开。
contact-stage-answered = 研究团队已回答。
contact-stage-closed = 研究团队已处理完毕。
contact-stage-withdrawn = 您已撤回。
contact-step-sent = 已发送
contact-step-opened = 已在收件箱中打开
contact-step-answered = 已回答
contact-step-closed = 已结束
contact-step-withdrawn = 已撤回
contact-about = 有关的研究编号是 { $number }。
contact-to-trial = 查看该研究
contact-withdrawn-means = 您写的内容已在这里删除。如果团队之前已经读过，他们可能有自己的记录。
contact-over = 您写的内容已到期，已在这里删除。
contact-keep-link = 请保存本页地址：这是回到这里的唯一途径。得到这个地址的人都能看到您的信息。
contact-show = 显示我写的内容和回答
contact-said = 您写的内容
contact-said-name = 称呼
contact-said-way = 联系方式
contact-said-site = 中心
contact-said-message = 信息
contact-replies = 回答
contact-reply-called = 团队表示已给您打过电话。
contact-back = 撤回
contact-back-means = 您写的内容会在这里删除，尚未发出的通知也不再发送。
contact-back-ask = 撤回我的信息
contact-back-sure = 撤回后不能恢复。确定撤回吗？
contact-back-yes = 是，删除我的信息
contact-quiet-title = 还没有回答
contact-quiet = 已经超过 { $n } 天。您可以自己打电话或写信，或询问另一个中心。
contact-quiet-doctor = 您的医生也可以替您询问。
contact-quiet-search = 查找其他试验

## Mails. No words about health, no study, nothing of what was written.

contact-mail-inbox-subject = 您有一条信息
contact-mail-inbox-text = 有人通过 { $place } 给您写信。请登录后阅读并回答：
    { $link }

    如果您在那里没有账户，请让 { $place } 的管理者邀请您。链接末尾是信息的编号。

    为了保护隐私，本邮件不含所写的内容。您收到本邮件，是因为您同意接收来自 { $place } 的信息。
contact-mail-copy-subject = 您的信息已转交
contact-mail-copy-text = 您好：

    您的信息已经转交。您可以在这里查看是否已被打开或回答，也可以撤回：
    { $link }

    请不要把这个链接给别人：得到链接的人都能看到您的信息。为了保护隐私，本邮件不含您所写的内容。

    如果您没有写过信息，可能是有人误填了您的地址。您可以用同一个链接撤回。
contact-mail-answer-subject = 您有一个回答
contact-mail-answer-text = 您好：

    您的信息有了回答。请在这里阅读：
    { $link }

    请不要把这个链接给别人：得到链接的人都能看到您的信息。
