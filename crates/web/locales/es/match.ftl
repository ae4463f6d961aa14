# Needs a translator's review.

## From a person’s own words to the studies that may match.

match-page = Buscar estudios para una persona
match-lead = Diga con sus propias palabras para quién es y qué le pasa. Primero verá qué se entendió y después los estudios que pueden coincidir, cada uno con sus motivos.
match-hint = Por ejemplo, en inglés: “My daughter is 9 and has lupus nephritis. She takes prednisone and mycophenolate. She has never had seizures.” El inglés es lo que mejor se lee; en español se reconocen nombres de enfermedades y medicamentos. No hacen falta nombres ni direcciones.
match-words = Sus propias palabras, una nota médica o un historial médico
match-file = O un archivo: una nota (texto) o un historial en FHIR R4 JSON, de { $mb } MB como máximo
match-narrow-form = Limitar: lugar, estado, fase
match-find = Buscar estudios
match-privacy = Lo que usted envía se lee en memoria para esta única respuesta y después se olvida: no se guarda ni se anota, y nunca forma parte de una dirección. La respuesta es, como mucho, “puede coincidir”; decide el equipo del estudio.
match-near = Cerca de (ciudad)
match-within = A cuántos km de ella
match-who-joins = Quién puede participar
match-joining-possible = Estudios en los que se puede participar ahora o después, o que no lo dicen
match-joining-now = Solo estudios en los que se puede participar ahora
match-joining-any = Todos los estudios, también los que han terminado
match-phase = Fase (si no marca ninguna: cualquiera)
match-unfit = Lo que no encaja
match-possible = Omitir los estudios que no parecen coincidir
match-day = Para qué día
match-heading = Estudios que pueden coincidir
match-advice = Esta información es para hablarla con el equipo del estudio, que es quien decide. No deje ni cambie ningún medicamento por ella.
match-on-page = En esta página
match-understood = Qué se entendió
match-studies = Estudios
match-take = Llévelo consigo
match-look = Compruebe si es correcto: la lista se hace solo con esto.
match-only-words = (conocido solo por sus palabras)
match-n-more = { $n } más
match-nothing = No se entendió ninguna enfermedad, tratamiento o medición. Los estudios se buscan solo por las palabras. Pruebe con otras: el nombre de la enfermedad, como lo escribe un médico.
match-suggested = También se buscó, porque lo que cuenta suele acompañarlo, sin darlo por hecho: { $names }.
match-policy-record = Las enfermedades y los tratamientos que el historial no menciona se tomaron como ausentes.
match-policy-words = Lo que no se menciona se tomó como desconocido, nunca como ausente.
match-marked = Sus palabras, con lo que se tomó de ellas marcado
match-left = Qué se omitió del historial y por qué
match-change = Algo está mal o falta: cambie las palabras
match-your-words = Sus palabras
match-again = Buscar de nuevo
match-too-large = El archivo es demasiado grande para pasar a la página siguiente. Para limitar la lista, elíjalo de nuevo
match-narrow = Limitar la lista: lugar, estado, fase
match-apply = Aplicar
match-none = No se encontró ningún estudio
match-in-order = { $studies } en orden
match-looked = De los estudios de aquí ({ $studies }), { $n } se compararon con lo que se entendió: aquellos en los que aparecen sus palabras y enfermedades. No están los estudios para otra edad o sexo. Van primero los que mejor encajan con la enfermedad; entre ellos, aquellos contra los que nada habla.
match-no-fit = Nada encaja aquí. Pruebe con otras palabras, una distancia mayor o estudios que han terminado.
match-left-out = { $n ->
    [one] No se muestra { $count } estudio, porque lo que se sabe habla en contra.
   *[other] No se muestran { $count } estudios, porque lo que se sabe habla en contra.
}
match-counts = { $pass } se cumplen, { $fail } no se cumplen, { $open } abiertos
match-against = Habla en contra:
match-missing = Todavía no se sabe, hay que preguntar o medir: { $n }
match-above = Por qué va antes que el siguiente
match-check = Revisar cada punto
match-check-of = de { $id }
match-pages = Páginas de la lista
match-previous = Anterior
match-next = Siguiente
match-report = Un informe para hablarlo con un médico o con el equipo del estudio (los primeros { $n }), o una tabla con todos. Contiene lo que se entendió, no lo que usted escribió. Aquí no se guarda nada: cierre la página y desaparece.
match-pdf = Informe (PDF)
match-html = Informe (HTML)
match-csv = Tabla (CSV)
match-anew = Empezar de nuevo
match-gate = { $limit }: { $fits }
match-no-distance = Se omitió la distancia: indique un lugar y un número de kilómetros.
match-empty = Escriba algo en el campo o elija un archivo.
match-bad-record = El historial no se puede usar: { $why }.
match-bad = Lo que se envió no se puede usar: { $why }.
match-bad-day = El día no es una fecha como 2026-06-15. Corríjalo.
match-not-whole = El formulario no llegó completo o es más grande de lo que se lee. Envíelo de nuevo.
