# Needs a translator's review.

## The first page, and the form for searching.

home-page-title = Trialway: encuentre un ensayo clínico y vea qué pide
home-title = Encuentre un ensayo clínico y vea qué pide
home-lead = Busque entre los estudios, lea en palabras sencillas quién puede participar y compare un historial médico con cada punto, en privado.
home-empty = Aquí todavía no hay estudios
home-empty-load = Cargue registros de estudios con `trialway ingest RUTA`: JSON de la API v2, NDJSON, XML antiguo, comprimidos con gzip o zip, o una carpeta con ellos. Después abra esta página de nuevo.
home-empty-demo = Para echar primero un vistazo, ejecute `trialway serve --demo`.
home-held = Aquí hay { $studies }.
home-try = Pruebe con [lupus], [asma] o [síndrome nefrótico].
home-all = Mostrar todos
home-read = Lea qué pide un estudio
home-read-means = Cada punto aparece como el estudio lo publicó, junto a lo que un programa entendió. Lo que no se entendió se muestra tal como está escrito.
home-story = Empiece con sus propias palabras
home-story-means = [Diga con sus propias palabras] para quién es y qué le pasa. Verá qué se entendió y después los estudios que pueden coincidir, cada uno con sus motivos. No se guarda nada.
home-check = Revise un historial
home-check-means = [Compare un historial médico] con un estudio o con todos. Para cada punto: se cumple, no se cumple o está abierto, en qué se basa y qué preguntar. No se guarda nada.
home-unknown = Lo desconocido sigue siendo desconocido
home-unknown-means = Un dato que falta nunca se toma por un no. La respuesta es, como mucho, “puede coincidir”: decide el equipo del estudio.
form-words = Enfermedad, tratamiento, sus propias palabras o número NCT
form-near = Cerca de (ciudad)
form-age = Edad en años
form-search = Buscar
