// The check of one study and of all; notes by mouse, keyboard and touch; shares, vault, export, deletion.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const TRIAL = 'NCT90000001';

/** Does what leads to another page, and waits for it. */
const onward = (p, act) => Promise.all([p.waitForEvent('domcontentloaded'), act()]);

/** The check, by keyboard alone, for a child; and without JavaScript for oneself. */
async function check({ browser, base, page, tabTo }) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 } });
  await p.goto(`${base}/trials/${TRIAL}`);
  await tabTo(p, (f) => f.text.startsWith('Check if this study may match'));
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/check$/);
  await tabTo(p, (f) => f.id === '' || true, 1);
  await p.locator('input[name=whom][value=self]').focus();
  await p.keyboard.press('ArrowDown');
  assert.ok(await p.isChecked('input[name=whom][value=child]'), 'the arrow keys choose');
  await tabTo(p, (f) => f.id === 'age');
  await p.keyboard.type('9');
  await p.locator('input[name=sex][value=""]').focus();
  await p.keyboard.press('ArrowUp');
  await p.keyboard.press('ArrowUp');
  assert.ok(await p.isChecked('input[name=sex][value=female]'));
  await tabTo(p, (f) => f.text === 'Show the first questions');
  await p.keyboard.press('Enter');
  await p.waitForSelector('#next');
  assert.ok(p.url().endsWith(`/trials/${TRIAL}/check`), `the address has no more than the page: ${p.url()}`);
  assert.equal((await p.innerText('#verdict')).trim(), 'We cannot tell yet');
  assert.ok((await p.innerText('section:has(#next)')).includes('your child'));
  assert.ok((await p.innerText('#assent')).includes('parent or guardian'));
  // The study wants lupus: "no" is named as the reason, and can be taken back.
  const lupus = p.locator('fieldset', { has: p.locator('legend', { hasText: 'have systemic lupus erythematosus?' }) }).first();
  for (let at = 0; at < 8 && !(await lupus.isVisible()); at += 1) {
    await onward(p, () => p.locator('button', { hasText: 'Go on' }).press('Enter'));
  }
  await lupus.locator('input[value=unknown]').focus();
  await p.keyboard.press('ArrowUp');
  assert.ok(await lupus.locator('input[value=no]').isChecked());
  await tabTo(p, (f) => f.text === 'Go on');
  await p.keyboard.press('Enter');
  await p.waitForSelector('#because');
  assert.equal((await p.innerText('#verdict')).trim(), 'Does not seem to match');
  const because = await p.innerText('section.verdict');
  assert.ok(because.includes('Point I2') && because.includes('systemic lupus erythematosus? No'), because);
  // With nothing more to ask, the answers lie open.
  assert.ok(await p.locator('details:has(#said)').evaluate((fold) => fold.open));
  const again = p.locator('details:has(#said) fieldset', { has: p.locator('legend', { hasText: 'have systemic lupus erythematosus?' }) });
  await again.locator('input[value=no]').focus();
  await p.keyboard.press('ArrowUp');
  await onward(p, () => p.locator('button', { hasText: 'Use the changed answers' }).press('Enter'));
  assert.equal((await p.innerText('#verdict')).trim(), 'We cannot tell yet');
  const [download] = await Promise.all([p.waitForEvent('download'), p.locator('button', { hasText: 'Sheet (PDF)' }).press('Enter')]);
  assert.equal(download.suggestedFilename(), `check-${TRIAL}.pdf`);
  assert.ok(readFileSync(await download.path()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  await p.context().close();

  const q = await page(browser, base, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await q.goto(`${base}/trials/${TRIAL}/check`);
  await q.fill('#age', '60');
  await q.click('text=Show the first questions');
  await q.waitForSelector('#because');
  assert.equal((await q.innerText('#verdict')).trim(), 'Does not seem to match');
  assert.ok(!(await q.innerText('main')).includes('your child'));
  // To the end with "I don't know".
  await q.goto(`${base}/trials/${TRIAL}/check`);
  await q.fill('#age', '12');
  await q.click('text=Show the first questions');
  for (let at = 0; at < 30 && (await q.locator('#next').count()); at += 1) await onward(q, () => q.click('text=Go on'));
  assert.ok((await q.innerText('main')).includes('There are no more questions'));
  await q.goto(`${base}/check`);
  await q.fill('#conditions', 'lupus nephritis');
  await q.fill('#age', '9');
  await q.check('input[name=whom][value=child]');
  await q.press('input[name="f:diabetes"][value=no]', 'Space');
  await q.click('text=Show the studies');
  await q.waitForSelector('#found');
  const understood = await q.innerText('section:has(#understood)');
  for (const words of ['9 years', 'lupus nephritis', 'diabetes']) assert.ok(understood.includes(words), understood);
  assert.ok(!q.url().includes('?'), q.url());
  await q.context().close();
  console.log('the check: by keyboard for a child, without JavaScript for oneself, for all studies');
}

/** Selects the words of an element, as a mouse does. */
async function drag(p, selector) {
  const box = await p.locator(selector).first().evaluate((element) => {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.data.trim()) text = node;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getClientRects()[0];
    return { left: box.left, right: box.right, y: box.top + box.height / 2 };
  });
  await p.mouse.move(box.left + 6, box.y);
  await p.mouse.down();
  await p.mouse.move((box.left + box.right) / 2, box.y, { steps: 5 });
  await p.mouse.move(box.right - 2, box.y, { steps: 5 });
  await p.mouse.up();
}

async function keepNote(p, text) {
  await p.fill('#keep-text', text);
  await p.click('text=Keep the note');
  await p.waitForSelector('dialog', { state: 'hidden' });
}

/** Notes by mouse, keyboard and touch; they are there after a reload, and say when the page changed under them. */
async function notes({ browser, base, page, tabTo }) {
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  const asked = [];
  p.on('request', (request) => { if (/argon2|noble/.test(request.url())) asked.push(request.url()); });
  await p.goto(`${base}/trials/${TRIAL}`);
  await drag(p, '#I4 .published p');
  await p.click('.keepbar button');
  const words = await p.inputValue('#keep-words-of');
  assert.ok(words.length > 5 && (await p.innerText('#I4 .published p')).includes(words), words);
  await keepNote(p, 'Ask <b>the doctor</b> about this score.');
  assert.ok((await p.innerText('.keeplist')).includes('<b>the doctor</b>'), 'a note is text');
  // By keyboard: a passage from the list, and some words of it.
  await p.goto(`${base}/trials/${TRIAL}#notes`);
  await p.locator('text=Write a note on a part of this page').focus();
  await p.keyboard.press('Enter');
  await p.waitForSelector('dialog[open]');
  assert.equal(await p.evaluate(() => document.activeElement.id), 'keep-passage');
  const options = await p.locator('#keep-passage option').allInnerTexts();
  await p.selectOption('#keep-passage', { index: options.findIndex((one) => one.startsWith('I2:')) });
  await p.keyboard.press('Tab');
  assert.equal(await p.evaluate(() => document.activeElement.id), 'keep-words-of');
  const whole = await p.inputValue('#keep-words-of');
  const start = whole.indexOf('systemic');
  await p.evaluate((at) => document.getElementById('keep-words-of').setSelectionRange(at, at), start);
  for (let at = 0; at < 'systemic lupus erythematosus'.length; at += 1) await p.keyboard.press('Shift+ArrowRight');
  await p.keyboard.press('Tab');
  await p.keyboard.type('She has this since 2023.');
  await tabTo(p, (f) => f.text === 'Keep the note', 3);
  await p.keyboard.press('Enter');
  await p.waitForSelector('dialog', { state: 'hidden' });
  assert.equal(await p.locator('.keeplist blockquote', { hasText: /^systemic lupus erythematosus$/ }).count(), 1);
  // What is empty is refused, and Escape leaves.
  await p.click('text=Write a note on a part of this page');
  await p.click('text=Keep the note');
  assert.ok((await p.innerText('dialog [role=alert]')).includes('Write something'));
  await p.keyboard.press('Escape');
  await p.reload();
  assert.equal(await p.locator('.keeplist > li[data-state=here]').count(), 2);
  const marked = await p.evaluate(() => [...CSS.highlights.get('kept')].map((range) => range.toString().replace(/\s+/g, ' ')));
  assert.ok(marked.includes('systemic lupus erythematosus') && marked.includes(words), marked.join(' | '));
  assert.deepEqual(asked, [], 'the slow library is not loaded on the page of a study');
  // The page changes: a point is renumbered, another has other words, a third is gone.
  const changed = async (change) => {
    await p.route(`**/trials/${TRIAL}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: change(await answer.text()) });
    });
    await p.reload();
    await p.unroute(`**/trials/${TRIAL}`);
    return p.locator('.keeplist > li').evaluateAll((all) => all.map((one) => [one.dataset.state, one.querySelector('.warn')?.textContent ?? '']));
  };
  const score = (all) => all[0];
  assert.deepEqual(score(await changed((html) => html.replaceAll('id="I4"', 'id="I44"'))).slice(0, 1), ['moved']);
  assert.ok(score(await changed((html) => html.replaceAll('id="I4"', 'id="I44"')))[1].includes('I44'));
  const text = (await p.innerText('#I4 .published p').catch(() => '')) || words;
  assert.equal(score(await changed((html) => html.replaceAll('at least 8 points', 'of at least 6 points')))[0], text.includes('8 points') && words.includes('8') ? 'changed' : 'here');
  assert.equal(score(await changed((html) => html.replaceAll(/SLEDAI[^<]*/g, 'nothing')))[0], 'gone');
  assert.equal(score(await changed((html) => html))[0], 'here');
  await p.context().close();

  // By touch: the browser's own long press selects a word, which no headless browser does; from the selection on, by taps.
  const t = await page(browser, base, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await t.goto(`${base}/trials/${TRIAL}`);
  await t.locator('#I2 .published p').evaluate((element) => {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = walker.nextNode();
    while (!text.data.includes('lupus')) text = walker.nextNode();
    const at = text.data.indexOf('lupus');
    getSelection().setBaseAndExtent(text, at, text, at + 5);
  });
  await t.waitForSelector('.keepbar button', { timeout: 5000 });
  await t.tap('.keepbar button');
  assert.equal(await t.inputValue('#keep-words-of'), 'lupus');
  await t.tap('#keep-text');
  await keepNote(t, 'By touch.');
  await t.reload();
  assert.equal(await t.locator('.keeplist > li[data-state=here]').count(), 1);
  await t.context().close();
  console.log('notes: by mouse, keyboard and touch, there after a reload, moved, changed and gone are said');
}

/** Shared with a passcode, opened elsewhere, guessed wrong, looked after, taken back; a vault; export and deletion. */
async function shares({ browser, base, page }) {
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  p.on('dialog', (dialog) => dialog.accept());
  await p.goto(`${base}/trials/${TRIAL}`);
  await drag(p, '#I4 .published p');
  await p.click('.keepbar button');
  await keepNote(p, 'Krikkitosis, since spring.');
  const sent = [];
  p.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await p.goto(`${base}/mine`);
  await p.fill('#share-passcode', 'short');
  await p.click('text=Make a link');
  assert.ok((await p.innerText('#status')).includes('too short'));
  const share = async (passcode) => {
    await p.fill('#share-passcode', passcode);
    const before = await p.locator('#share-link').inputValue().catch(() => '');
    await p.click('text=Make a link');
    await p.waitForFunction((before) => (document.getElementById('share-link')?.value ?? before) !== before, before, { timeout: 60000 });
    return p.inputValue('#share-link');
  };
  const passcode = 'correct-horse-7';
  const link = await share(passcode);
  assert.match(link, /\/shared#1\.[\w-]{22}\.[\w-]{43}$/);
  const secret = link.split('.').pop();
  assert.ok(sent.every((one) => !one.includes(secret) && !one.includes(passcode) && !one.includes('Krikkitosis')), 'what opens the notes never leaves the browser');
  // Another person, another browser.
  const other = await page(browser, base, { viewport: { width: 390, height: 844 } });
  const opens = async (link, passcode, wanted) => {
    await other.goto(`${base}/about`);
    await other.goto(link);
    await other.fill('#passcode', passcode);
    await other.press('#passcode', 'Enter');
    await other.waitForSelector(wanted, { timeout: 60000 });
  };
  for (const wrong of ['correct-horse-8', 'password', 'Correct-horse-7']) {
    await opens(link, wrong, '#wrong:not([hidden])');
    assert.ok((await other.innerText('#wrong')).includes('cannot be opened'));
  }
  await opens(link, passcode, '#opened');
  assert.ok((await other.innerText('#shared')).includes('Krikkitosis, since spring.'));
  assert.ok(!other.url().includes('#'), 'the secret does not stay in the address bar');
  await p.click('text=See who opened it');
  await p.waitForSelector('text=Opened 1 times. Wrong tries left: 7.');
  // Taken back: the same answer as for a wrong passcode.
  await p.click('text=Take it back');
  await p.waitForSelector('text=The link is taken back.');
  await opens(link, passcode, '#wrong:not([hidden])');
  // A link that never was.
  await opens(link.replace(/#1\.[\w-]{22}/, `#1.${'A'.repeat(22)}`), passcode, '#wrong:not([hidden])');
  await other.goto(`${base}/shared`);
  assert.ok((await other.innerText('#shared')).includes('no whole link'));
  // A vault: made here, opened elsewhere, written there, saved here without losing what came from there.
  await p.fill('#vault-passcode', 'my-vault-passcode');
  await p.click('text=Put my notes into a new vault');
  await p.waitForSelector('text=Your notes are in the vault.', { timeout: 60000 });
  const vault = await p.inputValue('#vault-link');
  await other.goto(`${base}/about`);
  await other.goto(vault);
  assert.equal(await other.inputValue('#vault-from'), vault);
  await other.fill('#vault-passcode', 'my-vault-passcode');
  await other.click('text=Open the vault');
  await other.waitForSelector('text=Notes brought here: 1.', { timeout: 60000 });
  assert.ok((await other.innerText('#mine')).includes('Krikkitosis'));
  // Export, deletion, import.
  const [download] = await Promise.all([p.waitForEvent('download'), p.click('text=Save my notes as a file')]);
  const file = readFileSync(await download.path(), 'utf8');
  const exported = JSON.parse(file);
  assert.equal(exported['@context'], 'http://www.w3.org/ns/anno.jsonld');
  assert.deepEqual(exported.items[0].target.selector.map((one) => one.type), ['FragmentSelector', 'TextQuoteSelector', 'TextPositionSelector']);
  await p.fill('#vault-passcode', 'my-vault-passcode');
  await p.click('text=Delete everything of mine');
  await p.waitForSelector('text=Everything of yours is deleted.', { timeout: 60000 });
  assert.equal(await p.evaluate(() => localStorage.length), 0);
  await other.fill('#vault-passcode', 'my-vault-passcode');
  await other.click('text=Open the vault');
  await other.waitForSelector('#status.warn', { timeout: 60000 });
  assert.ok((await other.innerText('#status')).includes('cannot be opened'), 'the vault is gone from the server');
  await p.setInputFiles('#import', [{ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"items": [{}]}') }]);
  await p.click('text=Bring them here');
  await p.waitForSelector('text=No notes could be read');
  const hostile = JSON.parse(file);
  hostile.items[0].body.value = '<img src=x onerror="document.title=1">';
  await p.setInputFiles('#import', [{ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(hostile)) }]);
  await p.click('text=Bring them here');
  await p.waitForSelector('text=Notes brought here: 1.');
  assert.equal(await p.locator('main img').count(), 0);
  assert.ok((await p.innerText('#mine')).includes('onerror'));
  await other.context().close();
  await p.context().close();
  // Without JavaScript the pages say what they need.
  const q = await page(browser, base, { javaScriptEnabled: false });
  for (const address of ['/mine', '/shared', `/trials/${TRIAL}`]) {
    await q.goto(`${base}${address}`);
    assert.ok((await q.innerText('main')).includes('Notes need JavaScript'), address);
  }
  await q.context().close();
  console.log('shares: a link with passcode, wrong ones, the log, taken back; a vault on two devices; export, import, everything deleted');
}

/** Pages to be audited, and how to come to them. */
export const KINDS = {
  check: (page, base) => page.goto(`${base}/trials/${TRIAL}/check`),
  'check with a complaint': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}/check`);
    await page.fill('#age', 'x');
    await page.press('main form button', 'Enter');
    await page.waitForSelector('#agewrong');
  },
  'check questions': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}/check`);
    await page.check('input[name=whom][value=child]');
    await page.fill('#age', '9');
    await page.press('main form button', 'Enter');
    await page.waitForSelector('#next');
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  },
  'check ruled out': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}/check`);
    await page.fill('#age', '60');
    await page.press('main form button', 'Enter');
    await page.waitForSelector('#because');
  },
  'check all': (page, base) => page.goto(`${base}/check`),
  'trial with a note': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}`);
    await page.click('text=Write a note on a part of this page');
    await page.fill('#keep-text', 'A note.');
    await page.click('text=Keep the note');
    await page.waitForSelector('.keeplist > li');
  },
  'note dialog': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}`);
    await page.click('text=Write a note on a part of this page');
  },
  mine: async (page, base) => {
    await page.goto(`${base}/mine`);
    await page.waitForSelector('#notes');
  },
  shared: async (page, base) => {
    await page.goto(`${base}/about`);
    await page.goto(`${base}/shared#1.${'A'.repeat(22)}.${'A'.repeat(43)}`);
    await page.waitForSelector('#passcode');
  },
};

export async function keep(all) {
  // Pages that scroll softly are not still when a busy machine wants to click.
  const given = { ...all, page: (browser, base, options) => all.page(browser, base, { reducedMotion: 'reduce', ...options }) };
  await check(given);
  await notes(given);
  await shares(given);
}
