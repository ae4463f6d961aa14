# Needs a translator's review.

## "This reading is wrong".

report-heading = Avisar de un error en una lectura
report-published = Tal como se publicó
report-read = Leído como
report-thanks = Gracias.
report-kept = Su aviso se guarda con esta versión del registro y lo leerán personas.
report-back = Volver al estudio
report-wrong = ¿Qué está mal en la lectura?
report-hint = No escriba nada sobre usted ni sobre otra persona: este texto se guarda.
report-send = Enviar el aviso
report-empty = Diga qué está mal antes de enviar.
report-no-criterion = Este estudio no tiene el criterio “{ $id }”. Vuelva a su página y elija uno allí.
