# Needs a translator's review.

## Following a study or a search by mail.

follow-title = Reciba avisos de cambios
follow-lead = Le escribimos cuando algo cambia: si se puede entrar, los centros o quién puede participar. El correo solo lleva un enlace.
follow-period = ¿Con qué frecuencia, como máximo?
follow-weekly = Una vez por semana
follow-daily = Una vez al día
follow-kept = Su dirección se guarda solo para esto. Se borra cuando usted lo deja.
follow-go = Pedir avisos
follow-asked = Mire en su buzón.
follow-asked-means = Si la dirección es correcta, hay un correo en camino. Pulse el botón detrás de su enlace en 48 horas. Antes de eso no se envía nada más.
follow-too-many = Se pidieron demasiados correos en poco tiempo. No se envió nada. Inténtelo mañana.
follow-no-mail = Aquí no hay avisos por correo. Puede usar el canal de abajo.
follow-feed = Sin dirección: un canal de noticias
follow-feed-means = Un lector de canales le muestra los cambios, y nadie necesita su dirección.
follow-feed-link = El canal (Atom)
follow-confirm-title = ¿Quiere avisos de cambios?
follow-confirm-lead = Alguien nos pidió enviar avisos de cambios a su dirección. Pulse el botón si fue usted.
follow-confirm-go = Sí, envíenme avisos
follow-confirm-else = Si no fue usted, no haga nada. Su dirección se borra después de 48 horas.
follow-confirm-over = Este enlace ha caducado o no está completo. Pida los avisos otra vez en la página del estudio o de la búsqueda.
follow-own-title = Lo que usted sigue
follow-own-weekly = Recibe como máximo un correo por semana, y ninguno si nada cambió.
follow-own-daily = Recibe como máximo un correo al día, y ninguno si nada cambió.
follow-own-link = Esta página es suya: no comparta su dirección.
follow-nothing = Nada ha cambiado desde que empezó, según lo que le hemos avisado.
follow-new-study = Este estudio es nuevo aquí.
follow-stop = Dejar de seguir esto
follow-stop-all = Dejarlo todo
follow-stop-all-means = No habrá más correos. Se borran su dirección y lo que sigue.
follow-stop-all-go = Dejarlo todo y borrar mi dirección
follow-over = Aquí usted no sigue nada.
follow-over-means = Con este enlace no se envían más correos, y no se guarda ninguna dirección para él.

## Mails. No words about health, no study.

follow-mail-confirm-subject = Confirme que quiere avisos
follow-mail-confirm-text = Hola:

    alguien pidió a { $place } que envíe avisos a esta dirección. Si fue usted, abra este enlace y pulse el botón:
    { $link }

    Si no fue usted, no haga nada. Esta dirección se borra después de 48 horas y no se envía más correo.
follow-mail-weekly-subject = Novedades de lo que usted sigue
follow-mail-weekly-text = Hola:

    algo cambió en lo que usted sigue en { $place }. Vea qué cambió:
    { $link }

    Recibe como máximo un correo así por semana. En la misma página puede dejarlos.
    No comparta este enlace: quien lo tenga ve lo que usted sigue.
follow-mail-daily-subject = Novedades de lo que usted sigue
follow-mail-daily-text = Hola:

    algo cambió en lo que usted sigue en { $place }. Vea qué cambió:
    { $link }

    Recibe como máximo un correo así al día. En la misma página puede dejarlos.
    No comparta este enlace: quien lo tenga ve lo que usted sigue.
