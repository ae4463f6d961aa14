## What a study team could mend in its record.

mend-wrong = Wrong as it stands
mend-doubt = May be wrong, or reads more than one way
mend-clearer = Could be said more clearly
mend-n = { $n ->
    [one] { $count } point that the study team could mend
   *[other] { $count } points that the study team could mend
}
mend-more = { $count } more are not shown.
mend-field = field { $field }
mend-whole = the text as a whole
mend-sentence = { $said }.
