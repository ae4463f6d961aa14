# Needs a translator's review.

## What stands around every page.

frame-skip = Ir al contenido
frame-demonstration = Demostración.
frame-demonstration-means = Todos los estudios de este sitio son inventados. Nadie puede participar en ellos.
frame-nav = Principal
frame-nav-search = Buscar un estudio
frame-nav-match = Para una persona
frame-nav-screen = Revisar un historial
frame-nav-about = Acerca de
frame-advice = Información para hablar con un médico; no es consejo médico ni una decisión. El equipo del estudio decide quién puede participar. No deje ni cambie ningún medicamento por lo que lea aquí.
frame-emergency = En una emergencia, llame al número de emergencias de su localidad. Participar en un estudio es voluntario; puede no ayudarle y puede tener riesgos.
frame-language = Idioma
