// Where a note belongs on a page that may have changed: the words with what stands around them, their place, and the point of the
// study that they are of (the ideas of the W3C's TextQuoteSelector and TextPositionSelector). Words in, words out; no page needed.

const AROUND = 32;

/** How a stretch of a text is remembered. */
export function describe(text, start, end, point) {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - AROUND), start),
    suffix: text.slice(end, end + AROUND),
    start,
    end,
    point: point ?? null,
  };
}

const sharedEnd = (a, b) => {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
};
const sharedStart = (a, b) => {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
};

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The share of the words of `a` that `b` has. */
function shared(a, b) {
  const wanted = words(a);
  if (wanted.length === 0) return 0;
  const has = new Set(words(b));
  return wanted.filter((word) => has.has(word)).length / wanted.length;
}

/** The innermost point around a place; `points` are `{ id, start, end }` in document order, inner ones behind outer ones. */
export function pointAt(points, start, end) {
  return points.findLast((point) => point.start <= start && end <= point.end)?.id ?? null;
}

/**
 * Where remembered words are now: `{ state, start, end, point }`.
 *
 * `here`; `moved` (the same words in another point); `changed` (the point's words are others now; the place is the whole point);
 * `gone` (nowhere).
 */
export function find(text, points, quote) {
  let best = null;
  for (let at = text.indexOf(quote.exact); at !== -1 && quote.exact; at = text.indexOf(quote.exact, at + 1)) {
    const end = at + quote.exact.length;
    const around =
      sharedEnd(text.slice(Math.max(0, at - AROUND), at), quote.prefix) + sharedStart(text.slice(end, end + AROUND), quote.suffix);
    const point = pointAt(points, at, end);
    const same = point === quote.point;
    const score = around + (same ? 40 : 0) - Math.min(20, Math.abs(at - quote.start) / 500);
    if (!best || score > best.score) best = { score, around, same, start: at, end, point };
  }
  // A short stretch in other company is another one.
  if (best && (best.same && (best.around >= 8 || quote.point) || best.around >= 16 || quote.exact.length >= 20)) {
    return { state: best.same ? 'here' : 'moved', start: best.start, end: best.end, point: best.point };
  }
  let near = null;
  for (const point of points) {
    const likeness = shared(quote.exact, text.slice(point.start, point.end));
    const enough = point.id === quote.point ? 0.5 : 0.8;
    const score = likeness + (point.id === quote.point ? 0.3 : 0);
    if (likeness >= enough && words(quote.exact).length >= 3 && (!near || score > near.score)) near = { score, point };
  }
  if (near) return { state: 'changed', start: near.point.start, end: near.point.end, point: near.point.id };
  return { state: 'gone', start: null, end: null, point: null };
}
