# Needs a translator's review.

## Feeds.

feed-study = Cambios de { $id }: { $title }
feed-all = Estudios que cambiaron
feed-search = Estudios que cambiaron: { $words }
feed-new = { $id }, nuevo aquí: { $title }
feed-changed = { $id }, con cambios: { $title }
feed-part-changed = { $what }: cambió
feed-part-added = { $what }: se añadió { $after }
feed-part-removed = { $what }: se quitó { $before }
feed-part-from-to = { $what }: cambió de “{ $before }” a “{ $after }”
