# Needs a translator's review.

## What is said where a request cannot be answered.

problem-no-page = Página no encontrada
problem-no-page-means = No hay ninguna página en esta dirección. La búsqueda de abajo puede llevarle a lo que busca.
problem-no-study = Estudio no encontrado
problem-no-study-means = Aquí no hay ningún estudio con el número { $id }. Revise el número o busque una enfermedad.
problem-bad-input = Esto no se puede usar
problem-other-origin = No aceptado
problem-other-origin-means = Este formulario se envió desde otro sitio web. Abra la página aquí y envíelo de nuevo.
problem-too-long = Tardó demasiado
problem-too-long-means = La respuesta tardó más de lo permitido. Inténtelo de nuevo o pida menos a la vez.
problem-ours = Algo falló aquí
problem-ours-means = Es un fallo nuestro, no suyo. Inténtelo de nuevo en un momento.
problem-too-large = Lo que envió es más grande de lo que se lee aquí.
problem-unreadable = No se pudo leer la dirección o el formulario. Vuelva atrás e inténtelo de nuevo.
problem-reference = Si nos escribe sobre esto, indique este número: { $reference }
problem-home = Ir a la primera página
