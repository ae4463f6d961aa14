// Offers names and towns while someone types. Every page works without it.
for (const [id, name, list] of [
  ['q', 'q', 'offers'],
  ['place', 'place', 'towns'],
]) {
  const field = document.getElementById(id);
  const offers = document.getElementById(list);
  if (!field || !offers) continue;
  let waiting;
  let asked = '';
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value;
      if (typed.trim().length < 2 || typed === asked) return;
      asked = typed;
      try {
        const answer = await fetch(`/suggest?${name}=${encodeURIComponent(typed)}`);
        if (!answer.ok || field.value !== typed) return;
        const { suggestions, places } = await answer.json();
        const options = name === 'q' ? suggestions : places.map((text) => ({ text }));
        offers.replaceChildren(
          ...options.map(({ text, also, count }) => {
            const option = document.createElement('option');
            option.value = text;
            option.label = [text, also, count].filter(Boolean).join(' – ');
            return option;
          }),
        );
      } catch {
        // Without an answer nothing is offered; the search works all the same.
      }
    }, 120);
  });
}
