# Needs a translator's review.

## Writing to a study centre.

contact-title = Pregunte al equipo del estudio
contact-emergency = No es para emergencias. Nadie lee esto al momento. Si necesita ayuda ahora, llame al número de emergencias de su lugar.
contact-closed = Según su registro, ahora nadie más puede entrar en este estudio. Aun así puede preguntar.
contact-problems = Todavía no se ha enviado nada. Revise primero esto:
contact-near = Mostrar primero el centro más cercano: una ciudad, o LAT,LON
contact-near-go = Mostrar
contact-near-unknown = Ningún estudio de aquí tiene un centro en un lugar llamado «{ $place }». Pruebe con la ciudad grande más cercana, o con números como 48.85,2.35.
contact-nearest = Centro más cercano que admite personas:
contact-km = a unos { $km } km
contact-under-km = a menos de 1 km
contact-write = Escriba al equipo del estudio
contact-write-lead = Su mensaje llega a personas que dijeron que responden preguntas sobre este estudio. Reciben un aviso de que hay un mensaje. El aviso no contiene lo que usted escribió.
contact-site = ¿Qué centro?
contact-site-whole = El equipo de todo el estudio
contact-no-site = Elija un centro.
contact-name = ¿Cómo quiere que le llamen?
contact-name-hint = Basta un nombre de pila o un nombre inventado.
contact-no-name = Dé un nombre para llamarle. Puede ser inventado.
contact-long-name = El nombre es demasiado largo: { $n } letras como máximo.
contact-way = ¿Cómo pueden responderle? Elija una forma.
contact-way-email = Por correo electrónico
contact-way-phone = Por teléfono
contact-email = Su dirección de correo electrónico
contact-phone = Su número de teléfono
contact-no-way = Elija correo electrónico o teléfono.
contact-email-empty = Escriba su dirección de correo electrónico.
contact-email-no-at = La dirección necesita una sola @ entre el nombre y el lugar, como ana@example.org.
contact-email-long = La dirección de correo es demasiado larga.
contact-email-name = La parte antes de la @ tiene signos que no podemos usar. Use letras inglesas, números, puntos, guiones o signos más.
contact-email-domain = La parte después de la @ no es un nombre de internet, como example.org.
contact-bad-phone = Escriba un número de teléfono de 5 a 20 cifras, como +1 617 555 0199.
contact-language = Se les dirá que usted escribe en este idioma: { $language }.
contact-message = ¿Qué quiere preguntar?
contact-message-hint = No hace falta que escriba sobre su salud. El equipo puede preguntarle más tarde.
contact-no-message = Escriba lo que quiere preguntar.
contact-long-message = El mensaje es demasiado largo: { $n } letras como máximo.
contact-answers = Sus respuestas de la comprobación
contact-answers-lead = Estas son sus respuestas sobre este estudio. Solo se envían si marca la casilla siguiente.
contact-answers-send = Enviar mis respuestas con el mensaje
contact-answers-each = Quite la marca de lo que no quiera enviar.
contact-many-answers = Pueden enviarse { $n } respuestas como máximo. Quite algunas marcas.
contact-agree = Antes de enviar
contact-consent = Envío esto al centro del estudio que he elegido. Trialway lo guarda para que el centro pueda leerlo y responder, y para nada más. Se borra cuando yo lo retire o, si no, { $n ->
    [one] un día
   *[other] { $n } días
} después de que el centro haya terminado, y en todo caso { $days } días después de que lo envíe. El centro puede guardar sus propias notas de lo que leyó. Enviar esto no significa que yo participe en un estudio, y nadie ha decidido si puedo hacerlo.
contact-agree-tick = Estoy de acuerdo.
contact-not-agreed = Marque «Estoy de acuerdo», o llame o escriba usted al centro.
contact-new-consent = El texto con el que debe estar de acuerdo no es el que usted vio. Léalo otra vez y marque la casilla.
contact-too-many = Se enviaron demasiados mensajes en poco tiempo. El suyo no se envió. Inténtelo mañana, o llame al centro.
contact-send = Enviar el mensaje
contact-yourself = Llame o escriba usted
contact-yourself-also = También puede usar su propio teléfono o correo. Nada de eso pasa por este sitio.
contact-yourself-only = Desde aquí no se pueden enviar mensajes para este estudio. Use su propio teléfono o correo: nada de eso pasa por este sitio.
contact-yourself-number = Diga el número del estudio, { $number }.
contact-nobody = El registro no da teléfono ni correo electrónico. Su médico puede buscar a quienes dirigen el estudio.
contact-whole = Para todo el estudio
contact-centres = Los centros del estudio
contact-centres-open = Centros que admiten personas

## The private page of a message.

contact-sent-title = Su mensaje
contact-stage-sent = Está en el buzón del equipo del estudio. Nadie lo ha abierto todavía.
contact-stage-opened = El equipo del estudio lo ha abierto.
contact-stage-answered = El equipo del estudio ha respondido.
contact-stage-closed = El equipo del estudio ha terminado con él.
contact-stage-withdrawn = Usted lo retiró.
contact-step-sent = Enviado
contact-step-opened = Abierto en el buzón
contact-step-answered = Respondido
contact-step-closed = Cerrado
contact-step-withdrawn = Retirado
contact-about = Trata del estudio con el número { $number }.
contact-to-trial = Ir al estudio
contact-withdrawn-means = Lo que usted escribió se borró aquí. Si el equipo lo había leído antes, puede tener notas propias.
contact-over = Lo que usted escribió se borró aquí porque se cumplió su plazo.
contact-keep-link = Guarde la dirección de esta página: es la única forma de volver. Quien la tenga puede ver su mensaje.
contact-show = Mostrar lo que escribí y la respuesta, si la hay
contact-said = Lo que usted escribió
contact-said-name = Nombre
contact-said-way = Puede encontrarme en
contact-said-site = Centro
contact-said-message = Mensaje
contact-replies = Respuestas
contact-reply-called = El equipo dice que le llamó.
contact-back = Retirarlo
contact-back-means = Lo que usted escribió se borra aquí, y los avisos que aún no hayan salido no se envían.
contact-back-ask = Retirar mi mensaje
contact-back-sure = Esto no se puede deshacer. ¿Retirarlo?
contact-back-yes = Sí, borrar mi mensaje
contact-quiet-title = Todavía no hay respuesta
contact-quiet = Han pasado más de { $n } días. Puede llamar o escribir usted, o preguntar en otro centro.
contact-quiet-doctor = Su médico también puede preguntar por usted.
contact-quiet-search = Buscar otro ensayo

## Mails. No words about health, no study, nothing of what was written.

contact-mail-inbox-subject = Tiene un mensaje
contact-mail-inbox-text = Alguien le escribió a través de { $place }. Inicie sesión para leer el mensaje y responder:
    { $link }

    Si no tiene cuenta allí, pida a quienes llevan { $place } que le inviten. El número del mensaje está al final del enlace.

    Por privacidad, este correo no dice nada de lo escrito. Se le envía porque usted aceptó recibir mensajes de { $place }.
contact-mail-copy-subject = Hemos entregado su mensaje
contact-mail-copy-text = Hola:

    su mensaje fue entregado. Vea aquí si se abrió o se respondió, o retírelo:
    { $link }

    No comparta este enlace: quien lo tenga puede ver su mensaje. Por privacidad, este correo no dice nada de lo que usted escribió.

    Si usted no escribió nada, alguien puso su dirección por error. Puede retirar el mensaje con el mismo enlace.
contact-mail-answer-subject = Tiene una respuesta
contact-mail-answer-text = Hola:

    hay una respuesta a su mensaje. Léala aquí:
    { $link }

    No comparta este enlace: quien lo tenga puede ver su mensaje.
