# Needs a translator's review.

## "Check if this may match": a study's questions, and what the answers come to.

check-title = Vea si este estudio puede ser adecuado
check-lead = Responda unas preguntas sobre los puntos del estudio. Después de cada página verá cómo van las cosas. «No lo sé» siempre es una buena respuesta.
check-private = Sus respuestas se usan para esta página y luego se olvidan. No se guardan ni forman parte de ninguna dirección. El resultado es, como mucho, «puede ser adecuado»; decide el equipo del estudio.
check-begin = Ver las primeras preguntas
check-whom = ¿Para quién es?
check-whom-self = Para mí
check-whom-child = Para mi hijo o hija
check-whom-other = Para otra persona a la que cuido
check-age = Edad
check-age-number = Edad en años cumplidos, o en meses si es un bebé
check-age-years = Años
check-age-months = Meses
check-age-wrong = La edad no es un número entero posible para una persona. Corríjala o deje el campo vacío.
check-sex = Sexo
check-sex-female = Femenino
check-sex-male = Masculino
check-sex-none = Prefiero no decirlo
check-yes = Sí
check-no = No
check-not-known = No lo sé
check-so-far = Hasta ahora:
check-may = Puede ser adecuado
check-may-means = Nada de lo que usted dijo lo impide. El equipo del estudio debe comprobarlo.
check-cannot-tell = Todavía no se puede saber
check-cannot-tell-means = Hasta ahora nada de lo que usted dijo lo impide, pero quedan puntos por aclarar.
check-not = No parece adecuado
check-not-means = Al menos un punto no se cumple, según sus respuestas y nuestra lectura. Las dos pueden estar equivocadas. El equipo del estudio puede comprobarlo.
check-because = Por lo siguiente:
check-next = { $n ->
    [one] La última pregunta
   *[other] Preguntas siguientes (quedan { $n })
}
check-as-written = Nuestro programa no pudo leer estos puntos. Aquí están como los escribió el estudio. Si las palabras son difíciles, elija «No lo sé» y pregunte a un médico.
check-go-on = Continuar
check-no-more = No quedan preguntas que usted pueda responder aquí.
check-said = Para quién es y sus respuestas hasta ahora ({ $n }). Ver o cambiar
check-change = Usar las respuestas cambiadas
check-take = Llévelo a su médico
check-take-means = Una hoja con el resultado, sus respuestas y todos los puntos del estudio. Se hace ahora y no se guarda aquí.
check-sheet-pdf = Hoja (PDF)
check-sheet-html = Hoja (HTML)
check-sheet-heading = Respuestas frente a { $study }
check-sheet-patient = quien respondió, o por quien se respondió
check-sheet-answers = Lo que se respondió
check-sheet-years = { $n ->
    [one] 1 año
   *[other] { $n } años
}
check-sheet-months = { $n ->
    [one] 1 mes
   *[other] { $n } meses
}
check-team = Pregunte al equipo del estudio
check-team-means = Escriba al equipo del estudio. Sus respuestas pasan a la página siguiente, y de allí no salen si usted no las marca, una por una.
check-team-go = Contactar con el equipo del estudio
check-team-yourself = El equipo del estudio puede aclarar lo que falta. La página siguiente muestra cómo contactar. Sus respuestas no se transmiten.
check-ask-about = Para aclarar lo demás, pregunte por
check-more = { $n ->
    [one] Y un punto más.
   *[other] Y { $n } puntos más.
}
check-later = Lo que deciden las personas más adelante
check-assent = Este estudio acepta niños. Por un niño debe dar su consentimiento uno de los padres o el tutor. Al niño que puede entender también se le pregunta; eso se llama asentimiento.
check-fits = { $n ->
    [one] Un punto que se cumple hasta ahora
   *[other] { $n } puntos que se cumplen hasta ahora
}
check-anew = Empezar de nuevo
check-why-asked = Por qué se pregunta esto
check-point = Punto { $id }
check-field = De los campos del registro
check-number = Último valor
check-number-in = Último valor, en { $unit }
check-number-empty = Deje el campo vacío si no lo sabe. Si su informe usa otra unidad, escríbala detrás del número.
check-number-wrong = Esto no se entiende como número. Escríbalo como 85 o 0,9, o deje el campo vacío.

check-ask-number = ¿Sabe usted este valor? { $what }
check-ask-has = { $whom ->
    [child] ¿Tiene su hijo o hija { $what }?
    [other] ¿Tiene la persona { $what }?
   *[self] ¿Tiene usted { $what }?
}
check-ask-may-have = { $whom ->
    [child] ¿Tiene, o puede tener, su hijo o hija { $what }?
    [other] ¿Tiene, o puede tener, la persona { $what }?
   *[self] ¿Tiene, o puede tener, usted { $what }?
}
check-ask-has-or-had = { $whom ->
    [child] ¿Tiene o ha tenido alguna vez su hijo o hija { $what }?
    [other] ¿Tiene o ha tenido alguna vez la persona { $what }?
   *[self] ¿Tiene o ha tenido usted alguna vez { $what }?
}
check-ask-had = { $whom ->
    [child] ¿Tuvo su hijo o hija { $what }?
    [other] ¿Tuvo la persona { $what }?
   *[self] ¿Tuvo usted { $what }?
}
check-ask-ever-had = { $whom ->
    [child] ¿Le han hecho alguna vez a su hijo o hija { $what }?
    [other] ¿Le han hecho alguna vez a la persona { $what }?
   *[self] ¿Le han hecho a usted alguna vez { $what }?
}
check-ask-having = { $whom ->
    [child] ¿Le están haciendo ahora a su hijo o hija { $what }?
    [other] ¿Le están haciendo ahora a la persona { $what }?
   *[self] ¿Le están haciendo a usted ahora { $what }?
}
check-ask-takes = { $whom ->
    [child] ¿Toma su hijo o hija { $what }?
    [other] ¿Toma la persona { $what }?
   *[self] ¿Toma usted { $what }?
}
check-ask-takes-or-took = { $whom ->
    [child] ¿Toma o ha tomado alguna vez su hijo o hija { $what }?
    [other] ¿Toma o ha tomado alguna vez la persona { $what }?
   *[self] ¿Toma o ha tomado usted alguna vez { $what }?
}
check-ask-took = { $whom ->
    [child] ¿Tomó su hijo o hija { $what }?
    [other] ¿Tomó la persona { $what }?
   *[self] ¿Tomó usted { $what }?
}
check-ask-treated = { $whom ->
    [child] ¿Recibió su hijo o hija tratamiento con { $what }?
    [other] ¿Recibió la persona tratamiento con { $what }?
   *[self] ¿Recibió usted tratamiento con { $what }?
}
check-ask-allergic = { $whom ->
    [child] ¿Tiene su hijo o hija alergia a { $what }?
    [other] ¿Tiene la persona alergia a { $what }?
   *[self] ¿Tiene usted alergia a { $what }?
}
check-ask-childbearing = { $whom ->
    [child] ¿Puede su hija quedar embarazada?
    [other] ¿Puede la persona quedar embarazada?
   *[self] ¿Puede usted quedar embarazada?
}
check-ask-in-another = { $whom ->
    [child] ¿Participa su hijo o hija ahora en otro estudio?
    [other] ¿Participa la persona ahora en otro estudio?
   *[self] ¿Participa usted ahora en otro estudio?
}
check-ask-was-in-another = { $whom ->
    [child] ¿Participó su hijo o hija en otro estudio { $what }?
    [other] ¿Participó la persona en otro estudio { $what }?
   *[self] ¿Participó usted en otro estudio { $what }?
}
check-ask-is-so = { $whom ->
    [child] ¿Es así en el caso de su hijo o hija? { $what }
    [other] ¿Es así en el caso de la persona? { $what }
   *[self] ¿Es así en su caso? { $what }
}
check-ask-as-written = { $whom ->
    [child] ¿Es así en el caso de su hijo o hija, tal como está escrito? «{ $what }»
    [other] ¿Es así en el caso de la persona, tal como está escrito? «{ $what }»
   *[self] ¿Es así en su caso, tal como está escrito? «{ $what }»
}
check-ask-judged = Decide el médico del estudio: { $what }
check-ask-agreed = Alguien debe dar su acuerdo: { $what }

check-link = Vea si este estudio puede ser adecuado para usted o su hijo o hija
check-home-heading = Responda unas preguntas
check-home-before = Diga de qué se trata y marque lo que sepa.
check-home-link = Buscar en todos los estudios para mí o mi hijo o hija
check-home-after = También puede comprobar un solo estudio en su propia página.

check-all-title = Todos los estudios para mí o mi hijo o hija
check-all-lead = Responda lo que sepa. Después verá qué estudios pueden ser adecuados y por qué.
check-all-conditions = ¿De qué enfermedad se trata?
check-all-conditions-hint = Lo mejor es el nombre que usa el médico. Si son varias, cada una en su línea. No hacen falta nombres de personas.
check-all-no-condition = Escriba de qué enfermedad se trata.
check-all-place = Ciudad más cercana
check-all-medicines = ¿Qué medicamentos se toman ahora? Cada uno en su línea
check-all-facts = Lo que preguntan muchos estudios
check-all-go = Ver los estudios
check-fact-pregnant = ¿Embarazo?
check-fact-breastfeeding = ¿Lactancia?
check-fact-diabetes = ¿Diabetes?
check-fact-hypertension = ¿Presión arterial alta?
check-fact-heart-failure = ¿Insuficiencia cardíaca?
check-fact-kidney = ¿Enfermedad crónica de los riñones?
check-fact-liver = ¿Enfermedad del hígado?
check-fact-cancer = ¿Cáncer?
check-fact-hiv = ¿VIH?
check-fact-hepatitis-b = ¿Hepatitis B?
