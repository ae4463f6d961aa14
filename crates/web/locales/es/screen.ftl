# Needs a translator's review.

## A record held against one study or all.

screen-page = Revisar un historial
screen-heading = Revisar un historial médico
screen-lead = El historial se compara con cada punto de un estudio, o de todos. Se lee en memoria para esta única respuesta y después se olvida: no se guarda ni se anota.
screen-number = Número NCT de un estudio
screen-number-hint = Déjelo vacío para probar todos los estudios de aquí.
screen-file = El historial: un archivo FHIR R4 JSON, o una nota como texto, de { $mb } MB como máximo
screen-paste = O péguelo aquí: un historial en FHIR JSON o una nota en palabras sencillas
screen-day = Para qué día
screen-day-hint = Año-mes-día. Las edades y los plazos se cuentan desde él.
screen-policy = Lo que el historial no menciona
screen-policy-chart = Tomar como ausentes las enfermedades y los tratamientos que no menciona, e indicarlo. Para un historial completo.
screen-policy-strict = No dar nada por hecho. Para unos pocos datos; una nota siempre se lee así.
screen-answer = Cómo responder, para un solo estudio
screen-answer-page = Una página
screen-answer-pdf = Un informe para el médico (PDF)
screen-answer-html = Un informe para el médico (HTML)
screen-all = Cuando se prueban todos los estudios
screen-recruiting = Omitir los estudios que dicen que ahora nadie puede participar
screen-check = Revisar
screen-many = Comparar muchos historiales con un estudio
screen-demo = En la carpeta `corpus/patients` del proyecto hay un historial inventado para probar.
screen-one = Un historial y un estudio
screen-assumed = Esto se basa en tomar como ausente lo que el historial no menciona.
screen-turns = Depende de: { $ids }
screen-turns-on = Depende de
screen-for = Para el { $day }. { $policy }
screen-asks = Qué preguntar o medir
screen-must = Lo que debe cumplirse
screen-must-not = Lo que no debe darse
screen-met-means = “Se cumple” significa aquí que no es un impedimento.
screen-fields = Los propios campos del registro
screen-take = Llévelo consigo
screen-report = Un informe para el médico: cada punto con aquello en que se basa, y con qué versiones se hizo.
screen-pdf = Informe (PDF)
screen-html = Informe (HTML)
screen-another = Revisar otro historial
screen-against-all = Un historial y todos los estudios
screen-tried = Se probaron { $studies }, para el { $day }. { $policy }
screen-n-hidden = Hay { $n } más que no se muestran. Compare el historial con uno de ellos por su número.
screen-limit = En una petición solo se probaron los primeros { $read } de { $all } estudios.
screen-met = Se cumple
screen-not-met = No se cumple
screen-open = Abierto
screen-in-record = En el historial:
screen-old = (antiguo; hay que medirlo de nuevo)
screen-to-ask = Para preguntar o medir:
screen-read = Qué se leyó del historial
screen-used = { $n ->
    [one] Se usó 1 entrada del historial. Aquí no se guardó nada del historial.
   *[other] Se usaron { $count } entradas del historial. Aquí no se guardó nada del historial.
}
screen-left = Qué se omitió y por qué
screen-may = Puede coincidir
screen-may-means = Nada en el historial lo impide. Debe confirmarlo el equipo del estudio.
screen-cannot-tell = Todavía no se puede saber
screen-cannot-tell-means = Falta algo que lo decidiría. Abajo está qué preguntar o medir.
screen-no = No parece coincidir
screen-no-means = Al menos un punto no se cumple, según el historial y nuestra lectura. El equipo del estudio puede comprobarlo.
screen-by-chart = Lo que el historial no menciona (enfermedades, tratamientos) se tomó como ausente y está marcado.
screen-by-strict = No se dio por hecho nada que el historial no diga.
screen-nothing-sent = Elija un archivo o pegue un historial en el campo.
screen-no-study = Aquí no hay ningún estudio con el número { $id }. Revíselo o deje el campo vacío para probar todos.
