// Browser tests: the journey by keyboard, axe on every kind of page in both themes, narrow screens, no other host.
//
// node run.mjs BINARY CORPUS [--screenshots FOLDER]

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { words } from './words.mjs';
import { team } from './team.mjs';
import { contact } from './contact.mjs';
import { KINDS as OF_KEEP, keep } from './keep.mjs';
import { readers } from './readers.mjs';

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
  'results narrowed': (page, base) =>
    page.goto(`${base}/search?q=kidney+disease&place=Boston&sort=distance&type=INTERVENTIONAL&without=asthma`),
  'results mended': (page, base) => page.goto(`${base}/search?q=lupus+nefritis`),
  compare: (page, base) => page.goto(`${base}/compare?id=${TRIAL}&id=NCT90000002&id=NCT90000003&id=NCT90000004`),
  'compare nothing': (page, base) => page.goto(`${base}/compare`),
  'no results': (page, base) => page.goto(`${base}/search?q=zzzzzzzz&age=x`),
  trial: (page, base) => page.goto(`${base}/trials/${TRIAL}`),
  'trial with many sites': (page, base) => page.goto(`${base}/trials/NCT90000003`),
  sheet: (page, base) => page.goto(`${base}/trials/${TRIAL}/sheet`),
  history: (page, base) => page.goto(`${base}/trials/${TRIAL}/history`),
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
  ...OF_KEEP,
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

/** Names are offered, results narrowed, studies compared, the address kept. */
async function finding(browser, base) {
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  await p.goto(`${base}/`);
  await Promise.all([
    p.waitForResponse((answer) => answer.url().includes('/suggest?q=')),
    p.locator('#q').pressSequentially('lupus n', { delay: 20 }),
  ]);
  await p.waitForSelector('#offers option', { state: 'attached' });
  const offered = await p.locator('#offers option').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(offered.includes('lupus nephritis'), offered.join(', '));
  await p.fill('#q', 'lupus');
  await p.press('#q', 'Enter');
  await p.waitForURL(/\/search/);
  const before = await p.locator('.hitlist > li').count();
  assert.ok(before >= 2, `${before} studies`);
  const box = p.locator('.facets input[name=status]').first();
  const value = await box.getAttribute('value');
  await box.press('Space');
  await p.locator('.facets button').press('Enter');
  await p.waitForURL((url) => url.searchParams.getAll('status').includes(value));
  assert.ok(await p.locator(`.facets input[name=status][value=${value}]`).isChecked());
  await p.goto(`${base}/search?q=lupus`);
  for (const at of [0, 1]) await p.locator('.hitlist input[name=id]').nth(at).press('Space');
  await p.locator('button', { hasText: 'Compare the ticked studies' }).press('Enter');
  await p.waitForURL(/\/compare\?id=NCT\d+&id=NCT\d+/);
  assert.equal(await p.locator('.compare thead th').count(), 2);
  await p.reload();
  assert.equal(await p.locator('.compare thead th').count(), 2);
  await p.context().close();
  console.log('names offered, results narrowed, studies compared: done');
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

/** The trial page: every part of it, its size, its targets, zoom, paper, and all of it without scripts. */
async function trialPage(browser, base) {
  const whole = async (javaScriptEnabled) => {
    const p = await page(browser, base, { viewport: { width: 390, height: 844 }, javaScriptEnabled });
    await p.goto(`${base}/trials/${TRIAL}`);
    // Notes alone need scripts, and say so.
    const words = await p.locator('main').evaluate((main) => {
      const rest = main.cloneNode(true);
      rest.querySelectorAll('[data-keep]').forEach((one) => one.remove());
      return rest.textContent.replace(/\s+/g, ' ');
    });
    await p.context().close();
    return words;
  };
  const words = await whole(true);
  assert.equal(await whole(false), words, 'without JavaScript the page is the same');
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  const session = await p.context().newCDPSession(p);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await p.goto(`${base}/trials/${TRIAL}`, { waitUntil: 'networkidle' });
  assert.ok(bytes > 5_000 && bytes < 100_000, `${bytes} bytes on the wire`);
  const headings = await p.locator('main h2').allInnerTexts();
  for (const heading of [
    'Quick facts', 'What it studies', 'What taking part involves', 'Who may fit', 'Where: 1 site', 'How to take part', 'Look for more studies of',
    'Hard words on this page', 'Questions people ask about trials', 'Dates', 'How this page was made',
  ]) assert.ok(headings.includes(heading), `${heading}: ${headings}`);
  // Each end leads to its point, and each sentence to its field.
  const ends = await p.locator('.ends li').count();
  assert.ok(ends > 3 && (await p.locator('.ends a.src').count()) >= ends);
  for (const href of await p.locator('.ends a.src').evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
    assert.equal(await p.locator(`[id="${href.slice(1)}"]`).count(), 1, href);
  }
  assert.ok((await p.locator('[data-source]').count()) > ends);
  // A nested point stands inside its parent, beside its reading.
  assert.equal(await p.locator('#I6 > ol.criteria > li#I6\\.2 .criterion .published').count(), 1);
  assert.ok((await p.locator('#I6\\.2 .reading').innerText()).includes('at least 60 g/L'));
  const fold = p.locator('#published');
  assert.ok(await p.locator('#I1').isVisible());
  await fold.locator('summary').first().click();
  assert.ok(!(await p.locator('#I1').isVisible()), 'the criteria fold');
  assert.ok(JSON.parse(await p.locator('script[type="application/ld+json"]').textContent())['@type'] === 'MedicalTrial');
  assert.ok((await p.getAttribute('meta[property="og:title"]', 'content')).length > 10);
  // Folded questions and words are printed.
  await p.emulateMedia({ media: 'print' });
  const printed = await p.locator('#questions + details p').first().evaluate((one) => one.getBoundingClientRect().height);
  assert.ok(printed > 10, 'what is folded is printed');
  assert.ok((await p.locator('form.near').evaluate((one) => getComputedStyle(one).display)) === 'none');
  await p.emulateMedia({ media: 'screen' });
  await p.goto(`${base}/trials/${TRIAL}?near=Springfield`);
  assert.ok((await p.innerText('.nearest')).includes('Nearest site that takes people'));
  assert.equal(await p.locator('svg.map circle.open').count(), 1);
  await p.context().close();
  // 1280 px at 400% are 320 px.
  for (const id of [TRIAL, 'NCT90000003']) {
    const small = await page(browser, base, { viewport: { width: 320, height: 256 } });
    await small.goto(`${base}/trials/${id}`);
    await small.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
    assert.ok((await small.evaluate(() => document.documentElement.scrollWidth)) <= 320, `${id} at 400%`);
    const low = await small.evaluate(() =>
      [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select')]
        .filter((one) => {
          const box = one.getBoundingClientRect();
          if (box.width === 0 || one.classList.contains('skip')) return false;
          const inSentence = getComputedStyle(one).display === 'inline' && one.closest('p, li, dd');
          return !inSentence && (box.height < 24 || box.width < 24);
        })
        .map((one) => `${one.tagName} ${one.textContent.trim()} ${one.getBoundingClientRect().height}`));
    assert.deepEqual(low, [], `targets of ${id}`);
    await small.context().close();
  }
  console.log(`the trial page: whole, ${bytes} bytes on the wire, at 400%, on paper, without JavaScript`);
}

/** The sheet for one's doctor: one file, with a code; and as PDF. */
async function sheet(browser, base) {
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  await p.goto(`${base}/trials/${TRIAL}`);
  assert.ok((await p.getAttribute('a[href^="mailto:?"]', 'href')).includes(encodeURIComponent(`${base}/trials/${TRIAL}`)));
  await p.click('text=Sheet for your doctor');
  await p.waitForURL(/sheet$/);
  assert.equal(await p.locator('svg.code path').count(), 1);
  assert.ok((await p.locator('main').innerText()).includes(`${base}/trials/${TRIAL}`));
  assert.ok((await p.locator('main').evaluate((main) => getComputedStyle(main.querySelector('.quiet')).color)) !== 'rgb(0, 0, 0)', 'its style holds');
  await p.goto(`${base}/trials/${TRIAL}`);
  const [download] = await Promise.all([p.waitForEvent('download'), p.click('text=Sheet as PDF')]);
  assert.ok(readFileSync(await download.path()).subarray(0, 5).toString() === '%PDF-');
  await p.context().close();
  console.log('the sheet: a page with a code, and a PDF');
}

/** What two known pages of trials show is on the page of a trial here (docs/features.md). */
async function asKnown(browser, base) {
  const p = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  await p.goto(`${base}/trials/${TRIAL}`);
  const main = await p.innerText('main');
  assert.ok((await p.innerText('h1')).includes('engineered T cells for children'), 'the plain title');
  for (const words of [
    'modelled on the public facts', // the official title
    'This study looks at', // the gist
    TRIAL, 'Recruiting', '6 years to 18 years', 'Early phase 1 (', '12 planned', 'A trial:', 'a university, hospital or other body', 'CAR-T cells',
    '1 site (Springfield, United States)', 'This study may fit people who', 'This study may not fit people who', 'in the sponsor’s words',
    'Start of the study', 'February 2025 (expected)', 'Confirmed by the sponsor', 'no person has reviewed them yet', 'How to take part',
  ]) assert.ok(main.includes(words), `${words}: ${main}`);
  assert.ok((await p.locator('section[aria-labelledby=matters]').innerText()).length > 60, 'why it matters');
  assert.equal(await p.locator('section[aria-labelledby=facts] dt', { hasText: /^Sex$/ }).count(), 1);
  assert.ok((await p.locator('#questions ~ details').count()) > 2, 'questions people ask');
  for (const address of [`/search?q=Lupus%20Nephritis`, `/trials/${TRIAL}/history`, `/trials/${TRIAL}/contact`, `/follow?trial=${TRIAL}`]) {
    assert.ok((await p.locator(`a[href="${address}"]`).count()) > 0, address);
    assert.equal((await p.request.get(base + address)).status(), 200, address);
  }
  assert.ok((await p.innerText('footer')).includes('no medical advice'), 'the disclaimer');
  await p.goto(`${base}/trials/NCT90000003`);
  assert.ok((await p.locator('a[href^="tel:"]').count()) > 0 && (await p.locator('a[href^="mailto:"][href*="Question"]').count()) > 0, 'whom to ask');
  await p.context().close();
  console.log('the trial page has what two known pages show');
}

async function pictures(browser, base) {
  mkdirSync(shots, { recursive: true });
  for (const width of [390, 1280]) {
    const p = await page(browser, base, { viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme: 'light' });
    for (const kind of ['home', 'results', 'results narrowed', 'compare', 'trial', 'form', 'screening', 'screenings', 'many records', 'worklist', 'story', 'matches']) {
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
  await finding(browser, base);
  const teller = await page(browser, base, { viewport: { width: 1280, height: 900 } });
  await fromStoryToReport(teller, base);
  await teller.context().close();
  await withoutScript(browser, base);
  await trialPage(browser, base);
  await asKnown(browser, base);
  await sheet(browser, base);
  await keep({ browser, base, page, tabTo });
  await audits(browser, base);
  await readers({ browser, base, page, axe, trial: TRIAL, day: DAY, records: [record, boy], shots });
  await words(browser, base, { page, tabTo, axe, trial: TRIAL, record, day: DAY, shots });
  await team(browser, binary, corpus, axe, shots);
  await contact(browser, binary, corpus, { page, tabTo, axe, shots });
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
