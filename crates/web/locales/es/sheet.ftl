# Needs a translator's review.

## A study on paper.

sheet-status = { $status }. { $meaning }
sheet-full-title = Título completo
sheet-made = { $how } Esta información es para hablarla; no es consejo médico. El equipo del estudio decide quién puede participar. No deje ni cambie ningún medicamento por ella.
sheet-questions = Para preguntar al médico y al equipo del estudio
sheet-question-1 = ¿Cuáles de los puntos de arriba cumplo y cuáles necesitan antes una prueba?
sheet-question-2 = ¿Qué otra cosa podría hacer en lugar de participar?
sheet-question-3 = ¿Qué puede salir mal y qué tan probable es en mi caso?
sheet-question-4 = ¿Con qué frecuencia tendría que venir, durante cuánto tiempo y podría tener que pasar noches en el hospital?
sheet-question-5 = ¿Puedo seguir con mis medicamentos?
sheet-question-6 = ¿Quién paga el tratamiento, las pruebas y el viaje, y la atención si sufro algún daño?
sheet-question-7 = ¿Puedo dejarlo en cualquier momento y qué pasa entonces?
sheet-question-8 = ¿Qué pasa cuando termina el estudio?
sheet-must = Lo que debe cumplirse, tal como se publicó
sheet-must-not = Lo que no debe darse, tal como se publicó
sheet-foot = { $id }, versión { $version } de su registro; trialway { $program }
sheet-more-sites = { $n ->
    [one] y 1 centro más; la página del estudio los muestra todos
   *[other] y { $count } centros más; la página del estudio los muestra todos
}
