# Needs a translator's review.

## What a study team could mend in its record.

mend-wrong = 现有内容有误
mend-doubt = 可能有误，或有多种读法
mend-clearer = 可以说得更清楚
mend-n = 研究团队可以改正的地方：{ $count } 处
mend-more = 另有 { $count } 处未显示。
mend-field = 字段 { $field }
mend-whole = 全文
mend-sentence = { $said }。
