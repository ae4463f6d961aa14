# Needs a translator's review.

## What the portal is, is not, and does with what it is given.

about-page = Acerca de
about-heading = Acerca de Trialway
about-what = Qué es
about-what-means = Trialway lee los criterios publicados de los ensayos clínicos con un conjunto fijo de reglas, muestra lo que leyó junto a lo publicado y compara un historial médico con cada punto. El mismo estudio y el mismo historial dan siempre la misma respuesta.
about-not = Qué no es
about-not-means = No es un producto sanitario y no da consejo médico. Nunca dice que alguien sea apto: como mucho, que un estudio puede coincidir. El equipo del estudio examina y decide.
about-private = Qué pasa con lo que usted escribe
about-private-record = Un historial médico se lee en memoria para una sola respuesta y después se olvida. No se guarda, no se anota y no se envía a ninguna parte.
about-private-words = Las palabras de búsqueda no se anotan.
about-private-cookie = La única cookie guarda el idioma que usted eligió. No necesita una cuenta y no se hacen peticiones a otros sitios web.
about-private-report = Un aviso sobre una lectura equivocada se guarda, con lo que usted escriba en él. No escriba ahí nada sobre una persona.
about-wrong = Cuando una lectura está equivocada
about-wrong-means = Cada punto de un estudio tiene un enlace “Avisar de un error en esta lectura”. Lo que no se entendió se muestra tal como está escrito y nunca decide nada. [Cuánto se lee de los criterios]
