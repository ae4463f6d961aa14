// The study team: a passkey by invitation, codes without JavaScript, roles, a page reviewed by an editor, the audit log, keyboard, axe.

import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

/** The step of 30 seconds that the clock is in (RFC 6238, section 4.1). */
export const stepNow = () => Math.floor(Date.now() / 30_000);

/** The code that an app shows in a step, now unless told, for a secret in base 32 (RFC 6238). */
export function code(letters, step = stepNow()) {
  let bits = '';
  for (const letter of letters.replaceAll(' ', '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(message).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A server over a store on disk; how to run its commands, stop it and start it anew. */
function home(binary, corpus) {
  const folder = mkdtempSync(join(tmpdir(), 'trialway-team-'));
  const run = (...words) => execFileSync(binary, [...words, '--data-dir', folder], { encoding: 'utf8' });
  run('ingest', join(corpus, 'registry'), '--quiet');
  let server;
  const start = () =>
    new Promise((resolve, reject) => {
      server = spawn(binary, ['serve', '--addr', '127.0.0.1:0', '--log', 'warn', '--data-dir', folder]);
      let said = '';
      server.stdout.on('data', (data) => {
        said += data;
        const found = said.match(/http:\/\/127\.0\.0\.1:(\d+)/);
        if (found) resolve(`http://localhost:${found[1]}`);
      });
      server.stderr.on('data', (data) => process.stderr.write(data));
      server.on('exit', (status) => reject(new Error(`the server ended with ${status}: ${said}`)));
    });
  const stop = () =>
    new Promise((resolve) => {
      server.removeAllListeners('exit');
      server.on('exit', resolve);
      server.kill('SIGTERM');
    });
  return { run, start, stop, folder };
}

async function open(browser, base, options) {
  const context = await browser.newContext(options);
  const p = await context.newPage();
  p.on('request', (request) => assert.ok(request.url().startsWith(base), `a request to ${request.url()}`));
  p.on('pageerror', (error) => assert.fail(`an error on the page: ${error}`));
  return p;
}

async function shot(p, shots, name) {
  if (!shots) return;
  for (const width of [390, 1280]) {
    await p.setViewportSize({ width, height: 900 });
    await p.screenshot({ path: join(shots, `team-${name}-${width}.png`), fullPage: true });
  }
}

/** axe on the page as it is, in both themes and widths. */
export async function audit(p, axe, kind) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1280]) {
      await p.emulateMedia({ colorScheme });
      await p.setViewportSize({ width, height: 900 });
      const wide = await p.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${kind} at ${width} px is ${wide} px wide`);
      await p.evaluate(axe);
      const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const said = found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`);
      assert.deepEqual(said, [], `${kind}, ${colorScheme}, ${width} px`);
    }
  }
  await p.emulateMedia({ colorScheme: 'light' });
}

const DESK = { viewport: { width: 1280, height: 900 }, bypassCSP: true };

/** An invitation, accepted with codes and no JavaScript; the page signed in, the app's letters, the codes on paper. */
async function byCodes(browser, base, link, name, signInName, extra = async () => {}) {
  const p = await open(browser, base, { ...DESK, javaScriptEnabled: false });
  await p.goto(link);
  await p.fill('#name', name);
  await p.fill('#sign_in_name', signInName);
  await p.check('input[value=code]');
  await p.press('main button', 'Enter');
  const letters = await p.locator('main code').innerText();
  await extra(p);
  await p.fill('#code', '000000');
  await p.press('#code', 'Enter');
  assert.ok((await p.innerText('[role=alert]')).includes('not right'));
  const used = stepNow();
  await p.fill('#code', code(letters, used));
  await p.press('#code', 'Enter');
  const paper = await p.locator('main li code').allInnerTexts();
  assert.equal(paper.length, 8);
  return { p, letters, paper, used };
}

export async function team(browser, binary, corpus, axe, shots) {
  if (shots) mkdirSync(shots, { recursive: true });
  const { run, start, stop, folder } = home(binary, corpus);
  const link = (base, ...roles) => run('accounts', 'invite', ...roles.flatMap((role) => ['--role', role]), '--address', base).split('\n')[0];
  try {
    let base = await start();

    // An administrator by passkey.
    const admin = await open(browser, base, DESK);
    const devtools = await admin.context().newCDPSession(admin);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    await admin.goto(`${base}/team`);
    assert.ok(admin.url().endsWith('/team/sign-in'), 'who is not signed in is asked to');
    await audit(admin, axe, 'sign in');
    await shot(admin, shots, 'sign-in');
    const invitation = link(base, 'administrator');
    await admin.goto(invitation);
    await audit(admin, axe, 'invitation');
    await shot(admin, shots, 'invitation');
    await admin.fill('#name', 'Ada Admin');
    await admin.fill('#sign_in_name', 'Ada@Example.org');
    await admin.check('input[value=passkey]');
    await admin.click('main button');
    await audit(admin, axe, 'make a passkey');
    await shot(admin, shots, 'passkey');
    await admin.click('main button');
    await admin.waitForURL(`${base}/team`);
    assert.ok((await admin.innerText('main')).includes('Ada Admin. Administrator'));
    await audit(admin, axe, 'own account');
    await shot(admin, shots, 'own');
    await admin.click('main button:text-is("Sign out")');
    await admin.waitForURL(`${base}/team/sign-in`);
    // By keyboard alone: the passkey's button is the first one of the page.
    for (let at = 0; at < 40; at += 1) {
      await admin.keyboard.press('Tab');
      if ((await admin.evaluate(() => document.activeElement.innerText)) === 'Sign in with a passkey') break;
    }
    await admin.keyboard.press('Enter');
    await admin.waitForURL(`${base}/team`);
    // The link is used up.
    const late = await open(browser, base, DESK);
    assert.equal((await late.goto(invitation)).status(), 404);
    assert.ok((await late.innerText('main')).includes('This invitation is not open'));
    await audit(late, axe, 'a used invitation');
    await late.context().close();
    console.log('team: a passkey made by invitation signs out and in again, by keyboard; the link works once');

    // She invites an editor, who uses codes and has no JavaScript.
    await admin.goto(`${base}/team/accounts`);
    await admin.check('#invite + form input[name=editor]');
    await admin.press('#studies', 'Enter');
    const given = await admin.locator('code.link').innerText();
    await audit(admin, axe, 'accounts');
    await shot(admin, shots, 'accounts');
    const { p: editor, letters, paper, used } = await byCodes(browser, base, given, 'Ed Itor', 'ed.itor', async (p) => {
      await shot(p, shots, 'code');
    });
    await shot(editor, shots, 'paper');
    await editor.goto(`${base}/team`);
    await editor.click('button:text-is("Sign out everywhere")');
    const signIn = async (given) => {
      await editor.goto(`${base}/team/sign-in`);
      await editor.fill('#name', 'ed.itor');
      await editor.fill('#code', given);
      await editor.press('#code', 'Enter');
    };
    // The very code that was used: the clock may have gone on to the next step, whose code would be taken.
    await signIn(code(letters, used));
    assert.ok((await editor.innerText('[role=alert]')).includes('used before'), 'a code that was used is not taken again');
    await signIn(code(letters, used + 1));
    assert.ok(editor.url().endsWith('/team'));
    await editor.click('button:text-is("Sign out")');
    await signIn(paper[0].toUpperCase());
    assert.ok(editor.url().endsWith('/team'), 'a code on paper');
    await editor.click('button:text-is("Sign out")');
    await signIn(paper[0]);
    assert.ok((await editor.innerText('[role=alert]')).includes('do not go together'), 'once');
    await signIn(paper[1]);
    assert.equal((await editor.goto(`${base}/team/accounts`)).status(), 403);
    assert.ok((await editor.innerText('h1')).includes('Not for your role'));
    console.log('team: codes and codes on paper work once each, without JavaScript; an editor does not get to the accounts');

    // The editor reviews a page and takes a reading out of use.
    const id = 'NCT90000002';
    await editor.goto(`${base}/editorial`);
    await editor.fill('#nct_id', id);
    await editor.press('#nct_id', 'Enter');
    assert.ok((await editor.innerText('main')).includes('You review as Ed Itor.'));
    const press = async (words) => {
      await editor.goto(`${base}/editorial/${id}`);
      for (const select of await editor.locator('select[id^=item]').all()) await select.selectOption('y');
      await editor.click(`button:has-text("${words}")`);
      await editor.waitForSelector('[role=status]');
    };
    await press('Begin the review');
    await press('Publish as reviewed');
    await editor.goto(`${base}/trials/${id}`);
    assert.ok((await editor.innerText('#made + p')).includes('Ed Itor reviewed them on'));
    await editor.goto(`${base}/editorial/${id}`);
    await editor.click('#I1 summary');
    await editor.selectOption('[id="finding-I1"]', 'corrected');
    await editor.fill('[id="reason-I1"]', 'It means the day of consent.');
    await editor.click('#I1 button');
    await editor.waitForSelector('[role=status]');
    await editor.goto(`${base}/trials/${id}`);
    assert.ok((await editor.innerText('#I1')).includes('was wrong and is not used'));
    console.log('team: an editor reviewed and published a page and took a reading out of use, under the name of the account');

    const reader = await open(browser, base, DESK);
    await editor.context().storageState().then((state) => reader.context().addCookies(state.cookies));
    for (const [kind, path] of [['pages for editors', '/editorial'], ['a page for editors', `/editorial/${id}`], ['not for this role', '/team/audit']]) {
      await reader.goto(`${base}${path}`);
      await audit(reader, axe, kind);
    }
    await shot(reader, shots, 'not-yours');
    await reader.context().close();

    // The audit log has it all, and a session outlives a new start of the server.
    await admin.goto(`${base}/team/audit`);
    const log = await admin.innerText('main');
    for (const words of ['The log is whole', 'Ada Admin', 'signed in', 'Ed Itor', 'review published', `${id}:I1`]) assert.ok(log.includes(words), words);
    assert.ok(!log.includes('day of consent'), 'no words of people');
    await audit(admin, axe, 'audit log');
    await shot(admin, shots, 'audit');
    for (const [tongue, words] of [['es', 'Registro de auditoría'], ['zh', '审计日志']]) {
      await admin.context().addCookies([{ name: 'language', value: tongue, url: base }]);
      await admin.goto(`${base}/team`);
      assert.ok((await admin.innerText('main')).includes(words), words);
      await audit(admin, axe, `own account, ${tongue}`);
      await admin.goto(`${base}/team/accounts`);
      await audit(admin, axe, `accounts, ${tongue}`);
    }
    await shot(admin, shots, 'accounts-zh');
    const cookies = (await admin.context().cookies()).filter((cookie) => cookie.name === 'team');
    assert.deepEqual(cookies.map((cookie) => [cookie.httpOnly, cookie.sameSite]), [[true, 'Strict']]);
    await stop();
    assert.match(run('audit', 'verify'), /^whole: \d+ entries/);
    base = await start();
    const again = await open(browser, base, DESK);
    await again.context().addCookies([{ name: 'team', value: cookies[0].value, url: base }]);
    await again.goto(`${base}/team`);
    assert.ok((await again.innerText('main')).includes('Ada Admin'));
    await again.context().close();
    await admin.context().close();
    await editor.context().close();
    console.log('team: the audit log is whole and holds no words of people; a session outlives a restart; axe 0 on every page of the team');
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.key`, { force: true });
  }
}
