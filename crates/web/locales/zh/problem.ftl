# Needs a translator's review.

## What is said where a request cannot be answered.

problem-no-page = 找不到页面
problem-no-page-means = 此地址没有页面。您可以用下面的搜索框查找。
problem-no-study = 找不到研究
problem-no-study-means = 这里没有编号为 { $id } 的研究。请核对编号，或按疾病搜索。
problem-bad-input = 无法使用所提交的内容
problem-other-origin = 未被接受
problem-other-origin-means = 此表单来自其他网站。请在这里打开页面后重新提交。
problem-too-long = 用时过长
problem-too-long-means = 回答所用的时间超过了限制。请重试，或一次少查一些。
problem-ours = 这里出了问题
problem-ours-means = 这是我们的错，不是您的错。请稍后再试。
problem-too-large = 所提交的内容超过了这里能读取的大小。
problem-unreadable = 无法读取地址或表单。请返回后重试。
problem-reference = 如果您向我们反映此问题，请提供这个编号：{ $reference }
problem-home = 返回首页
