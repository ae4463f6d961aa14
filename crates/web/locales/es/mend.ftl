# Needs a translator's review.

## What a study team could mend in its record.

mend-wrong = Incorrecto tal como está
mend-doubt = Puede estar mal o leerse de más de una manera
mend-clearer = Se podría decir con más claridad
mend-n = { $n ->
    [one] { $count } punto que el equipo del estudio podría corregir
   *[other] { $count } puntos que el equipo del estudio podría corregir
}
mend-more = Hay { $count } más que no se muestran.
mend-field = el campo { $field }
mend-whole = el texto en su conjunto
mend-sentence = { $said }.
