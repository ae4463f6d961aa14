# Needs a translator's review.

## How much of the criteria is read.

coverage-page = Cuánto se lee
coverage-heading = Cuánto se lee de los criterios
coverage-lead = Trialway convierte las palabras publicadas de cada criterio en condiciones que los datos pueden decidir. Las palabras que no entiende quedan abiertas; nunca cuentan a favor ni en contra de nadie.
coverage-none = Todavía no se ha contado nada. El recuento empieza cuando arranca el servidor y tarda unos minutos para todo un registro.
coverage-all-n = Los { $n } estudios
coverage-table = Criterios según cómo se leen
coverage-text = Del propio texto, no se lee el { $percent }.
coverage-text-below = Del propio texto, no se lee el { $percent }. Abajo, los corchetes y una marca señalan esas palabras; quedan abiertas.
coverage-often = Lo que con más frecuencia no se lee
coverage-in-n = en { $n } estudios
coverage-best = Lo mejor leído
coverage-worst = Lo menos leído
coverage-wholly = { $n } de { $of } criterios leídos por completo
coverage-not = { $n } de { $of } criterios no leídos
coverage-computed = leídos por completo: los datos pueden decidirlos
coverage-judgement = leídos, a la espera del juicio o del consentimiento de una persona
coverage-partly = leídos en parte: lo leído puede excluir, pero no confirmar
coverage-unread = no leídos: siempre abiertos
coverage-study-page = Cuánto se lee de { $id }
coverage-study = Cuánto se lee de los criterios de este estudio
coverage-all = Todos los estudios
