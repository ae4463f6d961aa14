// Browser tests: the journey by keyboard, axe on every kind of page in both themes, narrow screens, no other host.
//
// node run.mjs BINARY CORPUS [--screenshots FOLDER]

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [binary, corpus] = process.argv.slice(2);
const shots = process.argv.includes('--screenshots') ? process.argv[process.argv.indexOf('--screenshots') + 1] : null;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const record = readFileSync(join(corpus, 'patients/lupus-nephritis-child.json'), 'utf8');
const TRIAL = 'NCT90000001';
const DAY = '2026-06-15';

/** Starts the server on a free port; its address. */
function serve() {
  return new Promise((resolve, reject) => {
    const server = spawn(binary, ['serve', '--demo', '--addr', '127.0.0.1:0', '--log', 'warn']);
    let said = '';
    server.stdout.on('data', (data) => {
      said += data;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve({ server, base: found[0] });
    });
    server.stderr.on('data', (data) => process.stderr.write(data));
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

async function page(browser, base, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => assert.ok(request.url().startsWith(base), `a request to ${request.url()}`));
  page.on('pageerror', (error) => assert.fail(`an error on the page: ${error}`));
  return page;
}

async function send(page, base, trial) {
  await page.goto(`${base}/screen`);
  await page.fill('#trial', trial);
  await page.fill('#pasted', record);
  await page.fill('#as_of', DAY);
  await page.press('main form button[type=submit]', 'Enter');
}

const boy = readFileSync(join(corpus, 'patients/nephrotic-syndrome-boy.json'));

/** A folder of records against one study. */
async function worklist(page, base) {
  await page.goto(`${base}/cohort`);
  await page.fill('#trial', TRIAL);
  await page.setInputFiles('#files', [
    { name: 'child.json', mimeType: 'application/json', buffer: Buffer.from(record) },
    { name: 'boy.json', mimeType: 'application/json', buffer: boy },
    { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{') },
  ]);
  await page.fill('#as_of', DAY);
  await page.press('main form button[type=submit]', 'Enter');
  await page.waitForSelector('#funnel');
}

const STORY = 'My daughter is 9 and has lupus nephritis, she takes prednisone. She has never had seizures. Her brother has asthma.';

/** A story, sent. */
async function story(page, base) {
  await page.goto(`${base}/match`);
  await page.fill('#pasted', STORY);
  await page.locator('summary', { hasText: 'Narrow it down' }).press('Enter');
  await page.fill('#as_of', DAY);
  await page.locator('button', { hasText: 'Find studies' }).press('Enter');
  await page.waitForSelector('#found');
}

/** Every kind of page, and how to come to it. */
const KINDS = {
  home: (page, base) => page.goto(`${base}/`),
  results: (page, base) => page.goto(`${base}/search?q=lupus&place=Boston`),
  'no results': (page, base) => page.goto(`${base}/search?q=zzzzzzzz&age=x`),
  trial: (page, base) => page.goto(`${base}/trials/${TRIAL}`),
  'trial with many sites': (page, base) => page.goto(`${base}/trials/NCT90000003`),
  form: (page, base) => page.goto(`${base}/screen?trial=${TRIAL}`),
  'form with a complaint': async (page, base) => {
    await page.goto(`${base}/screen`);
    await page.press('main form button[type=submit]', 'Enter');
  },
  screening: (page, base) => send(page, base, TRIAL),
  screenings: (page, base) => send(page, base, ''),
  report: (page, base) => page.goto(`${base}/trials/${TRIAL}/report?criterion=I1`),
  'report sent': async (page, base) => {
    await page.goto(`${base}/trials/${TRIAL}/report?criterion=I1`);
    await page.fill('#message', 'The limit is another one.');
    await page.press('main form button[type=submit]', 'Enter');
  },
  'many records': (page, base) => page.goto(`${base}/cohort?trial=${TRIAL}`),
  worklist,
  story: (page, base) => page.goto(`${base}/match`),
  'story with a complaint': async (page, base) => {
    await page.goto(`${base}/match`);
    await page.press('main form button[type=submit]', 'Enter');
  },
  matches: story,
  'a record matched': async (page, base) => {
    await page.goto(`${base}/match`);
    await page.fill('#pasted', record);
    await page.press('main form button[type=submit]', 'Enter');
    await page.waitForSelector('#found');
  },
  coverage: (page, base) => page.goto(`${base}/coverage`),
  'study coverage': (page, base) => page.goto(`${base}/trials/${TRIAL}/coverage`),
  about: (page, base) => page.goto(`${base}/about`),
  'not found': (page, base) => page.goto(`${base}/nowhere`),
};

/** Presses Tab until the focus is on what is wanted. */
async function tabTo(page, wanted, most = 120) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return {
        id: element.id,
        text: (element.innerText || element.value || '').trim(),
        outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
        height: box.height,
      };
    });
    if (wanted(focus)) {
      assert.ok(focus.outline, `the focus on “${focus.text || focus.id}” cannot be seen`);
      return focus;
    }
  }
  assert.fail(`the keyboard does not reach ${wanted}`);
}

async function journey(browser, base) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, javaScriptEnabled: true });
  await p.goto(`${base}/`);
  await tabTo(p, (f) => f.text === 'Skip to content', 1);
  await p.keyboard.press('Enter');
  await tabTo(p, (f) => f.id === 'q', 3);
  await p.keyboard.type('lupus nephritis');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/search/);
  await tabTo(p, (f) => f.text.includes('engineered T cells for children'));
  await p.keyboard.press('Enter');
  await p.waitForURL(new RegExp(`/trials/${TRIAL}`));
  await tabTo(p, (f) => f.text === 'Check a health record against this study');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/screen/);
  assert.equal(await p.inputValue('#trial'), TRIAL);
  await tabTo(p, (f) => f.id === 'pasted');
  await p.keyboard.insertText(record);
  await tabTo(p, (f) => f.id === 'as_of');
  await p.keyboard.press('Control+a');
  await p.keyboard.type(DAY);
  await tabTo(p, (f) => f.text === 'Check');
  await p.keyboard.press('Enter');
  await p.waitForSelector('#verdict');
  assert.equal((await p.innerText('#verdict')).trim(), 'We cannot tell yet');
  assert.ok((await p.innerText('main')).includes('a pregnancy test'));
  await tabTo(p, (f) => f.text.includes(`(${TRIAL})`));
  await p.keyboard.press('Enter');
  await p.waitForURL(new RegExp(`/trials/${TRIAL}`));
  await tabTo(p, (f) => f.text.startsWith('Report an error in this reading'));
  await p.keyboard.press('Enter');
  await p.waitForURL(/report/);
  await tabTo(p, (f) => f.id === 'message');
  await p.keyboard.type('The upper limit is another one.');
  await tabTo(p, (f) => f.text === 'Send the report');
  await p.keyboard.press('Enter');
  await p.waitForSelector('[role=status]');
  await p.context().close();
  console.log('the journey by keyboard: done');
}

async function audits(browser, base) {
  let n = 0;
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 390, 1280]) {
      const p = await page(browser, base, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      for (const [kind, come] of Object.entries(KINDS)) {
        await come(p, base);
        const wide = await p.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${kind} at ${width} px is ${wide} px wide`);
        if (width === 320) continue;
        await p.evaluate(axe);
        const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const said = found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`);
        assert.deepEqual(said, [], `${kind}, ${colorScheme}, ${width} px`);
        n += 1;
      }
      await p.context().close();
    }
  }
  console.log(`axe: 0 violations on ${n} pages (${Object.keys(KINDS).length} kinds, light and dark, 390 and 1280 px)`);
}

/** A worklist is worked down: a point decided with a reason, the log and the list taken along, the list opened again. */
async function coordinator(p, base) {
  await worklist(p, base);
  assert.equal((await p.innerText('h1')).trim(), 'Worklist: 2 patients');
  const first = p.locator('.patient').first();
  const name = (await first.locator('h3').innerText()).trim();
  await first.locator('summary').last().press('Enter');
  await first.locator('select').first().selectOption({ index: 1 });
  await first.locator('select').nth(1).selectOption('fail');
  await first.locator('input[type=text]').fill('moved away');
  await first.locator('input[type=checkbox]').press('Space');
  await p.locator('button', { hasText: 'Put in the decisions' }).press('Enter');
  await p.waitForSelector('[role=status]');
  const decided = p.locator('.patient', { hasText: name }).first();
  assert.ok((await decided.innerText()).includes('moved away'));
  assert.ok((await decided.innerText()).includes('Does not appear to match'));
  const take = async (words) => {
    const [download] = await Promise.all([p.waitForEvent('download'), p.locator('button', { hasText: words }).press('Enter')]);
    return readFileSync(await download.path(), 'utf8');
  };
  const log = await take('Screening log');
  assert.ok(log.startsWith('patient,verdict,') && log.includes('moved away'), log);
  const saved = await take('Save the worklist');
  await p.goto(`${base}/cohort`);
  await p.setInputFiles('#saved', [{ name: 'worklist.json', mimeType: 'application/json', buffer: Buffer.from(saved) }]);
  await p.locator('button', { hasText: 'Open the worklist' }).press('Enter');
  await p.waitForSelector('#funnel');
  assert.ok((await p.innerText('main')).includes('moved away'));
  console.log('a worklist: worked down, exported, opened again');
}

/** From a story to the report and to the check of every point, by keyboard. */
async function fromStoryToReport(p, base) {
  await p.goto(`${base}/`);
  await tabTo(p, (f) => f.text === 'For a person');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/match$/);
  await tabTo(p, (f) => f.id === 'pasted');
  await p.keyboard.type(STORY);
  await tabTo(p, (f) => f.text === 'Find studies');
  await p.keyboard.press('Enter');
  await p.waitForSelector('#found');
  assert.ok(p.url().endsWith('/match'), `the address has no more than the page: ${p.url()}`);
  const understood = await p.locator('section', { has: p.locator('#understood') }).innerText();
  for (const words of ['9 years', 'female', 'lupus nephritis', 'prednisone', 'not counted']) assert.ok(understood.includes(words), words);
  assert.ok((await p.locator('.place').first().innerText()).includes('about the condition'));
  // What is marked in the story can be unfolded.
  await tabTo(p, (f) => f.text.startsWith('Your words'));
  await p.keyboard.press('Enter');
  assert.ok((await p.locator('mark', { hasText: 'prednisone' }).count()) > 0);
  await tabTo(p, (f) => f.text === 'Report (PDF)', 250);
  const [download] = await Promise.all([p.waitForEvent('download'), p.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), 'studies.pdf');
  assert.ok(readFileSync(await download.path()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  const place = p.locator('.place', { hasText: TRIAL }).first();
  await place.locator('button').press('Enter');
  await p.waitForSelector('#verdict');
  assert.ok((await p.innerText('main')).includes(TRIAL));
  console.log('from a story to a report: done');
}

async function withoutScript(browser, base) {
  const p = await page(browser, base, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await p.goto(`${base}/`);
  await p.fill('#q', 'lupus');
  await p.press('#q', 'Enter');
  await p.waitForURL(/\/search/);
  await send(p, base, TRIAL);
  assert.equal((await p.locator('#verdict').innerText()).trim(), 'We cannot tell yet');
  await coordinator(p, base);
  await story(p, base);
  assert.ok((await p.locator('.place').count()) > 0);
  await p.context().close();
  console.log('without JavaScript: done');
}

async function pictures(browser, base) {
  mkdirSync(shots, { recursive: true });
  for (const width of [390, 1280]) {
    const p = await page(browser, base, { viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme: 'light' });
    for (const kind of ['home', 'results', 'trial', 'form', 'screening', 'screenings', 'many records', 'worklist', 'story', 'matches']) {
      await KINDS[kind](p, base);
      await p.screenshot({ path: join(shots, `${kind.replaceAll(' ', '-')}-${width}.png`) });
    }
    await p.goto(`${base}/trials/${TRIAL}`);
    await p.evaluate(() => document.querySelector('#I6').scrollIntoView({ behavior: 'instant' }));
    await p.screenshot({ path: join(shots, `criteria-${width}.png`) });
    await p.context().close();
  }
  console.log(`screenshots: in ${shots}`);
}

const { server, base } = await serve();
server.removeAllListeners('exit');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
let failed = false;
try {
  await journey(browser, base);
  const teller = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  await fromStoryToReport(teller, base);
  await teller.context().close();
  await withoutScript(browser, base);
  await audits(browser, base);
  if (shots) await pictures(browser, base);
} catch (error) {
  failed = true;
  console.error(error.message ?? error);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  const code = await new Promise((resolve) => server.on('exit', resolve));
  if (code !== 0) {
    failed = true;
    console.error(`the server ended with ${code} when it was asked to stop`);
  }
}
process.exit(failed ? 1 : 0);
