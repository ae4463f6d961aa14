# Needs a translator's review.

## Following a study or a search by mail.

follow-title = 接收变化通知
follow-lead = 有变化时我们会给您写信：是否可以参加、研究中心，或谁可以参加。邮件里只有一个链接。
follow-period = 最多多久一次？
follow-weekly = 每周一次
follow-daily = 每天一次
follow-kept = 您的地址只用于此事。您停止时就会删除。
follow-go = 申请通知
follow-asked = 请查看您的邮箱。
follow-asked-means = 如果地址正确，邮件已在路上。请在 48 小时内打开其中的链接并按下按钮。在此之前不会再发送任何内容。
follow-too-many = 短时间内申请的邮件太多，没有发送任何内容。请明天再试。
follow-no-mail = 这里没有设置邮件通知。您可以使用下面的订阅源。
follow-feed = 不用地址：订阅源
follow-feed-means = 订阅阅读器会显示变化，不需要您的地址。
follow-feed-link = 订阅源（Atom）
follow-confirm-title = 您想接收变化通知吗？
follow-confirm-lead = 有人要求我们向您的地址发送变化通知。如果是您本人，请按下按钮。
follow-confirm-go = 是，请给我发通知
follow-confirm-else = 如果不是您，请不用理会。您的地址会在 48 小时后删除。
follow-confirm-over = 此链接已失效或不完整。请在研究页面或搜索页面重新申请。
follow-own-title = 您关注的内容
follow-own-weekly = 每周最多一封邮件；没有变化就不发。
follow-own-daily = 每天最多一封邮件；没有变化就不发。
follow-own-link = 本页只属于您：请不要把地址给别人。
follow-nothing = 从您开始关注到现在，我们没有通知过变化。
follow-new-study = 这项研究是新收录的。
follow-stop = 停止关注此项
follow-stop-all = 全部停止
follow-stop-all-means = 不再发送邮件。您的地址和关注内容会被删除。
follow-stop-all-go = 全部停止并删除我的地址
follow-over = 您在这里没有关注任何内容。
follow-over-means = 此链接不再发送邮件，也没有为它保存任何地址。

## Mails. No words about health, no study.

follow-mail-confirm-subject = 请确认您想接收通知
follow-mail-confirm-text = 您好：

    有人要求 { $place } 向此地址发送通知。如果是您本人，请打开此链接并按下按钮：
    { $link }

    如果不是您，请不用理会。此地址会在 48 小时后删除，也不会再发送邮件。
follow-mail-weekly-subject = 您关注的内容有更新
follow-mail-weekly-text = 您好：

    您在 { $place } 关注的内容有变化。请查看：
    { $link }

    这样的邮件每周最多一封。在同一页面可以停止。
    请不要把这个链接给别人：得到链接的人都能看到您关注的内容。
follow-mail-daily-subject = 您关注的内容有更新
follow-mail-daily-text = 您好：

    您在 { $place } 关注的内容有变化。请查看：
    { $link }

    这样的邮件每天最多一封。在同一页面可以停止。
    请不要把这个链接给别人：得到链接的人都能看到您关注的内容。
