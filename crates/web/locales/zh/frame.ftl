# Needs a translator's review.

## What stands around every page.

frame-skip = 跳到正文
frame-demonstration = 演示。
frame-demonstration-means = 此处的所有研究都是虚构的，任何人都不能参加。
frame-nav = 主菜单
frame-nav-search = 查找临床试验
frame-nav-match = 为某个人查找
frame-nav-screen = 核对病历
frame-nav-about = 关于
frame-advice = 这里的信息供您与医生讨论，不是医疗建议，也不是决定。谁可以参加由研究团队决定。请不要因为在这里读到的内容停用或更改任何药物。
frame-emergency = 如遇紧急情况，请拨打当地急救电话。参加研究是自愿的；研究可能对您没有帮助，也可能有风险。
frame-language = 语言
