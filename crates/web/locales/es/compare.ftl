# Needs a translator's review.

## Studies side by side.

compare-heading = Estudios uno junto a otro
compare-none = No se eligió ningún estudio. [Busque], marque hasta cuatro estudios y elija “Comparar”.
compare-lead = De los propios campos de los registros. Lo que un registro no dice aparece como “No indicado”. En una pantalla estrecha la tabla se desplaza de lado.
compare-table = Los estudios uno junto a otro
compare-leave-out = Quitar
compare-leave-out-one = Quitar { $id }
compare-next = Siguiente paso
compare-check = Revisar un historial
compare-keeps = La dirección de esta página guarda la comparación. [Buscar de nuevo]
compare-no-number = “{ $written }” no es un número NCT, así que se omitió.
compare-too-many = Solo caben { $most } estudios uno junto a otro; se muestran los primeros { $most }.
compare-not-held = { $id } no está aquí.
compare-must = Lo que debe cumplirse
compare-rules-out = Lo que excluye
compare-join = ¿Se puede participar?
compare-recruiting = Centros que reclutan
compare-start = Inicio
compare-end = Fin
compare-measures = Qué mide sobre todo
compare-not-given = No indicado
