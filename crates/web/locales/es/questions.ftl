# Needs a translator's review.

## Questions people ask about trials.

questions-heading = Preguntas frecuentes sobre los ensayos clínicos
questions-what = ¿Qué es un ensayo clínico?
questions-what-answer = Un estudio en el que participan personas para que los médicos aprendan si un tratamiento funciona, si es seguro o cómo evoluciona una enfermedad. Sigue un plan escrito. Un comité ajeno al estudio revisa antes ese plan.
questions-why = ¿Por qué participa la gente?
questions-why-answer = Algunas personas buscan otra forma de tratarse, aunque nadie puede decir que vaya a funcionar. Muchas quieren ayudar a quienes enfermen después. Para decir que no, usted no necesita ningún motivo.
questions-help = ¿Me ayudará?
questions-help-answer = Nadie puede decirlo. Un ensayo se hace porque no se conoce la respuesta. Puede que no le ayude y puede tener riesgos. Lo que se aprenda puede servir a otras personas.
questions-stay = ¿Tengo que quedarme hasta el final?
questions-stay-answer = No. La participación es voluntaria. Puede dejarlo en cualquier momento sin explicar por qué. Su atención habitual continúa. Avise al equipo del estudio antes de dejarlo, para hacerlo de forma segura.
questions-consent = ¿Qué es el consentimiento informado?
questions-consent-answer = Antes de participar, el equipo del estudio debe explicarle qué se hará, qué puede salir mal y qué otras opciones tiene. Puede preguntar lo que quiera y llevarse los papeles a casa. Firma solo si está de acuerdo. Por un niño firma su padre, madre o tutor, y si el niño puede entender también se le pregunta.
questions-placebo = ¿Podrían darme un placebo?
questions-placebo-answer = En algunos ensayos, sí. El registro dice si un grupo lo recibe. En ese caso, antes de firmar le explican que puede ocurrir.
questions-long = ¿Cuánto dura un ensayo?
questions-long-answer = Algunos duran semanas; otros, años. Las fechas de abajo son de todo el estudio, no de una persona. Pregunte al equipo del estudio cuánto tiempo participaría y con qué frecuencia tendría que ir.
questions-safe = ¿Es seguro?
questions-safe-answer = Todo tratamiento puede hacer daño, y uno nuevo de formas que nadie conoce aún. Las primeras fases estudian sobre todo eso. Un comité de ética revisa antes el plan, y muchos ensayos tienen un grupo de expertos que puede detenerlos si hacen daño. El equipo del estudio debe contarle lo que se sabe antes de que usted acepte.
questions-paid = ¿Me pagan por participar?
questions-paid-answer = Algunos estudios pagan el viaje o el tiempo; otros no. Pregunte al equipo del estudio. El registro no tiene un lugar para eso.
questions-cost = ¿Cuánto cuesta?
questions-cost-answer = Depende de cada estudio. Pregunte quién paga el tratamiento, las pruebas, el viaje y la atención si usted sufre algún daño.
questions-medicine = ¿Debo dejar un medicamento para poder participar?
questions-medicine-answer = No. No deje ni cambie ningún medicamento por lo que lea aquí. Hable antes con su médico.
questions-decides = ¿Quién decide si puedo participar?
questions-decides-answer = El equipo del estudio. Revisa su historial médico y a menudo hace pruebas, lo que se llama selección. Lo que dice esta página es solo una primera mirada.
