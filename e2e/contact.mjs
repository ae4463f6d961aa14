// Writing to a study centre and following by mail, with a mail server of ours, and without one.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { audit, code, stepNow } from './team.mjs';

const TRIAL = 'NCT90000001';

/** A mail server that takes everything; `letters` is what came. */
function mailServer() {
  const letters = [];
  const server = createServer((socket) => {
    let held = '';
    let inData = false;
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      held += bytes.toString('latin1');
      for (;;) {
        if (inData) {
          const end = held.indexOf('\r\n.\r\n');
          if (end < 0) return;
          letters.push(read(held.slice(0, end)));
          held = held.slice(end + 5);
          inData = false;
          socket.write('250 taken\r\n');
          continue;
        }
        const end = held.indexOf('\r\n');
        if (end < 0) return;
        const line = held.slice(0, end).toUpperCase();
        held = held.slice(end + 2);
        if (line.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (line.startsWith('QUIT')) {
          socket.end('221 bye\r\n');
        } else {
          socket.write('250 ok\r\n');
        }
      }
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, letters, port: server.address().port })));
}

/** Head and text of a letter. */
function read(raw) {
  const [head, ...rest] = raw.split('\r\n\r\n');
  let body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: quoted-printable/im.test(head)) {
    body = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  } else if (/^content-transfer-encoding: base64/im.test(head)) {
    body = Buffer.from(body, 'base64').toString('latin1');
  }
  return { head, text: Buffer.from(body, 'latin1').toString('utf8'), to: head.match(/^To: (.*)$/im)?.[1] ?? '' };
}

async function until(what, found) {
  const begun = Date.now();
  for (;;) {
    const value = found();
    if (value) return value;
    assert.ok(Date.now() - begun < 20_000, `${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function serve(binary, data, configuration) {
  return new Promise((resolve, reject) => {
    const server = spawn(binary, ['serve', '--data-dir', data, '--addr', '127.0.0.1:0', '--log', 'info', '--config', configuration]);
    let said = '';
    const log = [];
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve({ server, base: found[0], log });
    });
    server.stderr.on('data', (bytes) => log.push(String(bytes)));
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said} ${log.join('')}`)));
  });
}

const link = (letter, base) => letter.text.match(/https:\/\/site\.example(\/\S+)/)[1].replace(/^/, base);

/** All of it; `tools` are those of run.mjs. */
export async function contact(browser, binary, corpus, { page, tabTo, axe, shots }) {
  const folder = mkdtempSync(join(tmpdir(), 'trialway-contact-'));
  const data = join(folder, 'store');
  const mail = await mailServer();
  const run = (...words) => execFileSync(binary, [...words, '--data-dir', data]).toString();
  run('ingest', join(corpus, 'registry'));
  run('contacts', 'add', TRIAL, '--email', 'team@clinic.example', '--name', 'Study nurse', '--language', 'es');
  const configuration = join(folder, 'trialway.toml');
  writeFileSync(
    configuration,
    `public_address = "https://site.example"\n[mail]\nhost = "127.0.0.1"\nport = ${mail.port}\ntls = "none"\nfrom = "no-reply@site.example"\ndigest_seconds = 1\n`,
  );
  const { server, base, log } = await serve(binary, data, configuration);
  server.removeAllListeners('exit');
  try {
    await enquiry(browser, base, mail.letters, { page, tabTo });
    await following(browser, base, mail.letters, run, folder, corpus, { page, tabTo });
    await plain(browser, base, mail.letters, page);
    await answered(browser, base, mail.letters, run, { page, axe, shots });
    await audits(browser, base, mail.letters, { page, axe, shots });
    for (const secret of ['Zaphodine', 'Krikkitis', 'ana@example.org', 'bea@example.org', 'tricia@example.org', 'Milliways', 'Monday', '/enquiries/0', 'lupus']) {
      assert.ok(!log.join('').includes(secret), `${secret} was logged`);
    }
    assert.ok(log.join('').includes('/enquiries/{secret}'), 'requests are logged by their template');
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.on('exit', resolve));
    mail.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By keyboard: written, seen, opened by the private link, taken back. */
async function enquiry(browser, base, letters, { page, tabTo }) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await p.goto(`${base}/trials/${TRIAL}`);
  await tabTo(p, (f) => f.text === 'Ask the study team', 250);
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/contact$/);
  await tabTo(p, (f) => f.id === 'near');
  await p.keyboard.type('Springfield');
  await p.keyboard.press('Enter');
  await p.waitForURL(/near=Springfield/);
  assert.ok((await p.innerText('.nearest')).includes('Nearest centre that takes people'));
  await tabTo(p, (f) => f.id === 'name');
  await p.keyboard.type('Zaphodine');
  const way = p.locator('input[name=way][value=email]');
  await p.keyboard.press('Tab');
  await p.keyboard.press('Space');
  assert.ok(await way.isChecked(), 'e-mail is chosen by keyboard');
  await tabTo(p, (f) => f.id === 'email');
  await p.keyboard.type('ana@example');
  await tabTo(p, (f) => f.id === 'message');
  await p.keyboard.type('What about Krikkitis?');
  await tabTo(p, (f) => f.text === 'Send the message');
  await p.keyboard.press('Enter');
  await p.waitForSelector('[role=alert]');
  assert.ok((await p.innerText('[role=alert]')).includes('example.org'));
  assert.equal(await p.inputValue('#message'), 'What about Krikkitis?', 'what was typed stays');
  assert.equal(await p.getAttribute('#email', 'aria-invalid'), 'true');
  await tabTo(p, (f) => f.id === 'email');
  await p.keyboard.press('Control+a');
  await p.keyboard.type('ana@example.org');
  const agree = p.locator('input[name=agree]');
  await agree.focus();
  await p.keyboard.press('Space');
  await tabTo(p, (f) => f.text === 'Send the message');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/enquiries\/[0-9a-f]{40}$/);
  assert.ok((await p.innerText('[role=status]')).includes('Nobody has opened it yet'));
  const copy = await until('the copy', () => letters.find((letter) => letter.to === 'ana@example.org'));
  const inbox = await until('the mail to the centre', () => letters.find((letter) => letter.to === 'team@clinic.example'));
  for (const letter of [copy, inbox]) {
    assert.ok(/^Message-ID: <[0-9a-f]{32}@site\.example>/m.test(letter.head), letter.head);
    for (const word of ['Zaphodine', 'Krikkitis', 'NCT', 'lupus', 'img']) {
      assert.ok(!(letter.head + letter.text).includes(word), `${word}: ${letter.text}`);
    }
  }
  assert.ok(inbox.text.includes('Alguien le escribió'), 'in the language of the centre');
  await p.goto(link(copy, base));
  assert.ok(!(await p.innerText('main')).includes('Krikkitis'));
  await tabTo(p, (f) => f.text.startsWith('Show what I wrote'));
  await p.keyboard.press('Enter');
  await p.waitForSelector('#said');
  assert.ok((await p.innerText('main')).includes('What about Krikkitis?'));
  await tabTo(p, (f) => f.text === 'Take my message back');
  await p.keyboard.press('Enter');
  await p.waitForSelector('button:has-text("Yes, delete my message")');
  await tabTo(p, (f) => f.text === 'Yes, delete my message');
  await p.keyboard.press('Enter');
  await p.waitForFunction(() => document.querySelector('[role=status]')?.innerText.includes('You took it back'));
  await p.context().close();
  console.log('an enquiry by keyboard: written, mailed, seen, taken back');
}

/** Asked for, confirmed by a button, told of a change, ended by one request of a mail program. */
async function following(browser, base, letters, run, folder, corpus, { page, tabTo }) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await p.goto(`${base}/trials/${TRIAL}`);
  await tabTo(p, (f) => f.text === 'Get news of changes', 250);
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/follow/);
  await tabTo(p, (f) => f.id === 'email');
  await p.keyboard.type('bea@example.org');
  await p.keyboard.press('Enter');
  await p.waitForSelector('[role=status]');
  const ask = await until('the mail to confirm', () => letters.find((letter) => letter.to === 'bea@example.org'));
  await p.goto(link(ask, base));
  await tabTo(p, (f) => f.text === 'Yes, send me news');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/follow\/[0-9a-f]{40}$/);
  assert.ok((await p.innerText('main')).includes(TRIAL));
  const record = JSON.parse(execFileSync('cat', [join(corpus, 'registry', `${TRIAL}.json`)]).toString());
  record.protocolSection.statusModule.overallStatus = 'COMPLETED';
  const changed = join(folder, 'changed.json');
  writeFileSync(changed, JSON.stringify(record));
  run('ingest', changed);
  const digest = await until('the news', () => letters.filter((letter) => letter.to === 'bea@example.org')[1]);
  assert.ok(digest.head.includes('List-Unsubscribe-Post: List-Unsubscribe=One-Click'));
  await p.goto(link(digest, base));
  assert.ok((await p.innerText('main')).toLowerCase().includes('completed'), await p.innerText('main'));
  const off = digest.head.match(/^List-Unsubscribe: <https:\/\/site\.example(\S+)>/m)[1];
  const answer = await fetch(base + off, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  assert.equal(answer.status, 200);
  await p.reload();
  assert.ok((await p.innerText('[role=status]')).includes('You follow nothing here'));
  await p.context().close();
  console.log('a follow: confirmed by a button, told of a change, ended by one click');
}

/** The check to its end, with some answers; then on to the form. */
async function checked(p, base) {
  await p.goto(`${base}/trials/${TRIAL}/check`);
  await p.check('input[name=whom][value=child]');
  await p.fill('#age', '9');
  await p.check('input[name=sex][value=female]');
  const onward = (words) => Promise.all([p.waitForEvent('domcontentloaded'), p.click(`button:text-is("${words}")`)]);
  await onward('Show the first questions');
  for (let at = 0; at < 40 && (await p.locator('#next').count()); at += 1) {
    if (at === 0) for (const one of await p.locator('section:has(#next) input[value=yes]').all()) await one.check();
    await onward('Go on');
  }
  assert.ok((await p.innerText('main')).includes('There are no more questions'), 'the check is finished');
  return () => Promise.all([p.waitForURL(/\/contact$/), p.click('section:has(#team) button')]);
}

/** From a finished check to the study team and back: what is ticked goes along, field by field; the coordinator answers by the link of the mail,
    and the sender reads the answer by the private one. */
async function answered(browser, base, letters, run, { page, axe, shots }) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', bypassCSP: true });
  const shot = async (which, name) => {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    for (const width of [390, 1280]) {
      await which.setViewportSize({ width, height: 900 });
      await which.screenshot({ path: join(shots, `answered-${name}-${width}.png`), fullPage: true });
    }
  };
  const team = () => letters.filter((letter) => letter.to === 'team@clinic.example');
  const sent = [];
  for (const isTicked of [false, true]) {
    const before = team().length;
    const go = await checked(p, base);
    if (isTicked) {
      await audit(p, axe, 'a finished check');
      await shot(p, 'check');
    }
    await go();
    const offered = await p.locator('#summary input[name=summary]').all();
    assert.ok(offered.length >= 4, `${offered.length} answers are shown, one by one`);
    for (const one of offered) assert.ok(await one.isChecked());
    assert.equal(await p.isChecked('input[name=with_summary]'), false, 'nothing goes along unless one says so');
    const values = await Promise.all(offered.map((one) => one.getAttribute('value')));
    assert.ok(values.some((value) => value.startsWith('S.age|')) && values.some((value) => value.endsWith(' Yes')), values.join(' '));
    if (isTicked) {
      await p.check('input[name=with_summary]');
      await p.uncheck('#summary input[name=summary][value^="S.age|"]');
    }
    await p.fill('#name', 'Trillian');
    await p.check('input[name=way][value=email]');
    const to = isTicked ? 'tricia@example.org' : 'arthur@example.org';
    await p.fill('#email', to);
    await p.fill('#message', `Is there room at Milliways, ${isTicked ? 'with' : 'without'} answers?`);
    if (isTicked) {
      // A form that is sent back keeps each tick as it was.
      await p.click('button:has-text("Send the message")');
      await p.waitForSelector('[role=alert]');
      assert.ok(await p.isChecked('input[name=with_summary]'));
      assert.equal(await p.isChecked('#summary input[name=summary][value^="S.age|"]'), false);
      await audit(p, axe, 'the form with answers');
      await shot(p, 'form');
    }
    await p.check('input[name=agree]');
    await p.click('button:has-text("Send the message")');
    await p.waitForURL(/\/enquiries\/[0-9a-f]{40}$/);
    const mail = await until('the mail to the centre', () => team()[before]);
    for (const word of ['Trillian', 'Milliways', 'NCT', 'lupus', 'Yes', '9 years']) assert.ok(!(mail.head + mail.text).includes(word), `${word}: ${mail.text}`);
    sent.push({ own: p.url(), to, link: link(mail, base), answers: values.map((value) => value.split('|')[1]) });
  }
  const [without, withAnswers] = sent;

  // The coordinator gets an account, and is signed out when the mail comes.
  const q = await page(browser, base, { viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await q.goto(run('accounts', 'invite', '--role', 'coordinator', '--study', TRIAL, '--address', base).split('\n')[0]);
  await q.fill('#name', 'Co Ordinator');
  await q.fill('#sign_in_name', 'co.ordinator');
  await q.check('input[value=code]');
  await q.click('main form button');
  const app = await q.locator('main code').innerText();
  const used = stepNow();
  await q.fill('#code', code(app, used));
  await q.press('#code', 'Enter');
  await q.waitForSelector('main li code');
  await q.goto(`${base}/team`);
  await q.click('button:text-is("Sign out")');
  await q.waitForURL(`${base}/team/sign-in`);
  await q.goto(withAnswers.link);
  assert.match(q.url(), /\/team\/sign-in\?enquiry=[0-9a-f]{16}$/);
  await audit(q, axe, 'sign in for an enquiry');
  await shot(q, 'sign-in');
  await q.fill('#name', 'co.ordinator');
  await q.fill('#code', code(app, used + 1));
  await q.press('#code', 'Enter');
  await q.waitForURL(withAnswers.link);
  const seen = await q.innerText('main');
  assert.ok(seen.includes('Is there room at Milliways, with answers?') && seen.includes('tricia@example.org'), seen);
  for (const answer of withAnswers.answers) {
    assert.equal(seen.includes(answer), !answer.includes('9 years'), `${answer}: only what was left ticked`);
  }
  await audit(q, axe, 'an enquiry');
  await shot(q, 'enquiry');
  await q.fill('#message', 'Please come on Monday.');
  await q.click('button:has-text("Send the answer")');
  await q.waitForSelector('text=Please come on Monday.');
  await q.goto(without.link);
  const bare = await q.innerText('main');
  assert.ok(bare.includes('without answers?') && !withAnswers.answers.some((answer) => bare.includes(answer)), bare);
  await q.goto(`${base}/inbox`);
  assert.ok((await q.innerText('main')).includes('Answered') && !(await q.innerText('main')).includes('Milliways'));
  await audit(q, axe, 'the inbox');
  await shot(q, 'inbox');
  await q.context().close();

  // The sender: by the link of the mail, and by the one from before.
  const told = await until('the mail of the answer', () => letters.filter((letter) => letter.to === withAnswers.to)[1]);
  for (const word of ['Monday', 'Milliways', 'NCT', 'Co Ordinator']) assert.ok(!(told.head + told.text).includes(word), `${word}: ${told.text}`);
  for (const address of [link(told, base), withAnswers.own]) {
    await p.goto(address);
    const first = await p.innerText('main');
    assert.ok(first.includes('The study team has answered.') && !first.includes('Monday'), first);
    await p.click('button:has-text("Show what I wrote")');
    await p.waitForSelector('#said');
    const whole = await p.innerText('main');
    assert.ok(whole.includes('Please come on Monday.') && whole.includes('Co Ordinator') && whole.includes('with answers?'), whole);
  }
  await audit(p, axe, 'an answer');
  await shot(p, 'answer');
  await p.goto(without.own);
  await p.click('button:has-text("Show what I wrote")');
  await p.waitForSelector('#said');
  assert.ok(!(await p.innerText('main')).includes('Monday'), 'the answer to another is not here');
  assert.equal(letters.filter((letter) => letter.to === without.to).length, 1);
  await p.context().close();
  console.log('from a check to the study team and back: ticked answers alone went along, the coordinator answered, the sender read it');
}

/** Without JavaScript, by telephone. */
async function plain(browser, base, letters, page) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false, reducedMotion: 'reduce' });
  const before = letters.length;
  await p.goto(`${base}/trials/${TRIAL}/contact`);
  await p.fill('#name', 'Ford');
  await p.press('input[name=way][value=phone]', 'Space');
  await p.fill('#phone', '+1 617 555 0199');
  await p.fill('#message', 'May I call?');
  await p.press('input[name=agree]', 'Space');
  await p.click('button:has-text("Send the message")');
  await p.waitForURL(/\/enquiries\//);
  await until('the mail to the centre', () => letters.length > before);
  assert.equal(letters.filter((letter) => letter.to !== 'team@clinic.example').length, 3, 'who is called gets no copy');
  // No contact is enrolled: the registry's own is shown.
  await p.goto(`${base}/trials/NCT90000003/contact`);
  assert.equal(await p.locator('#message').count(), 0);
  await p.goto(`${base}/trials/NCT90000003`);
  assert.ok((await p.locator('a[href="https://clinicaltrials.gov/study/NCT90000003"]').count()) > 0, 'the registry’s own page');
  await p.goto(`${base}/trials/NCT90000003/contact`);
  assert.ok((await p.locator('a[href^="tel:"], a[href^="mailto:"]').count()) > 0 || (await p.innerText('main')).includes('no telephone number'));
  await p.context().close();
  console.log('without JavaScript: written, and the registry’s contact where nobody is enrolled');
}

/** axe on each of the pages in both themes, and pictures of them. */
async function audits(browser, base, letters, { page, axe, shots }) {
  let n = 0;
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1280]) {
      const p = await page(browser, base, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
      const kinds = {
        contact: () => p.goto(`${base}/trials/${TRIAL}/contact?near=Springfield`),
        'contact with faults': async () => {
          await p.goto(`${base}/trials/${TRIAL}/contact`);
          await p.click('button:has-text("Send the message")');
          await p.waitForSelector('[role=alert]');
        },
        'contact by oneself': () => p.goto(`${base}/trials/NCT90000003/contact`),
        'contact in Spanish': async () => {
          await p.context().addCookies([{ name: 'language', value: 'es', url: base }]);
          await p.goto(`${base}/trials/${TRIAL}/contact`);
          await p.context().clearCookies();
        },
        enquiry: async () => {
          await p.goto(`${base}/trials/${TRIAL}/contact`);
          await p.fill('#name', 'Ford');
          await p.press('input[name=way][value=phone]', 'Space');
          await p.fill('#phone', `+1 617 555 0${n}${width}`);
          await p.fill('#message', 'May I call?');
          await p.press('input[name=agree]', 'Space');
          await p.click('button:has-text("Send the message")');
          await p.waitForURL(/\/enquiries\//);
          await p.click('button:has-text("Show what I wrote")');
          await p.waitForSelector('#said');
        },
        follow: () => p.goto(`${base}/follow?trial=${TRIAL}`),
        'follow asked': async () => {
          await p.goto(`${base}/follow?search=q%3Dlupus`);
          await p.fill('#email', `c${n}@example.org`);
          await p.press('#email', 'Enter');
          await p.waitForSelector('[role=status]');
        },
        'follow own': async () => {
          const to = `c${n - 1}@example.org`;
          const ask = await until('the mail to confirm', () => letters.find((letter) => letter.to === to));
          await p.goto(link(ask, base));
          await p.click('main button');
          await p.waitForURL(/\/follow\/[0-9a-f]{40}$/);
        },
      };
      for (const [kind, come] of Object.entries(kinds)) {
        await come();
        const wide = await p.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${kind} at ${width} px is ${wide} px wide`);
        await p.evaluate(axe);
        const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const said = found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`);
        assert.deepEqual(said, [], `${kind}, ${colorScheme}, ${width} px`);
        if (shots && colorScheme === 'light') {
          mkdirSync(shots, { recursive: true });
          await p.screenshot({ path: join(shots, `${kind.replaceAll(' ', '-')}-${width}.png`), fullPage: true });
        }
        n += 1;
      }
      await p.context().close();
    }
  }
  console.log(`axe: 0 violations on ${n} pages of contact and follow`);
}
