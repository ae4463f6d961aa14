# Needs a translator's review.

## "This reading is wrong".

report-heading = 报告读错
report-published = 公布的原文
report-read = 读作
report-thanks = 谢谢。
report-kept = 您的报告已随此版本的登记信息保存，会有人阅读。
report-back = 返回研究
report-wrong = 哪里读错了？
report-hint = 请不要写任何关于您自己或他人的信息：这段文字会被保存。
report-send = 发送报告
report-empty = 请先说明哪里有误，然后再发送。
report-no-criterion = 此研究没有编号为“{ $id }”的标准。请返回其页面选择一条。
