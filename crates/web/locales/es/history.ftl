# Needs a translator's review.

## What changed in a study.

history-of = Cambios de { $id }
history-heading = Qué cambió en este estudio
history-gone = El registro ya no tiene este estudio; se comprobó el { $day }. Lo que se muestra aquí es su último registro.
history-lead = Cada versión del registro que se copió aquí, la más reciente primero, comparada con la anterior. Las palabras que desaparecieron están tachadas y las nuevas subrayadas. Los cambios entre dos copias se ven juntos.
history-feeds = Para recibir los cambios: [fuente Atom], [fuente JSON].
history-first = La primera versión que se copió aquí.
history-other = Cambió algo del registro que aquí no se compara.
history-same = Lo que dice para las personas es lo mismo.
history-older = Se guardan { $n } versiones anteriores que no se muestran.
history-version = Versión { $version }, copiada el { $day }
history-added = añadido
history-removed = eliminado
history-changed = cambiado
history-site = Centro: { $name }
history-criterion = Criterio de inclusión
history-criterion-not = Criterio de exclusión
history-rest = Otras partes del registro
history-status = Estado
