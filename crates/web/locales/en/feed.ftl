## Feeds.

feed-study = Changes of { $id }: { $title }
feed-all = Changed studies
feed-search = Changed studies: { $words }
feed-new = { $id } new here: { $title }
feed-changed = { $id } changed: { $title }
feed-part-changed = { $what } changed
feed-part-added = { $what } added: { $after }
feed-part-removed = { $what } removed: { $before }
feed-part-from-to = { $what } changed from “{ $before }” to “{ $after }”
