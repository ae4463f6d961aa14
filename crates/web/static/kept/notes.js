// Notes of this browser: in its local storage, nowhere else, until their owner shares or seals them.

import { letters, random } from './vault.js';

const NOTES = 'trialway.notes';
const SHARES = 'trialway.shares';
const VAULT = 'trialway.vault';

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Writes; false where the browser does not let us. */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const isText = (value) => typeof value === 'string';

/** A note as we keep it, of whatever an import or a link brings; null for what is none. */
export function checked(raw) {
  if (!raw || !isText(raw.id) || !/^[\w-]{1,64}$/.test(raw.id) || !isText(raw.trial) || !/^NCT\d{8}$/.test(raw.trial)) return null;
  const quote = raw.quote ?? {};
  const cut = (value, n) => (isText(value) ? value.slice(0, n) : '');
  const place = (value) => (Number.isInteger(value) && value >= 0 ? value : 0);
  const point = isText(quote.point) && /^[\w.-]{1,60}$/.test(quote.point) ? quote.point : null;
  return {
    id: raw.id,
    trial: raw.trial,
    title: cut(raw.title, 500),
    text: cut(raw.text, 5000),
    created: cut(raw.created, 30),
    changed: cut(raw.changed, 30),
    version: cut(raw.version, 80),
    quote: {
      exact: cut(quote.exact, 2000), prefix: cut(quote.prefix, 64), suffix: cut(quote.suffix, 64),
      start: place(quote.start), end: place(quote.end), point,
    },
  };
}

export const all = () => {
  const kept = read(NOTES, []);
  return Array.isArray(kept) ? kept.map(checked).filter(Boolean) : [];
};
export const of = (trial) => all().filter((note) => note.trial === trial);
export const fresh = () => letters(random(16));

/** Puts notes in, each over the one of its id. */
export function put(...notes) {
  const known = new Map(all().map((note) => [note.id, note]));
  for (const note of notes) known.set(note.id, note);
  return write(NOTES, [...known.values()]);
}

export const remove = (id) => write(NOTES, all().filter((note) => note.id !== id));
export const removeAll = () => write(NOTES, []);

export const shares = () => read(SHARES, []);
export const putShares = (list) => write(SHARES, list);
export const vault = () => read(VAULT, null);
export const putVault = (value) => write(VAULT, value);

/** Forgets everything of ours in this browser. */
export function forget() {
  for (const key of [NOTES, SHARES, VAULT]) localStorage.removeItem(key);
}

/** Notes in the W3C's Web Annotation form. */
export function exported(notes) {
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'AnnotationPage',
    items: notes.map((note) => ({
      id: `urn:trialway:note:${note.id}`,
      type: 'Annotation',
      created: note.created,
      modified: note.changed,
      body: { type: 'TextualBody', format: 'text/plain', value: note.text },
      target: {
        source: `${location.origin}/trials/${note.trial}`,
        title: note.title,
        version: note.version,
        selector: [
          ...(note.quote.point ? [{ type: 'FragmentSelector', value: note.quote.point }] : []),
          { type: 'TextQuoteSelector', exact: note.quote.exact, prefix: note.quote.prefix, suffix: note.quote.suffix },
          { type: 'TextPositionSelector', start: note.quote.start, end: note.quote.end },
        ],
      },
    })),
  };
}

/** Notes of an exported file; those that are none are left out. */
export function imported(page) {
  const items = Array.isArray(page?.items) ? page.items : [];
  return items
    .map((item) => {
      const selectors = Array.isArray(item?.target?.selector) ? item.target.selector : [];
      const by = (type) => selectors.find((one) => one?.type === type) ?? {};
      const quote = by('TextQuoteSelector');
      const position = by('TextPositionSelector');
      return checked({
        id: String(item?.id ?? '').replace('urn:trialway:note:', ''),
        trial: String(item?.target?.source ?? '').split('/').pop(),
        title: item?.target?.title,
        version: item?.target?.version,
        text: item?.body?.value,
        created: item?.created,
        changed: item?.modified,
        quote: { ...quote, start: position.start, end: position.end, point: by('FragmentSelector').value },
      });
    })
    .filter(Boolean);
}

/** Words of the page in its language, which the server wrote into it; `{name}` is filled in. */
const said = JSON.parse(document.getElementById('keep-words')?.textContent ?? '{}');
export const say = (id, filled = {}) => (said[id] ?? id).replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);

/** An element with what is in it. Text goes in as text: nothing of a note is ever read as HTML. */
export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...inside.filter((one) => one != null));
  return element;
}

/** A day and a time as the reader's language writes them. */
export const when = (time) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
