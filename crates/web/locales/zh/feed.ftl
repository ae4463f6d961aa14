# Needs a translator's review.

## Feeds.

feed-study = { $id } 的变动：{ $title }
feed-all = 有变动的研究
feed-search = 有变动的研究：{ $words }
feed-new = { $id } 新收录：{ $title }
feed-changed = { $id } 有变动：{ $title }
feed-part-changed = { $what }有变动
feed-part-added = 新增{ $what }：{ $after }
feed-part-removed = 删除{ $what }：{ $before }
feed-part-from-to = { $what }由“{ $before }”改为“{ $after }”
