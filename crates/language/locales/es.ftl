# Needs a translator's review.

## One sentence about the whole study.

gist-treatment = Este estudio prueba { $what } en { $who } con { $condition }.
gist-treatment-many = Este estudio prueba { $what } en { $who }. Trata de { $condition }.
gist-compare = Este estudio compara { $what } en { $who }. Trata de { $condition }.
gist-compare-healthy = Este estudio compara { $what } en { $who }.
gist-healthy = Este estudio prueba { $what } en { $who }.
gist-withdrawn = Este estudio trataba de { $condition }. Según el registro, se retiró y nadie participó.
gist-prevention = Este estudio prueba { $what } para ayudar a prevenir { $condition }. Es para { $who }.
gist-services = Este estudio examina cómo se presta la atención: { $what }. Trata de { $condition }.
gist-diagnostic = Este estudio prueba { $what } como forma de detectar o seguir enfermedades. Trata de { $condition } y es para { $who }.
gist-other = Este estudio examina { $what } en { $who }. Trata de { $condition }.
gist-observed = Este estudio observa a { $who } con { $condition }. No elige el tratamiento de nadie.
gist-observed-many = Este estudio trata de { $condition }. Observa a { $who } y no elige el tratamiento de nadie.
gist-watched = Este estudio observa a { $who } con { $condition }.
gist-watched-many = Este estudio trata de { $condition }. Observa a { $who }.
gist-watched-listed = Este estudio observa a { $who } con { $condition }. El registro da { $what } como lo que examina.
gist-watched-listed-many = Este estudio trata de { $condition }. Observa a { $who }. El registro da { $what } como lo que examina.
gist-access = Esta es una forma de obtener { $what } fuera de un estudio, por medio de un médico. Es para { $who } con { $condition }.
gist-access-many = Esta es una forma de obtener { $what } fuera de un estudio, por medio de un médico. Es para { $who }. Trata de { $condition }.
gist-no-treatment = Este estudio trata de { $condition }. Es para { $who }.
gist-no-treatment-all = Este estudio trata de { $condition }.
gist-title = Su título dice «{ $words }».
who-people = personas
who-women = mujeres
who-men = hombres
who-females = mujeres y niñas
who-males = hombres y niños
who-female = participantes de sexo femenino
who-male = participantes de sexo masculino
who-adults = personas adultas
who-children = niños y adolescentes
who-healthy = { $who } (también personas sanas)
who-healthy-only = { $who } (solo personas sanas)
list-two = { $first } y { $last }
list-many = { $first }, { $last }
list-more = { $first } y { $n } más
list-more-or = { $first } o { $n } más
list-plus = { $all } más { $some }
list-with-or-without = { $all } (con o sin { $some })
list-some = { $names } (puede que no todos reciban todo esto)
list-quoted = «{ $name }»
list-along = { $what } junto con { $others }
list-together = { $what } junto con otro tratamiento
kinds-of = ciertos tipos o fases de { $name }

## What it studies.

purpose-treatment = Su objetivo es saber más sobre cómo tratar { $condition }.
purpose-treatment-many = Su objetivo es saber más sobre el tratamiento. El registro da { $condition } como tema.
purpose-help = Su objetivo es saber más sobre cómo ayudar a personas con { $condition }.
purpose-help-many = Su objetivo es saber más sobre cómo ayudar a las personas. El registro da { $condition } como tema.
purpose-safe = Según el registro, su objetivo es saber si el medicamento es seguro.
purpose-levels = Según lo principal que mide, su objetivo es saber cómo se mueve el medicamento por el cuerpo.
purpose-safe-and-levels = Según el registro, su objetivo es saber si el medicamento es seguro y cómo se mueve por el cuerpo.
purpose-prevention = Su objetivo es saber cómo prevenir { $condition }.
purpose-prevention-in = Su objetivo es ayudar a prevenir problemas en personas con { $condition }.
purpose-prevention-listed = El registro dice que su objetivo es prevenir enfermedades. Da { $condition } como afección.
purpose-listed = El registro da { $condition } como afección.
purpose-diagnostic = Su objetivo es saber cómo detectar o seguir { $condition }.
purpose-diagnostic-many = Su objetivo es saber cómo detectar o seguir enfermedades. El registro da { $condition } como tema.
purpose-supportive = Su objetivo es ayudar a las personas a sentirse o a sobrellevarlo mejor. No se dirige a la enfermedad misma.
purpose-support = Su objetivo es apoyar a las personas durante una enfermedad o después de ella (por ejemplo bienestar, alimentación, cómo sobrellevarla).
purpose-screening = Su objetivo es saber cómo encontrar a las personas que tienen { $condition } o que pueden llegar a tenerlo.
purpose-screening-many = Su objetivo es saber cómo encontrar a las personas que tienen una enfermedad o que pueden llegar a tenerla. El registro da { $condition } como tema.
purpose-education = Su objetivo es saber cómo pueden ayudar la enseñanza o los consejos.
purpose-services = Su objetivo es saber cómo se presta la atención.
purpose-science = Su objetivo es saber cómo funciona el cuerpo o una enfermedad.
purpose-device = Su objetivo es saber si un dispositivo se puede usar como se espera.
phase-early = Está en la fase 1 temprana: una primera prueba, casi siempre en pocas personas.
phase-1 = Está en la fase 1: una prueba temprana, sobre todo de si el tratamiento es seguro.
phase-1-plain = Está en la fase 1: una prueba temprana, casi siempre en pocas personas.
phase-1-levels = Está en la fase 1: una prueba temprana. Mide sobre todo cómo se mueve el medicamento por el cuerpo.
phase-1-2 = Está en las fases 1 y 2: prueba si el tratamiento es seguro y después si puede funcionar.
phase-2 = Está en la fase 2: prueba si el tratamiento puede funcionar y si es seguro.
phase-2-3 = Está en las fases 2 y 3: prueba si el tratamiento funciona, casi siempre primero en algunas personas y después en muchas.
phase-3 = Está en la fase 3: una prueba avanzada de si el tratamiento funciona, casi siempre en muchas personas.
phase-4 = Está en la fase 4: el tratamiento ya está aprobado y se sigue en el uso diario.
measures = Lo principal que mide es “{ $what }”.
measures-when = Lo principal que mide es “{ $what }” (cuándo: { $when }).
measures-more = El registro nombra { $n } cosas principales que mide. La primera es “{ $what }”.
size-planned = Se prevé que participen { $n } personas.
size-actual = Participaron { $n } personas.
run-by-industry = Una empresa, { $name }, dirige el estudio.
run-by = { $name } dirige el estudio.
run-by-industry-past = Una empresa, { $name }, dirigió el estudio.
run-by-past = { $name } dirigió el estudio.
began = Empezó en { $date }.
begins = El registro prevé que empiece en { $date }.
begins-as-of = Cuando se cambió el registro por última vez, en { $updated }, se esperaba que el estudio empezara en { $date }.
ends = El registro prevé que termine en { $date }.
ends-as-of = Cuando se cambió el registro por última vez, en { $updated }, se esperaba que el estudio terminara en { $date }.
ended = Terminó en { $date }.
finished = Según el registro, el estudio está terminado.
stopped = Según el registro, el estudio se detuvo antes de tiempo.
closed = No acepta a personas nuevas.
paused = Según el registro, el estudio está en pausa y por ahora no acepta a personas nuevas.
state-unknown = No se sabe en qué estado está.
state-unknown-as-of = No se sabe en qué estado está: el registro se cambió por última vez en { $updated }.

## What taking part involves.

random = El azar decide en qué grupo está usted.
random-past = El azar decidió en qué grupo estaba cada persona.
random-closed = El azar decide en qué grupo está cada persona del estudio.
random-two = El azar decide en qué grupo está usted, como al lanzar una moneda.
random-two-past = El azar decidió en qué grupo estaba cada persona, como al lanzar una moneda.
random-two-closed = El azar decide en qué grupo está cada persona del estudio, como al lanzar una moneda.
random-in-part = El azar tiene parte en qué grupo está usted.
random-in-part-past = El azar tuvo parte en qué grupo estaba cada persona.
random-in-part-closed = El azar tiene parte en qué grupo está cada persona del estudio.
not-random = Los grupos no se forman al azar.
not-random-past = Los grupos no se formaron al azar.
one-group = Hay un solo grupo. Todas las personas que participan están en él.
one-group-past = Hubo un solo grupo. Todas las personas que participaron estaban en él.
one-group-closed = Hay un solo grupo. Todas las personas del estudio están en él.
crossover = Las personas de un grupo cambian a otro tratamiento durante el estudio, de modo que cada una recibe más de uno.
crossover-past = Las personas de un grupo cambiaron a otro tratamiento durante el estudio, de modo que cada una recibió más de uno.
factorial = Algunos grupos reciben más de un tratamiento a la vez.
factorial-past = Algunos grupos recibieron más de un tratamiento a la vez.
groups = Hay { $n } grupos.
groups-past = Hubo { $n } grupos.
open-label = Usted y el equipo del estudio sabrán qué recibe.
open-label-past = Las personas que participaron y el equipo del estudio sabían qué recibían.
open-label-closed = Las personas del estudio y el equipo del estudio saben qué reciben.
masked-you = No se le dirá qué recibe.
masked-you-past = A las personas que participaron no se les dijo qué recibían.
masked-you-closed = A las personas del estudio no se les dice qué reciben.
masked-you-and-team = Ni a usted ni a parte del equipo del estudio se les dirá qué recibe usted.
masked-you-and-team-past = Ni a las personas que participaron ni a parte del equipo del estudio se les dijo qué recibían.
masked-you-and-team-closed = Ni a las personas del estudio ni a parte del equipo del estudio se les dice qué reciben.
masked-team = A parte del equipo del estudio no se le dirá quién recibe qué.
masked-team-past = A parte del equipo del estudio no se le dijo quién recibía qué.
masked-team-closed = A parte del equipo del estudio no se le dice quién recibe qué.
masked-team-groups = A parte del equipo del estudio no se le dirá quién está en qué grupo.
masked-team-groups-past = A parte del equipo del estudio no se le dijo quién estaba en qué grupo.
masked-team-groups-closed = A parte del equipo del estudio no se le dice quién está en qué grupo.
placebo = Al menos un grupo recibe un placebo. Se parece a lo que se prueba, pero no tiene efecto propio.
placebo-past = Al menos un grupo recibió un placebo. Se parece a lo que se prueba, pero no tiene efecto propio.
sham = Al menos un grupo recibe una intervención simulada: parece el tratamiento, pero no hace nada.
sham-past = Al menos un grupo recibió una intervención simulada: parece el tratamiento, pero no hace nada.
no-treatment-group = Según el registro, un grupo no recibe tratamiento del estudio. Puede recibir la atención habitual.
no-treatment-group-past = Según el registro, un grupo no recibió tratamiento del estudio. Puede haber recibido la atención habitual.
watched = Según el registro, a usted se le observa o se le hacen preguntas. El estudio no elige su tratamiento.
watched-samples = Según el registro, a usted se le observa o se le hacen preguntas, y se pueden usar muestras, como sangre o tejido. El estudio no elige su tratamiento.
watched-genes = Según el registro, a usted se le observa o se le hacen preguntas, y se pueden usar muestras, como sangre o tejido. Se pueden examinar genes en ellas. El estudio no elige su tratamiento.
watched-past = Según el registro, se observó a las personas o se les hicieron preguntas. El estudio no eligió su tratamiento.
watched-closed = Según el registro, se observa a las personas o se les hacen preguntas. El estudio no elige su tratamiento.
watched-samples-past = Según el registro, se observó a las personas o se les hicieron preguntas, y se pueden haber usado muestras, como sangre o tejido. El estudio no eligió su tratamiento.
watched-samples-closed = Según el registro, se observa a las personas o se les hacen preguntas, y se pueden usar muestras, como sangre o tejido. El estudio no elige su tratamiento.
watched-genes-past = Según el registro, se observó a las personas o se les hicieron preguntas, y se pueden haber usado muestras, como sangre o tejido. Se pueden haber examinado genes en ellas. El estudio no eligió su tratamiento.
watched-genes-closed = Según el registro, se observa a las personas o se les hacen preguntas, y se pueden usar muestras, como sangre o tejido. Se pueden examinar genes en ellas. El estudio no elige su tratamiento.
watched-back = El estudio revisa lo que ya se había registrado.
watched-back-past = El estudio revisó lo que ya se había registrado.
lacks-burden = El registro no tiene un lugar fijo para el número de visitas, las noches en el hospital, los costos o los pagos. Su propio texto puede decir algo de esto. Pregunte al equipo del estudio.

## Why it matters: only what the record bears out.

matters-treatment = Se hace para averiguar si el tratamiento con { $what } puede ayudar a personas con { $condition }.
matters-treatment-many = Se hace para averiguar si el tratamiento con { $what } puede ayudar. El registro da { $condition } como tema.
matters-help = Se hace para averiguar si { $what } puede ayudar a personas con { $condition }.
matters-help-many = Se hace para averiguar si { $what } puede ayudar. El registro da { $condition } como tema.
matters-safety = Se hace para averiguar si el tratamiento con { $what } es seguro para personas con { $condition }.
matters-safety-many = Se hace para averiguar si el tratamiento con { $what } es seguro. El registro da { $condition } como tema.
matters-safety-help = Se hace para averiguar si el tratamiento con { $what } es seguro y si puede ayudar a personas con { $condition }.
matters-safety-help-many = Se hace para averiguar si el tratamiento con { $what } es seguro y si puede ayudar. El registro da { $condition } como tema.
matters-safety-plain = Se hace para averiguar si { $what } es seguro.
matters-levels = Se hace para averiguar cómo se mueve { $what } por el cuerpo.
matters-safe-and-levels = Se hace para averiguar si { $what } es seguro y cómo se mueve por el cuerpo.
matters-feasibility = Se hace para averiguar cómo se puede usar { $what } en personas con { $condition }.
matters-feasibility-many = Se hace para averiguar cómo se puede usar { $what }. El registro da { $condition } como tema.
matters-prevention = Se hace para averiguar si { $what } puede ayudar a prevenir { $condition }.
matters-observed = Lo que se aprenda puede ayudar más adelante a personas con { $condition }.
matters-observed-many = Lo que se aprenda puede ayudar más adelante a otras personas. El registro da { $condition } como tema.
matters-you = Participar puede no ayudarle y puede tener riesgos. El equipo del estudio debe explicárselos.
matters-you-closed = Participar puede no ayudar a una persona y puede tener riesgos. El equipo del estudio debe explicárselos.

## Who may fit: the ends of "This study may fit people who …".

age-between = tienen de { $low } a { $high } { $unit }
age-at-least = tienen { $value } { $unit } o más
age-more = son mayores de { $value } { $unit }
age-at-most = tienen { $value } { $unit } o menos
age-less = son menores de { $value } { $unit }
age-equal = tienen { $value } { $unit }
onset-at-least = tenían { $value } { $unit } o más cuando empezó { $name }
onset-more = eran mayores de { $value } { $unit } cuando empezó { $name }
onset-at-most = tenían { $value } { $unit } o menos cuando empezó { $name }
onset-less = eran menores de { $value } { $unit } cuando empezó { $name }
onset-equal = tenían { $value } { $unit } cuando empezó { $name }
unit-years = años
unit-months = meses
unit-weeks = semanas
unit-days = días
unit-hours = horas
unit-minutes = minutos
long-hours = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
}
long-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
long-weeks = { $n ->
    [one] { $n } semana
   *[other] { $n } semanas
}
long-months = { $n ->
    [one] { $n } mes
   *[other] { $n } meses
}
long-years = { $n ->
    [one] { $n } año
   *[other] { $n } años
}
female = son de sexo femenino
male = son de sexo masculino
childbearing = { $no ->
    [yes] no pueden quedar embarazadas
   *[no] pueden quedar embarazadas
}
pregnant = { $no ->
    [yes] no están embarazadas
   *[no] están embarazadas
}
breastfeeding = { $no ->
    [yes] no están amamantando
   *[no] están amamantando
}
have = { $no ->
    [yes] no tienen { $name }
   *[no] tienen { $name }
}
may-have = { $no ->
    [yes] no tienen { $name } ni se sospecha
   *[no] tienen { $name } o pueden tenerlo
}
have-ever = { $no ->
    [yes] nunca han tenido { $name }
   *[no] tienen o han tenido { $name }
}
have-lasting = { $no ->
    [yes] no han tenido { $name } { $when }
   *[no] han tenido { $name } { $when }
}
take-lasting = { $no ->
    [yes] no han tomado { $name } { $when }
   *[no] han tomado { $name } { $when }
}
had = { $no ->
    [yes] no tuvieron { $name } { $when }
   *[no] tuvieron { $name } { $when }
}
plan = { $no ->
    [yes] no planean ni esperan { $name }
   *[no] planean o esperan { $name }
}
take = { $no ->
    [yes] no toman { $name }
   *[no] toman { $name }
}
take-ever = { $no ->
    [yes] nunca han tomado { $name }
   *[no] toman o han tomado { $name }
}
took = { $no ->
    [yes] no tomaron { $name } { $when }
   *[no] tomaron { $name } { $when }
}
took-lately = { $no ->
    [yes] no tomaron { $name } hace poco
   *[no] tomaron { $name } hace poco
}
had-lately = { $no ->
    [yes] no tuvieron { $name } hace poco
   *[no] tuvieron { $name } hace poco
}
given-lately = { $no ->
    [yes] no recibieron { $name } hace poco
   *[no] recibieron { $name } hace poco
}
given = { $no ->
    [yes] no reciben { $name }
   *[no] reciben { $name }
}
given-ever = { $no ->
    [yes] nunca han recibido { $name }
   *[no] han recibido { $name }
}
given-when = { $no ->
    [yes] no recibieron { $name } { $when }
   *[no] recibieron { $name } { $when }
}
undergo = { $no ->
    [yes] no están recibiendo { $name }
   *[no] están recibiendo { $name }
}
undergo-ever = { $no ->
    [yes] nunca han recibido { $name }
   *[no] han recibido { $name }
}
allergic = { $no ->
    [yes] no tienen alergia a { $name }
   *[no] tienen alergia a { $name }
}
measure-at-least = tienen { $name } de al menos { $limit }
measure-more = tienen { $name } por encima de { $limit }
measure-at-most = tienen { $name } de como máximo { $limit }
measure-less = tienen { $name } por debajo de { $limit }
measure-equal = tienen { $name } de { $limit }
measure-range = tienen { $name } de { $low } a { $high }
limit-upper = { $n } veces el tope del intervalo normal
limit-upper-one = el tope del intervalo normal
limit-lower = { $n } veces el mínimo del intervalo normal
limit-lower-one = el mínimo del intervalo normal
result-positive = { $no ->
    [yes] no tienen una prueba positiva de { $name }
   *[no] tienen una prueba positiva de { $name }
}
result-positive-test = { $no ->
    [yes] no tienen { $name } con resultado positivo
   *[no] tienen { $name } con resultado positivo
}
result-negative-test = { $no ->
    [yes] no tienen { $name } con resultado negativo
   *[no] tienen { $name } con resultado negativo
}
result-negative = { $no ->
    [yes] no tienen una prueba negativa de { $name }
   *[no] tienen una prueba negativa de { $name }
}
result-normal = { $no ->
    [yes] no tienen { $name } con resultado normal
   *[no] tienen { $name } con resultado normal
}
result-abnormal = { $no ->
    [yes] no tienen { $name } con resultado anormal
   *[no] tienen { $name } con resultado anormal
}
result-above = { $no ->
    [yes] no tienen { $name } por encima del intervalo normal
   *[no] tienen { $name } por encima del intervalo normal
}
result-below = { $no ->
    [yes] no tienen { $name } por debajo del intervalo normal
   *[no] tienen { $name } por debajo del intervalo normal
}
grade-range = { $no ->
    [yes] no tienen { $name } { $low } a { $high }
   *[no] tienen { $name } { $low } a { $high }
}
grade-of = { $name } de { $of }
grade = { $no ->
    [yes] no tienen { $name } { $grades }
   *[no] tienen { $name } { $grades }
}
remission = { $no ->
    [yes] no están en remisión
   *[no] están en remisión
}
relapse = { $no ->
    [yes] no han tenido una recaída después del tratamiento
   *[no] han tenido una recaída después del tratamiento
}
not-helped = el tratamiento no les ayudó lo suficiente
other-study = { $no ->
    [yes] no participan en otro estudio
   *[no] participan en otro estudio
}
other-study-when = { $no ->
    [yes] no participaron en otro estudio { $when }
   *[no] participaron en otro estudio { $when }
}
other-study-of = { $no ->
    [yes] no participan en otro estudio de { $of }
   *[no] participan en otro estudio de { $of }
}
other-study-of-when = { $no ->
    [yes] no participaron en otro estudio de { $of } { $when }
   *[no] participaron en otro estudio de { $of } { $when }
}
study-of-drugs = medicamentos
study-of-devices = dispositivos
study-of-vaccines = vacunas
study-of-treatments = tratamientos
no-when = { $phrase } { $when }
when-last = en un plazo de { $long } antes de ahora
when-before = en un plazo de { $long } antes de { $anchor }
when-ago = hace más de { $long }
when-ago-before = más de { $long } antes de { $anchor }
when-lasting = durante al menos { $long }
when-lasting-more = durante más de { $long }
with-mild = { $name } al menos leve
with-moderate = { $name } de intensidad moderada o grave
with-severe = { $name } grave
with-active = { $name } en actividad
with-uncontrolled = { $name } sin control
with-refractory = { $name } resistente al tratamiento
with-words = { $name } ({ $words })
with-treatment = { $name } que necesita tratamiento
with-donor = { $name } de un donante
with-own = { $name } del propio cuerpo
with-proof = { $name } demostrado por { $proof }
with-other-than = { $name } (salvo { $others })
join-and = { $first } y { $last }
join-or = { $first } o { $last }
only-if = { $then } (solo se pide a quienes { $if })
or-else = { $base }, o que { $unless }
but-not = { $base } (no cuenta para quienes { $unless })
in-group = { $phrase } (para el grupo “{ $group }”)
month-year = { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
cues-lower = al menos; o más; mayores de; por encima de
cues-upper = como máximo; o menos; menores de; por debajo de

## How a criterion is read.

read-and = { $first }; y { $last }
read-or = { $first }; o { $last }
read-list = { $first }; { $last }
read-mixed = ({ $words })
read-all-below = todos los puntos de abajo
read-any-below = alguno de los puntos de abajo
read-none-below = ninguno de los puntos de abajo
read-point-below = el punto de abajo
read-below = los puntos de abajo
read-applies = esto se aplica
read-not = no: { $words }
read-n-below = al menos { $n } de los puntos de abajo
read-n = al menos { $n } de: { $words }
read-only-if = solo si { $if }: { $then }
read-or-else = { $base }, o si no { $unless }
read-but-not = { $base }, pero no cuenta con { $unless }
read-unread = “{ $words }” (no leído)
read-age = edad: { $comparator } { $value } { $unit }
read-at-least = al menos
read-more = más de
read-at-most = como máximo
read-less = menos de
read-equal = exactamente
read-female = sexo femenino
read-male = sexo masculino
read-childbearing = puede quedar embarazada
read-result = { $name }: { $wanted }
read-positive = positivo
read-negative = negativo
read-normal = normal
read-abnormal = anormal
read-above = por encima del intervalo normal
read-below-normal = por debajo del intervalo normal
read-of = { $words } de { $name }
read-no-remission = sin remisión
read-no-complete-remission = sin remisión completa
read-relapse = recaída
read-inadequate = el tratamiento no ayudó lo suficiente
read-remission = remisión
read-cause = { $name } se debe a { $cause }
read-in-study = participa en otro estudio
read-was-in-study = participó en otro estudio
read-limit-upper-one = el límite superior normal del laboratorio
read-limit-upper = { $n } veces el límite superior normal del laboratorio
read-limit-lower = { $n } veces el límite inferior normal del laboratorio
read-limit-baseline = { $n } veces el valor inicial
read-measure = { $name }: { $comparator } { $limit }
read-when = { $words } { $when }
read-afterwards = durante { $long } después
read-anything = cualquier cosa
read-behind = { $name } ({ $words })
read-unless = { $name } (salvo: { $words })
read-treatment = { $name } que necesita tratamiento
read-confirmed = { $name } confirmado por { $proof }
read-other-than = { $name }, salvo { $others }
read-so = es así: { $name }
read-so-ever = es o fue así: { $name }
read-allergic = alergia a { $name }
read-allergic-severely = alergia grave a { $name }
read-allergic-moderately = alergia al menos moderada a { $name }
read-planned = { $name } está previsto
read-has = tiene { $name }
read-may-have = tiene, o puede tener, { $name }
read-ever = tiene o tuvo alguna vez { $name }
read-may-ever = tiene o tuvo alguna vez, o pudo tener, { $name }
read-had = tuvo { $name }
read-may-had = tuvo, o pudo tener, { $name }
read-takes = toma { $name }
read-took-ever = toma o tomó alguna vez { $name }
read-took = tomó { $name }
read-undergoes = está recibiendo { $name }
read-undergone-ever = recibió alguna vez { $name }
read-undergone = recibió { $name }
read-grade = { $name }: { $grades }
read-medicines = medicamentos
read-treated = recibió tratamiento con { $names }
read-treated-n = recibió tratamiento con al menos { $n } de: { $names }
read-one-of = { $words }, uno de ellos { $name }
read-each-at-least = { $words }, cada uno durante al menos { $long }
read-each-more = { $words }, cada uno durante más de { $long }
read-each-at-most = { $words }, cada uno durante como máximo { $long }

## What somebody judges or agrees to: the questions of the list of topics.

topic-investigator-opinion = la opinión del médico del estudio sobre si conviene participar
topic-venous-access = si las venas son adecuadas para las extracciones de sangre del estudio
topic-apheresis = si se pueden recoger células de la sangre (leucaféresis)
topic-hemodynamic-stability = si la presión arterial y la circulación son estables
topic-vital-signs = si los signos vitales (pulso, presión arterial, respiración) son estables
topic-compliance = si la persona quiere y puede cumplir con las visitas y las normas del estudio
topic-interference = la opinión del médico del estudio sobre si algo interferiría con el estudio
topic-informed-consent = si se ha firmado el formulario de consentimiento informado
topic-contraception = si la persona acepta usar un método anticonceptivo eficaz
topic-health = si el médico del estudio considera que la persona goza de buena salud
topic-protocol-criteria = otros criterios del plan del estudio que su registro no indica
topic-contraindication = si hay algo que desaconseje este medicamento o examen para la persona
topic-measurable-disease = si la enfermedad se puede medir con imágenes o con un examen
topic-language = si la persona habla el idioma que el estudio necesita
topic-custody = si la persona vive bajo custodia o en una institución
topic-study-medicine-allergy = si la persona es alérgica al medicamento del estudio o a alguno de sus componentes
topic-similar-medicine-allergy = si la persona es alérgica a un medicamento parecido al que se nombra
topic-willingness = si la persona acepta lo que el estudio pide aquí
topic-ability = si la persona puede hacer lo que el estudio pide aquí
topic-organ-function = si los órganos nombrados funcionan lo bastante bien, a juicio del médico del estudio
