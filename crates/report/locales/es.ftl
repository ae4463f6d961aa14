# Needs a translator's review.

## The report of a screening.

report-heading = Comprobación para { $study }
report-footer = { $study }, paciente { $patient }, para el { $day }; { $program }
report-page = { $footer }; página { $page } de { $pages }
report-may = Puede coincidir
report-may-means = Nada del historial lo impide. El equipo del estudio debe confirmarlo.
report-cannot-tell = Todavía no se puede saber
report-cannot-tell-means = Falta algo que lo decidiría.
report-no = No parece coincidir
report-no-means = Al menos un punto no se cumple, según el historial y nuestra lectura. El equipo del estudio puede comprobarlo.
report-assumed = Esto se basa en dar por ausente lo que el historial no menciona.
report-turns-on = Depende de: { $ids }.
report-by-strict = no se da por supuesto nada que el historial no diga
report-by-chart = las enfermedades y los tratamientos que el historial no menciona se dan por ausentes, y se señalan
report-study = Estudio
report-study-named = { $title } ({ $study })
report-patient = Paciente
report-screened-for = Comprobado para
report-not-mentioned = No mencionado
report-made-on = Informe hecho el
report-record = Registro del estudio
report-program = Programa
report-vocabulary = Vocabulario
report-asks = Qué preguntar o medir
report-must = Lo que debe cumplirse
report-must-not = Lo que no debe darse
report-met-means = “Se cumple” significa aquí que no lo impide.
report-fields = Los campos propios del registro del estudio
report-read = Lo que se leyó del historial
report-used = Datos usados: { $used }. Datos no usados: { $left }.
report-left = { $what }: { $why }
report-changed = modificado el { $day }, sha256 { $hash }
report-hash = sha256 { $hash }
report-more = y { $n } más
report-advice = Esta información es para hablarla con el equipo del estudio, que es quien decide. No es un consejo médico. No deje ni cambie ningún medicamento por ella. Un programa leyó el texto del estudio y el historial; ambas lecturas pueden ser erróneas.
report-met = se cumple
report-not-met = no se cumple
report-open = pendiente
report-in-record = En el historial:
report-to-ask = Preguntar o medir:
report-line = { $lead } { $line }
report-code = Un código cuadrado para teléfonos; dice { $says }
report-source = { $line } [{ $source }]
report-source-old = { $line } [{ $source }; antiguo, hay que medirlo de nuevo]

## What there is to say of a result besides its effect.

note-missing = El historial no lo dice.
note-not-understood = Una parte del texto no se entendió.
note-judgement = El médico del estudio debe valorarlo.
note-consent = Alguien debe dar su acuerdo.
note-not-applicable = Aquí no se aplica.
note-assumed = Supuesto: el historial no lo menciona.
note-moot = Decidido sin ello.
note-likely = El texto se puede leer de otra manera.

## What to ask or measure.

need-itself = { $first }
need-which-result = cuál de varios resultados de esa fecha es el válido: { $first }
need-measure-again = medir de nuevo: { $first }
need-exact-date = la fecha exacta de: { $first }
need-number = un número para: { $first }
need-possible-value = un valor posible para: { $first }
need-normal-range = el intervalo normal del laboratorio para: { $first }
need-at-baseline = el valor al inicio para: { $first }
need-comparable-unit = en una unidad que se pueda comparar: { $first }
need-exact-value = un valor exacto para: { $first }
need-when = cuándo fue: { $first }
need-which-kind = de qué tipo es: { $first }
need-whole-body = si llega a todo el cuerpo: { $first }
need-severity = qué gravedad tiene: { $first }
need-active = si está activo: { $first }
need-controlled = si está controlado: { $first }
need-needs-treatment = si necesita tratamiento: { $first }
need-confirmed-by = si se confirmó mediante { $first }: { $second }
need-refractory = si no responde al tratamiento: { $first }
need-said-of-it = si se dice de ello “{ $first }”: { $second }
need-more = más datos sobre: { $first }
need-same-as = si { $first } es: { $second }
need-is-or-was = si hay o hubo: { $first }
need-medicine-allergy = si hay o hubo alguna alergia a un medicamento
need-planned = si está previsto: { $first }
need-caused-by = si la causa es: { $first }
need-which-medicines = cuáles de estos medicamentos se tomaron y cuánto tiempo: { $first }
need-other-study-end = cuándo terminó el otro estudio
need-other-study = si hace poco se participó en otro estudio
need-response = cómo respondió la enfermedad al tratamiento
need-which-response = cuál de varias afirmaciones sobre la respuesta al tratamiento es la válida
need-birth = la fecha de nacimiento
need-exact-birth = la fecha exacta de nacimiento
need-onset = la edad cuando empezó
need-sex = el sexo registrado al nacer
need-childbearing = si podría quedar embarazada
need-sub-criterion = no se pudo leer un subcriterio
need-not-understood = leer este criterio con el equipo del estudio: una parte no se entendió
need-uncertain = leer este criterio con el equipo del estudio: su lectura no es segura

## What a result rests on.

shown-list = { $first }, { $last }
shown-named = { $written } ({ $name })
shown-yes = sí
shown-no = no
shown-number = { $name } { $value }
shown-words = { $name }: { $value }
shown-on = { $what }, { $day }
shown-from-to = { $what }, de { $from } a { $to }
shown-since = { $what }, desde { $from }
shown-until = { $what }, hasta { $to }
shown-calculated = { $what }, calculado a partir de { $from } ({ $method })
shown-gestation = edad gestacional: { $weeks } semanas y { $days } días, { $what }
shown-age-years = { $n ->
    [one] { $n } año el { $day }
   *[other] { $n } años el { $day }
}
shown-age-months = { $n ->
    [one] { $n } mes el { $day }
   *[other] { $n } meses el { $day }
}
shown-age-weeks = { $n ->
    [one] { $n } semana el { $day }
   *[other] { $n } semanas el { $day }
}
shown-age-days = { $n ->
    [one] { $n } día el { $day }
   *[other] { $n } días el { $day }
}
shown-female = mujer, { $what }
shown-sex-female = sexo femenino
shown-sex-male = sexo masculino
shown-sex-other = otro sexo
