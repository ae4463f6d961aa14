// Everything of mine in one place: notes, what I shared, my vault; taken along, brought back, deleted.

import * as notes from './notes.js';
import { make, say, when } from './notes.js';
import * as vault from './vault.js';

const home = document.getElementById('mine');
const status = make('p', { class: 'notice', role: 'status', hidden: true, tabindex: '-1', id: 'status' });

function tell(id, filled, warns = false) {
  status.textContent = say(id, filled);
  status.className = warns ? 'warn' : 'notice';
  status.hidden = false;
  status.focus();
}

const trouble = (error) => tell({ closed: 'keep-closed', full: 'keep-full', large: 'keep-large', elsewhere: 'keep-elsewhere-written' }[error.message] ?? 'keep-unreachable', {}, true);

/** Runs what takes a while; its button says so and cannot be pressed twice. */
async function busy(button, run) {
  const words = button.textContent;
  button.disabled = true;
  button.textContent = say('keep-working');
  try {
    await run();
  } catch (error) {
    trouble(error);
  } finally {
    button.disabled = false;
    button.textContent = words;
  }
}

function download(name, value) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const field = (id, words, input, hint) =>
  make('p', { class: 'field' }, make('label', { for: id }, words), input, hint ? make('span', { class: 'quiet', id: `${id}-hint` }, hint) : null);

function passcodeField(id, value = '') {
  const input = make('input', { id, type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '200', 'aria-describedby': `${id}-hint` });
  input.value = value;
  return { input, row: field(id, say('keep-passcode'), input, say('keep-passcode-hint')) };
}

/** Whether a passcode is long enough to protect; else says so. */
function isLong(input) {
  if (input.value.trim().length >= vault.SHORTEST) return true;
  input.setAttribute('aria-invalid', 'true');
  tell('keep-passcode-short', {}, true);
  input.focus();
  return false;
}

function section(id, words, ...inside) {
  return make('section', { 'aria-labelledby': id }, make('h2', { id }, words), ...inside);
}

const mine = section('notes', say('keep-mine-notes'));
const shares = section('shares', say('keep-mine-shares'));
const locked = section('vault', say('keep-mine-vault'));
const taking = section('take', say('keep-mine-take'));

function showNotes() {
  const all = notes.all();
  const trials = [...new Set(all.map((note) => note.trial))];
  const box = (note) => make('input', { type: 'checkbox', name: 'note', value: note.id, checked: true });
  const groups = trials.map((trial) => {
    const of = all.filter((note) => note.trial === trial);
    return make('div', {},
      make('h3', {}, make('a', { href: `/trials/${trial}` }, `${of[0].title} (${trial})`)),
      make('ul', { class: 'keeplist' }, ...of.map((note) =>
        make('li', {},
          make('label', { class: 'tick' }, box(note), ` ${note.quote.point ? `${note.quote.point}: ` : ''}“${note.quote.exact.slice(0, 160)}”`),
          make('p', { class: 'prose' }, note.text),
          make('p', { class: 'quiet' }, when(note.changed || note.created)),
          make('p', { class: 'go' }, make('button', {
            type: 'button', class: 'second',
            on: { click: () => { if (confirm(say('keep-really'))) { notes.remove(note.id); showNotes(); tell('keep-deleted'); } } },
          }, say('keep-delete')))))));
  });
  const code = passcodeField('share-passcode', vault.suggested());
  const days = make('select', { id: 'share-days' }, ...[1, 7, 30, 90].map((n) => make('option', { value: n, selected: n === 7 }, say(`keep-days-${n}`))));
  const button = make('button', { type: 'submit' }, say('keep-share'));
  const link = make('div', { id: 'link' });
  const submit = async (event) => {
    event.preventDefault();
    const ticked = new Set([...mine.querySelectorAll('input[name=note]:checked')].map((one) => one.value));
    const chosen = notes.all().filter((note) => ticked.has(note.id));
    if (chosen.length === 0) return tell('keep-share-none', {}, true);
    if (!isLong(code.input)) return;
    await busy(button, async () => {
      const made = await vault.keep('share', { notes: chosen }, code.input.value, Number(days.value));
      notes.putShares([...notes.shares(), { id: made.id, owns: made.owns, created: new Date().toISOString(), expires: made.expires, n: chosen.length, title: chosen[0].title }]);
      const address = make('input', { id: 'share-link', type: 'text', readonly: true, 'aria-describedby': 'share-link-hint' });
      address.value = `${location.origin}/shared#${vault.fragment(made.id, made.secret)}`;
      const copy = make('button', { type: 'button', class: 'second', on: { click: () => { address.select(); navigator.clipboard?.writeText(address.value).catch(() => {}); } } }, say('keep-copy'));
      link.replaceChildren(field('share-link', say('keep-link'), address), make('p', { class: 'quiet', id: 'share-link-hint' }, say('keep-link-hint', { passcode: code.input.value })), make('p', { class: 'go' }, copy));
      showShares();
      tell('keep-shared', { until: when(made.expires * 1000) });
    });
  };
  mine.replaceChildren(mine.firstChild, ...(all.length
    ? [make('form', { on: { submit } }, ...groups, make('fieldset', {}, make('legend', {}, say('keep-share-legend')),
        make('p', { class: 'quiet' }, say('keep-share-lead')), code.row, field('share-days', say('keep-share-days'), days), make('p', { class: 'go' }, button), link))]
    : [make('p', {}, say('keep-none-anywhere'))]));
}

function showShares() {
  const all = notes.shares();
  const row = (share) => {
    const told = make('div', { role: 'status' });
    const look = async (event) => busy(event.target, async () => {
      const standing = await vault.ask('/standing', { id: share.id, owner: share.owns });
      told.replaceChildren(
        make('p', {}, say('keep-standing', { views: standing.n_views, tries: standing.tries_left, until: when(standing.expires_at * 1000) })),
        standing.views.length ? make('details', {}, make('summary', {}, say('keep-view-log')), make('ul', {}, ...standing.views.map((at) => make('li', {}, when(at * 1000))))) : null);
    });
    const revoke = async (event) => {
      if (!confirm(say('keep-revoke-really'))) return;
      await busy(event.target, async () => {
        await vault.ask('/revoke', { id: share.id, owner: share.owns }).catch((error) => { if (error.message !== 'closed') throw error; });
        notes.putShares(notes.shares().filter((one) => one.id !== share.id));
        showShares();
        tell('keep-revoked');
      });
    };
    const ended = share.expires * 1000 < Date.now();
    return make('li', {},
      make('p', {}, say('keep-share-row', { n: share.n, title: share.title, created: when(share.created), until: when(share.expires * 1000) })),
      ended ? make('p', { class: 'quiet' }, say('keep-ended')) : null, told,
      make('p', { class: 'go' },
        ended ? null : make('button', { type: 'button', class: 'second', on: { click: look } }, say('keep-look')), ' ',
        make('button', { type: 'button', class: 'second', on: { click: revoke } }, say(ended ? 'keep-forget' : 'keep-revoke'))));
  };
  shares.replaceChildren(shares.firstChild, all.length ? make('ul', { class: 'keeplist' }, ...all.map(row)) : make('p', {}, say('keep-shares-none')));
}

/** Opens the vault of this browser, or of a link, and brings its notes here. */
async function opened(link, passcode) {
  const got = await vault.open(link, passcode);
  const found = (Array.isArray(got.value?.notes) ? got.value.notes : []).map(notes.checked).filter(Boolean);
  return { ...got, found };
}

function showVault() {
  const known = notes.vault();
  const code = passcodeField('vault-passcode');
  const told = make('div', { id: 'vault-link-here' });
  const linkShown = (id, secret) => {
    const address = make('input', { id: 'vault-link', type: 'text', readonly: true });
    address.value = `${location.origin}/mine#${vault.fragment(id, secret)}`;
    told.replaceChildren(field('vault-link', say('keep-vault-link'), address), make('p', { class: 'quiet' }, say('keep-vault-link-hint')));
  };
  const create = async (event) => {
    if (!isLong(code.input)) return;
    await busy(event.target, async () => {
      const made = await vault.keep('vault', { notes: notes.all() }, code.input.value, 365);
      notes.putVault({ id: made.id, secret: vault.letters(made.secret) });
      showVault();
      tell('keep-vault-made');
    });
  };
  const link = () => ({ id: known.id, secret: vault.bytesOf(known.secret) });
  const save = async (event) => busy(event.target, async () => {
    const got = await opened(link(), code.input.value);
    // What another browser put in stays in.
    const all = new Map([...got.found, ...notes.all()].map((note) => [note.id, note]));
    const sealed = await vault.seal(got.seals, { notes: [...all.values()] });
    await vault.ask('/rewrite', { id: known.id, owner: got.owns, sealed, revision: got.revision });
    tell('keep-vault-saved', { n: all.size });
  });
  const open = async (event, from) => busy(event.target, async () => {
    const got = await opened(from, code.input.value);
    notes.put(...got.found);
    notes.putVault({ id: from.id, secret: vault.letters(from.secret) });
    showNotes();
    showVault();
    tell('keep-vault-opened', { n: got.found.length });
  });
  const clear = () => {
    if (!confirm(say('keep-vault-clear-really'))) return;
    notes.removeAll();
    showNotes();
    tell('keep-vault-cleared');
  };
  const button = (words, click, second = true) => make('button', { type: 'button', class: second ? 'second' : '', on: { click } }, say(words));
  if (known) {
    locked.replaceChildren(locked.firstChild, make('p', {}, say('keep-vault-is')), code.row,
      make('p', { class: 'go' }, button('keep-vault-save', save, false), ' ', button('keep-vault-open', (event) => open(event, link())), ' ', button('keep-vault-clear', clear)), told);
    linkShown(known.id, vault.bytesOf(known.secret));
  } else {
    const address = make('input', { id: 'vault-from', type: 'text', autocomplete: 'off' });
    if (arrived) address.value = `${location.origin}/mine#${vault.fragment(arrived.id, arrived.secret)}`;
    const openFrom = (event) => {
      const from = vault.ofFragment(address.value);
      if (!from) return tell('keep-vault-no-link', {}, true);
      return open(event, from);
    };
    locked.replaceChildren(locked.firstChild, make('p', {}, say('keep-vault-lead')), code.row,
      make('p', { class: 'go' }, button('keep-vault-make', create, !arrived ? false : true)),
      field('vault-from', say('keep-vault-from'), address), make('p', { class: 'go' }, button('keep-vault-open', openFrom)), told);
  }
}

function showTaking() {
  const file = make('input', { id: 'import', type: 'file', accept: '.json,application/json' });
  const take = () => download('trialway-notes.json', notes.exported(notes.all()));
  const bring = async () => {
    const chosen = file.files[0];
    if (!chosen) return tell('keep-import-none', {}, true);
    let found = [];
    try {
      found = notes.imported(JSON.parse(await chosen.text()));
    } catch {
      // Said below, as for a file with no notes in it.
    }
    if (found.length === 0) return tell('keep-import-bad', {}, true);
    if (!notes.put(...found)) return tell('keep-no-room', {}, true);
    showNotes();
    tell('keep-imported', { n: found.length });
  };
  const everything = async (event) => {
    if (!confirm(say('keep-delete-all-really'))) return;
    await busy(event.target, async () => {
      const gone = (error) => { if (error.message !== 'closed') throw error; };
      for (const share of notes.shares()) await vault.ask('/revoke', { id: share.id, owner: share.owns }).catch(gone);
      const known = notes.vault();
      if (known) {
        const code = document.getElementById('vault-passcode').value;
        if (!code) return tell('keep-delete-vault-passcode', {}, true);
        const { owns } = await vault.keys(vault.bytesOf(known.secret), code);
        await vault.ask('/revoke', { id: known.id, owner: owns });
      }
      notes.forget();
      show();
      tell('keep-all-deleted');
    });
  };
  const button = (words, click, second = true) => make('button', { type: 'button', class: second ? 'second' : '', on: { click } }, say(words));
  taking.replaceChildren(taking.firstChild,
    make('p', {}, say('keep-export-lead')), make('p', { class: 'go' }, button('keep-export', take, false)),
    field('import', say('keep-import'), file), make('p', { class: 'go' }, button('keep-import-go', bring)),
    make('p', {}, say('keep-delete-all-lead')), make('p', { class: 'go' }, button('keep-delete-all', everything)));
}

function show() {
  showNotes();
  showShares();
  showVault();
  showTaking();
}

// A vault's link may bring one here; its secret need not stand in the address bar.
const arrived = vault.ofFragment(location.hash);
if (arrived) history.replaceState(null, '', location.pathname);
home.replaceChildren(status, mine, shares, locked, taking);
show();
