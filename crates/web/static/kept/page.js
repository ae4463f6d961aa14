// Notes on a study's page: choose words by mouse, touch or keyboard, and keep a note on them. Everything stays in this browser.

import { describe, find, pointAt } from './anchor.js';
import * as notes from './notes.js';
import { make, say } from './notes.js';

const home = document.getElementById('keep');
const article = document.querySelector('article');
const { trial, title, version } = home.dataset;

/** The page's words as one text with single spaces, and where each letter stands. What is ours or hidden is not part of it. */
function readPage() {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches('[data-keep], script, style, form, svg, .hidden, .id') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const text = [];
  const places = [];
  const open = [];
  const points = [];
  const close = (node) => {
    while (open.length && !open.at(-1).element.contains(node)) open.pop().point.end = text.length;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    close(node);
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches('li[id]')) {
        const point = { id: node.id, start: text.length, end: text.length };
        points.push(point);
        open.push({ element: node, point });
      }
      // Blocks that touch are two words.
      if (text.length && text.at(-1) !== ' ' && getComputedStyle(node).display !== 'inline') {
        text.push(' ');
        places.push(null);
      }
      continue;
    }
    for (let at = 0; at < node.data.length; at += 1) {
      const space = /\s/.test(node.data[at]);
      if (space && (text.length === 0 || text.at(-1) === ' ')) continue;
      text.push(space ? ' ' : node.data[at]);
      places.push({ node, at });
    }
  }
  while (open.length) open.pop().point.end = text.length;
  return { text: text.join(''), places, points };
}

/** The part of the page's text that a range of the document covers; null for none. */
function within(page, range) {
  let start = -1;
  let end = -1;
  for (let at = 0; at < page.places.length; at += 1) {
    const place = page.places[at];
    if (!place || !range.intersectsNode(place.node)) continue;
    if (range.comparePoint(place.node, place.at) !== 0 || range.comparePoint(place.node, place.at + 1) !== 0) continue;
    if (start === -1) start = at;
    end = at + 1;
  }
  while (start !== -1 && start < end && page.text[start] === ' ') start += 1;
  while (end > start && page.text[end - 1] === ' ') end -= 1;
  return start === -1 || start >= end ? null : { start, end };
}

function rangeOf(page, start, end) {
  const range = document.createRange();
  let first = null;
  let last = null;
  for (let at = start; at < end; at += 1) {
    first ??= page.places[at];
    last = page.places[at] ?? last;
  }
  if (!first) return null;
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at + 1);
  return range;
}

const MOST = 2000;
const shortened = (text, n = 160) => (text.length > n ? `${text.slice(0, n)}…` : text);

/** The stretches that may be chosen from a list: each point's own words, and each paragraph of the rest. */
function passages(page) {
  const out = [];
  for (const element of article.querySelectorAll('p, dd, li:not([id])')) {
    if (element.closest('[data-keep], form, nav, .act') || element.querySelector('p, li')) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const place = within(page, range);
    if (place && place.end - place.start > 12) out.push({ ...place, point: pointAt(page.points, place.start, place.end) });
  }
  return out;
}

const dialog = make('dialog', { 'data-keep': true, class: 'keepdialog', 'aria-labelledby': 'keep-dialog' });
// Not `readonly`, in which browsers have no cursor to select with; what is typed is not taken.
const chosen = make('textarea', {
  id: 'keep-words-of', rows: '4', inputmode: 'none', 'aria-readonly': 'true', 'aria-describedby': 'keep-words-hint', spellcheck: 'false',
  on: { beforeinput: (event) => event.preventDefault() },
});
const picker = make('select', { id: 'keep-passage' });
const written = make('textarea', { id: 'keep-text', rows: '5', maxlength: '5000' });
const complaint = make('p', { class: 'warn', role: 'alert', hidden: true });
const pickerField = make('p', { class: 'field wide' }, make('label', { for: 'keep-passage' }, say('keep-passage')), picker);
let current = null;

function build() {
  const save = (event) => {
    event.preventDefault();
    const text = written.value.trim();
    if (!text) return complain('keep-empty', written);
    // Words that are selected in the field are what the note is about; else all of them.
    const { selectionStart: from, selectionEnd: to } = chosen;
    const place = to > from ? { start: current.start + from, end: current.start + to } : current;
    if (place.end - place.start > MOST) return complain('keep-too-long', chosen);
    const page = current.page;
    const now = new Date().toISOString();
    const note = current.note
      ? { ...current.note, text, changed: now }
      : {
          id: notes.fresh(), trial, title, version, text, created: now, changed: now,
          quote: describe(page.text, place.start, place.end, pointAt(page.points, place.start, place.end)),
        };
    if (!notes.put(note)) return complain('keep-no-room', written);
    dialog.close();
    show(note.id);
  };
  const form = make('form', { method: 'dialog', on: { submit: save } },
    make('h2', { id: 'keep-dialog' }, say('keep-dialog')),
    pickerField,
    make('p', { class: 'field wide' }, make('label', { for: 'keep-words-of' }, say('keep-about')), chosen),
    make('p', { class: 'quiet', id: 'keep-words-hint' }, say('keep-about-hint')),
    make('p', { class: 'field wide' }, make('label', { for: 'keep-text' }, say('keep-note')), written),
    complaint,
    make('p', { class: 'quiet' }, say('keep-where')),
    make('p', { class: 'go' }, make('button', { type: 'submit' }, say('keep-save')), ' ',
      make('button', { type: 'button', class: 'second', on: { click: () => dialog.close() } }, say('keep-cancel'))));
  dialog.append(form);
  document.body.append(dialog);
  picker.addEventListener('change', () => pick(current.list[picker.selectedIndex]));
}

function complain(id, field) {
  complaint.textContent = say(id);
  complaint.hidden = false;
  field.focus();
}

function pick(place) {
  Object.assign(current, { start: place.start, end: place.end });
  chosen.value = current.page.text.slice(place.start, place.end);
  chosen.setSelectionRange(0, 0);
}

/** Opens the dialog: on a place, on a note that is there, or on a list to choose from. */
function write({ page = readPage(), place = null, note = null }) {
  if (!dialog.isConnected) build();
  complaint.hidden = true;
  current = { page, note, list: [] };
  pickerField.hidden = true;
  written.value = note?.text ?? '';
  if (note) {
    Object.assign(current, { start: 0, end: 0 });
    chosen.value = note.quote.exact;
  } else if (place) {
    pick(place);
  } else {
    current.list = passages(page);
    picker.replaceChildren(...current.list.map((one) =>
      make('option', {}, (one.point ? `${one.point}: ` : '') + shortened(page.text.slice(one.start, one.end), 70))));
    pickerField.hidden = false;
    picker.selectedIndex = 0;
    pick(current.list[0]);
  }
  bar.hidden = true;
  dialog.showModal();
  (place || note ? written : picker).focus();
}

/** What is selected in the article now; null for nothing. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.commonAncestorContainer)) return null;
  return range.cloneRange();
}

const barButton = make('button', { type: 'button' }, say('keep-selected'));
const bar = make('div', { 'data-keep': true, class: 'keepbar', role: 'region', 'aria-label': say('keep-heading'), hidden: true }, barButton);
let marked = null;
let waiting;
document.addEventListener('selectionchange', () => {
  if (dialog.open) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const range = selected();
    if (range) {
      marked = range;
      bar.hidden = false;
    } else if (!bar.contains(document.activeElement)) {
      bar.hidden = true;
    }
  }, 150);
});
barButton.addEventListener('click', () => {
  const page = readPage();
  const range = selected() ?? marked;
  const place = range && within(page, range);
  write({ page, place });
});
document.body.append(bar);

const list = make('ul', { class: 'keeplist' });
const many = make('p', { class: 'quiet', role: 'status' });

function item(page, note, shown) {
  const found = find(page.text, page.points, note.quote);
  const range = found.state === 'gone' ? null : rangeOf(page, found.start, found.end);
  if (range) shown.push(range);
  const states = {
    here: null,
    moved: say('keep-moved', { from: note.quote.point ?? say('keep-elsewhere'), to: found.point ?? say('keep-elsewhere') }),
    changed: say('keep-changed', { point: found.point ?? '' }),
    gone: say('keep-gone'),
  };
  const go = () => {
    const element = range.startContainer.parentElement;
    for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    element.scrollIntoView({ block: 'center' });
    element.setAttribute('tabindex', '-1');
    element.focus({ preventScroll: true });
  };
  const remove = () => {
    if (!confirm(say('keep-really'))) return;
    notes.remove(note.id);
    show();
    start.focus();
  };
  return make('li', { id: `note-${note.id}`, 'data-state': found.state, tabindex: '-1' },
    make('blockquote', {}, shortened(note.quote.exact)),
    states[found.state] ? make('p', { class: 'warn' }, states[found.state]) : null,
    make('p', { class: 'prose' }, note.text),
    make('p', { class: 'quiet' }, notes.when(note.changed || note.created)),
    make('p', { class: 'go' },
      range ? make('button', { type: 'button', class: 'second', on: { click: go } }, say('keep-show')) : null, ' ',
      make('button', { type: 'button', class: 'second', on: { click: () => write({ page, note }) } }, say('keep-change')), ' ',
      make('button', { type: 'button', class: 'second', on: { click: remove } }, say('keep-delete'))));
}

/** Shows the notes of this page, and marks their words. */
function show(focusOn) {
  const mine = notes.of(trial);
  const page = mine.length ? readPage() : null;
  const shown = [];
  list.replaceChildren(...mine.map((note) => item(page, note, shown)));
  many.textContent = mine.length ? '' : say('keep-none');
  if (globalThis.CSS?.highlights) {
    if (shown.length) CSS.highlights.set('kept', new Highlight(...shown));
    else CSS.highlights.delete('kept');
  }
  if (focusOn) document.getElementById(`note-${focusOn}`)?.focus();
}

const start = make('button', { type: 'button', class: 'second', on: { click: () => write({}) } }, say('keep-start'));
home.replaceChildren(
  make('p', { class: 'quiet' }, say('keep-lead')),
  make('p', { class: 'go' }, start),
  many, list,
  make('p', {}, make('a', { href: '/mine', class: 'way' }, say('keep-all'))));
show();
// Notes that another tab of ours writes.
addEventListener('storage', () => { if (!dialog.open) show(); });
