# Needs a translator's review.

## Words that several pages use: status, phase, sponsors, numbers, dates, places.

status-none = Estado no indicado
status-none-means = El registro no dice si se puede participar.
status-recruiting-means = Ahora se puede participar.
status-not-yet-recruiting-means = Todavía no se puede participar.
status-enrolling-by-invitation-means = Solo pueden participar las personas invitadas.
status-active-not-recruiting-means = El estudio continúa; ya no se admiten participantes.
status-completed-means = El estudio ha terminado.
status-suspended-means = El estudio está detenido por ahora.
status-terminated-means = El estudio se detuvo antes de tiempo y no continuará.
status-withdrawn-means = El estudio se detuvo antes de que alguien participara.
status-available-means = El tratamiento se puede obtener fuera de un estudio, por medio de un médico.
status-no-longer-available-means = El tratamiento ya no se puede obtener de esta manera.
status-temporarily-not-available-means = Por ahora el tratamiento no se puede obtener de esta manera.
status-approved-for-marketing-means = El tratamiento ha sido aprobado.
status-withheld-means = El patrocinador no lo publica.
status-unknown-status-means = Nadie ha confirmado el registro en dos años; pregunte antes de confiar en él.
phase-1-2 = Fase 1/2
phase-2-3 = Fase 2/3
phase-early-phase-1-means = una primera prueba, casi siempre en pocas personas
phase-phase-1-means = temprana: prueba sobre todo si es seguro, casi siempre en pocas personas
phase-phase-2-means = intermedia: prueba si funciona y si es seguro
phase-phase-3-means = avanzada: prueba si funciona, casi siempre en muchas personas
phase-phase-4-means = después de la aprobación: observa su uso diario
sponsor-industry = una empresa
sponsor-nih = parte de los Institutos Nacionales de Salud de EE. UU.
sponsor-fed = una agencia federal de los Estados Unidos
sponsor-other-gov = un organismo público
sponsor-indiv = una persona
sponsor-network = una red de centros de estudio
sponsor-other = una universidad, un hospital u otra institución
kind-interventional = Un ensayo: los participantes reciben o hacen algo
kind-observational = Observación: a los participantes solo se les observa o pregunta
kind-expanded-access = Acceso a un tratamiento fuera de un estudio
date-month-1 = enero
date-month-2 = febrero
date-month-3 = marzo
date-month-4 = abril
date-month-5 = mayo
date-month-6 = junio
date-month-7 = julio
date-month-8 = agosto
date-month-9 = septiembre
date-month-10 = octubre
date-month-11 = noviembre
date-month-12 = diciembre
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-year = { $year }
date-expected = { $date } (previsto)
number-group = { "\u202F" }
count-studies = { $n ->
    [one] 1 estudio
   *[other] { $count } estudios
}
count-sites = { $n ->
    [one] 1 centro
   *[other] { $count } centros
}
count-points = { $n ->
    [one] 1 punto
   *[other] { $count } puntos
}
count-versions = { $n ->
    [one] 1 versión
   *[other] { $count } versiones
}
count-places = { $n ->
    [one] 1 lugar
   *[other] { $count } lugares
}
count-patients = { $n ->
    [one] 1 paciente
   *[other] { $count } pacientes
}
list-two-more = { $list } y { $n } más
list-comma = { $first }, { $last }
ages-between = de { $low } a { $high }
ages-from = { $low } o más
ages-to = hasta { $high }
ages-none = sin límite indicado
age-years = { $n ->
    [one] { $n } año
   *[other] { $n } años
}
age-months = { $n ->
    [one] { $n } mes
   *[other] { $n } meses
}
age-weeks = { $n ->
    [one] { $n } semana
   *[other] { $n } semanas
}
age-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
age-hours = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
}
age-minutes = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
km-under = menos de 1 km
km = { $km } km
brackets = { $what } ({ $more })
stale-past-end = El registro dice que se puede o se podrá participar, pero debía terminar el { $day }: pregunte antes de confiar en él.
stale-past-results = El registro dice que se puede o se podrá participar, pero sus resultados principales debían estar completos el { $day }: pregunte antes de confiar en él.
stale-not-confirmed = El patrocinador no ha confirmado este registro en dos años (la última vez en { $since }): pregunte antes de confiar en él.
