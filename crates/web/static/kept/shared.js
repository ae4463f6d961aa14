// Opens notes that somebody shared: the link's secret stays behind the #, the passcode in this page.

import { checked, make, say, when } from './notes.js';
import { ofFragment, open } from './vault.js';

const home = document.getElementById('shared');

/** Notes of a share, as text, each study with a link. */
function shown(value, expires) {
  const notes = (Array.isArray(value?.notes) ? value.notes : []).map(checked).filter(Boolean);
  const trials = [...new Set(notes.map((note) => note.trial))];
  return [
    make('p', { class: 'notice', role: 'status', tabindex: '-1', id: 'opened' }, say('keep-shared-opened', { until: when(expires * 1000) })),
    ...trials.map((trial) =>
      make('section', {},
        make('h2', {}, make('a', { href: `/trials/${trial}` }, `${notes.find((note) => note.trial === trial).title} (${trial})`)),
        make('ul', { class: 'keeplist' }, ...notes.filter((note) => note.trial === trial).map((note) =>
          make('li', {},
            make('blockquote', {}, (note.quote.point ? `${note.quote.point}: ` : '') + note.quote.exact),
            make('p', { class: 'prose' }, note.text),
            make('p', { class: 'quiet' }, when(note.changed || note.created))))))),
  ];
}

const link = ofFragment(location.hash);
// The secret need not stand in the address bar or the history once it is read.
history.replaceState(null, '', location.pathname);

if (!link) {
  home.replaceChildren(make('p', { class: 'warn' }, say('keep-shared-no-link')));
} else {
  const passcode = make('input', { id: 'passcode', type: 'password', autocomplete: 'off', maxlength: '200', required: true });
  const complaint = make('p', { class: 'warn', role: 'alert', id: 'wrong', hidden: true });
  const button = make('button', { type: 'submit' }, say('keep-shared-open'));
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    complaint.hidden = true;
    button.textContent = say('keep-working');
    try {
      const { value, expires } = await open(link, passcode.value);
      passcode.value = '';
      home.replaceChildren(...shown(value, expires));
      document.getElementById('opened').focus();
    } catch (error) {
      complaint.textContent = say(error.message === 'closed' ? 'keep-shared-closed' : 'keep-unreachable');
      complaint.hidden = false;
      button.disabled = false;
      button.textContent = say('keep-shared-open');
      passcode.setAttribute('aria-invalid', 'true');
      passcode.setAttribute('aria-describedby', 'wrong');
      passcode.focus();
    }
  };
  home.replaceChildren(make('form', { on: { submit } },
    make('p', { class: 'field' }, make('label', { for: 'passcode' }, say('keep-passcode')), passcode), complaint,
    make('p', { class: 'go' }, button)));
}
