## What changed in a study.

history-of = Changes of { $id }
history-heading = What changed in this study
history-gone = The registry no longer has this study; that was found on { $day }. What is shown here is its last record.
history-lead = Each version of the record that was copied here, newest first, held against the one before it. Words that are gone are struck through, new ones are underlined. Changes between two copies are seen together.
history-feeds = To be told of changes: [Atom feed], [JSON feed].
history-first = The first version that was copied here.
history-other = Something in the record changed that is not compared here.
history-same = What it says for people is the same.
history-older = { $n } older versions are kept, and not shown.
history-version = Version { $version }, copied { $day }
history-added = added
history-removed = removed
history-changed = changed
history-site = Site: { $name }
history-criterion = Inclusion criterion
history-criterion-not = Exclusion criterion
history-rest = Other parts of the record
history-status = Status
