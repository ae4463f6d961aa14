# Needs a translator's review.

## What the portal is, is not, and does with what it is given.

about-page = 关于
about-heading = 关于 Trialway
about-what = 它是什么
about-what-means = Trialway 用一套固定的规则阅读临床试验公布的入选标准，把读到的内容显示在公布的原文旁边，并将病历与每一条逐一核对。同样的研究和同样的病历总是得到同样的答案。
about-not = 它不是什么
about-not-means = 它不是医疗器械，也不提供医疗建议。它从不说某人符合条件：至多说某项研究可能匹配。由研究团队检查并决定。
about-private = 您输入的内容会怎样
about-private-record = 病历只在内存中读取，用于一次回答，随后即被丢弃。不保存、不记录，也不发送到任何地方。
about-private-words = 搜索词不会被记录。
about-private-cookie = 唯一的 Cookie 用于记住您选择的语言。您不需要账号，页面也不会向其他网站发出请求。
about-private-report = 关于读错的报告会连同您写的内容一起保存。请不要在其中写任何与个人有关的信息。
about-wrong = 如果读错了
about-wrong-means = 研究的每一条都有“报告此处读错”的链接。没有理解的内容按原文显示，绝不影响任何结论。[标准读懂了多少]
