# Needs a translator's review.

## Files to keep.

download-no-font = Este servidor no tiene una fuente con caracteres chinos, así que no puede hacer este PDF. Elija HTML, que se imprime igual, u otro idioma.
