## Studies side by side.

compare-heading = Studies side by side
compare-none = No study is chosen. [Search], tick up to four studies, and choose “Compare”.
compare-lead = From the records’ own fields. What a record does not say is “Not given”. On a narrow screen the table moves sideways.
compare-table = The studies side by side
compare-leave-out = Leave out
compare-leave-out-one = Leave out { $id }
compare-next = Next step
compare-check = Check a record
compare-keeps = This page’s address keeps the comparison. [Search again]
compare-no-number = “{ $written }” is no NCT number, so it was left out.
compare-too-many = Only { $most } studies fit beside each other; the first { $most } are shown.
compare-not-held = { $id } is not held here.
compare-must = What must be so
compare-rules-out = What rules out
compare-join = Can people join?
compare-recruiting = Sites that are recruiting
compare-start = Start
compare-end = End
compare-measures = What it mainly measures
compare-not-given = Not given
