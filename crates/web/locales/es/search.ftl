# Needs a translator's review.

## Results of a search.

search-heading = Buscar un estudio
search-none = No se encontró ningún estudio para “{ $text }”
search-found = { $studies } para “{ $text }”
search-narrow = Limitar los resultados
search-no-city = Ningún estudio tiene aquí un centro en una ciudad llamada “{ $place }”, así que se omiten las distancias. Pruebe con la ciudad grande más cercana o con coordenadas como 48.85,2.35.
search-no-age = “{ $age }” no es una edad en años enteros, así que se omitió.
search-no-condition = “{ $part }” no es una enfermedad que se conozca aquí, así que no se ocultó ningún estudio por ella. Quizá se conozca otro nombre.
search-some-words = Ningún estudio tiene todas estas palabras; estos tienen algunas.
search-few-all = { $n ->
    [one] Solo un estudio tiene todas estas palabras; también se muestran los que tienen algunas.
   *[other] Solo { $n } estudios tienen todas estas palabras; también se muestran los que tienen algunas.
}
search-respelled = Se muestran resultados para “{ $meant }” en lugar de “{ $word }”. Para buscar una palabra tal como la escribió, póngala entre comillas.
search-left-out = “{ $word }” no está en ningún estudio de aquí, así que se omitió.
search-hidden = Se ocultan los estudios que exigen a todos una enfermedad que usted nunca tuvo. Cuando no se pudo saber, el estudio se muestra.
search-also = También se buscaron otros nombres de “{ $asked }”: { $names }.
search-position = { $from } a { $to } de { $of }
search-status = Estado
search-phase = Fase
search-age-group = Grupo de edad
search-country = País
search-kind = Tipo de estudio
search-tested = Qué se prueba
search-healthy = Personas sanas
search-healthy-yes = Pueden participar
search-healthy-no = No pueden participar
search-sponsor = Quién lo dirige
search-order = Orden:
search-order-name = Orden de los resultados
search-best = más relevantes
search-nearest = más cercanos
search-newest = más recientes
search-ages = Edades: { $ages }
search-sex-only = Solo { $sex }
search-for = Para
search-treatments = Tratamientos
search-no-site = El registro no indica ningún centro.
search-sites-silent = { $sites }; ninguno dice por sí mismo si admite participantes.
search-sites-none = { $sites }; ninguno dice que esté reclutando.
search-site-only = 1 centro, que dice que está reclutando.
search-sites-all = { $sites }; todos dicen que están reclutando.
search-sites-some = { $n ->
    [one] { $sites }; { $n } de ellos dice que está reclutando.
   *[other] { $sites }; { $n } de ellos dicen que están reclutando.
}
search-open-near = Un centro a { $km } de { $place } está reclutando
search-no-point = El registro no da ningún centro en el mapa.
search-nearest-site = Centro más cercano: { $name }, a unos { $km } de { $place }
search-nearest-open = Centro más cercano que está reclutando: { $name }, a unos { $km }
search-found-in = encontrado en: { $places }
search-compare = Comparar
search-compare-one = Comparar { $id }
search-compare-ticked = Comparar los estudios marcados
search-up-to-four = Hasta cuatro, uno junto a otro.
search-pages = Páginas de resultados
search-previous = Anterior
search-next = Siguiente
search-keeps = La dirección de esta página guarda la búsqueda. Para saber cuándo cambia un estudio de los encontrados: [fuente Atom], [fuente JSON].
search-feed = Cambios en lo que encuentra esta búsqueda
search-within = A cuántos km de { $place }
search-sites = Centros
search-one-recruits = Al menos un centro está reclutando
search-sex = Sexo de la persona
search-any = Cualquiera
search-female = Mujer
search-male = Hombre
search-never = Enfermedades que nunca tuvo
search-never-hint = Separadas por comas. Se ocultan los estudios que exigen alguna de ellas a todos.
search-apply = Aplicar
search-empty = Aquí todavía no hay estudios. Cargue algunos con `trialway ingest RUTA`.
search-why-words = “{ $asked }” aparece en: { $place }.
search-why-begins = Hay una palabra que empieza por “{ $asked }” en: { $place }.
search-why-spelled = “{ $name }” (usted escribió “{ $asked }”) aparece en: { $place }.
search-why-name-some = Hay otro nombre de “{ $asked }” en: { $place }.
search-why-name = “{ $name }” es otro nombre de “{ $asked }”; aparece en: { $place }.
search-why-kind-some = Hay un tipo de “{ $asked }” en: { $place }.
search-why-kind = “{ $name }” es un tipo de “{ $asked }”; aparece en: { $place }.
search-why-class = El estudio trata de { $name }, a lo que pertenece “{ $asked }”.
search-why-age = “{ $asked }”: pueden participar personas de esa edad.
search-offer = { $n ->
    [one] { $n } estudio
   *[other] { $n } estudios
}
