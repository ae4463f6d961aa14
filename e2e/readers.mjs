// The check and a worklist in Spanish and Chinese: by keyboard, with axe; no English but what is marked; files in the language, but for the
// log, which is a table for programs.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAID = {
  es: {
    locale: 'es-MX', tag: 'es', verdict: 'Todavía no se puede saber', consent: 'si se ha firmado el formulario de consentimiento informado',
    worklist: 'Lista de trabajo', save: 'Guardar la lista', log: 'Registro de selección', open: 'Abrir la lista', put: 'Incluir las decisiones', refused: 'no es JSON válido',
  },
  zh: {
    locale: 'zh-CN', tag: 'zh-Hans', verdict: '现在还不能判断', consent: '是否已签署知情同意书',
    worklist: '工作列表', save: '保存列表', log: '筛选记录', open: '打开列表', put: '纳入决定', refused: '不是有效的 JSON',
  },
};

/** Small English words that are no words of Spanish. */
const ONLY_ENGLISH = ['the', 'of', 'and', 'is', 'with', 'not', 'which', 'this', 'that', 'for', 'from', 'have', 'to', 'or', 'what', 'whether', 'it', 'was', 'were'];

/** Small English words, two or more in a row, outside of what is marked as English. */
const english = () => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('[lang="en"], script, style, textarea')) continue;
    found.push(...(node.data.match(/\b[a-z]{2,}(?:[ ,;]+[a-z]{2,})+\b/g) ?? []));
  }
  return found;
};

/** What is English on a page and not marked: in Chinese two small words, in Spanish, which has the same letters, a word that is only English. */
async function left(p, name) {
  if (name === 'zh') return p.evaluate(english);
  return p.evaluate((words) => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('[lang="en"], script, style, textarea')) continue;
      if ((node.data.match(/[\p{L}\d`._-]+/gu) ?? []).some((word) => words.includes(word))) found.push(node.data.trim());
    }
    return found;
  }, ONLY_ENGLISH);
}

/** Nothing is wider than the page, and axe finds nothing. */
async function sound(p, axe, what) {
  const { wide, room } = await p.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
  assert.ok(wide <= room, `${what} is ${wide} px wide in ${room}`);
  await p.evaluate(axe);
  const faults = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(faults.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`), [], what);
}

/** A worklist is worked down in one language and opened again in the other; its log is the same in both. */
async function worklists({ browser, base, page, axe, trial, day, records, shots }) {
  const files = [...records, '{'].map((text, at) => ({ name: `${at}.json`, mimeType: 'application/json', buffer: Buffer.from(text) }));
  const logs = [];
  let saved = '';
  for (const [name, said] of Object.entries(SAID)) {
    const p = await page(browser, base, { locale: said.locale, viewport: { width: name === 'es' ? 390 : 1280, height: 900 }, bypassCSP: true });
    const take = async (words) => {
      const [download] = await Promise.all([p.waitForEvent('download'), p.locator('button', { hasText: words }).press('Enter')]);
      return readFileSync(await download.path(), 'utf8');
    };
    const seen = async (what) => {
      await p.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      assert.equal(await p.getAttribute('html', 'lang'), said.tag, what);
      assert.ok((await p.innerText('h1')).includes(said.worklist), what);
      assert.deepEqual(await left(p, name), [], `${name}: ${what}`);
      await sound(p, axe, `${name}: ${what}`);
      if (shots) await p.screenshot({ path: join(shots, `worklist-${name}-${what.replaceAll(' ', '-')}.png`), fullPage: true });
    };
    await p.goto(`${base}/cohort?trial=${trial}`);
    await p.setInputFiles('#files', files);
    await p.fill('#as_of', day);
    await p.press('main form button[type=submit]', 'Enter');
    await p.waitForSelector('#funnel');
    await seen('a list');
    assert.ok((await p.innerText('main')).includes(said.refused), `${name}: why a file was not used`);
    const first = p.locator('.patient').first();
    await first.locator('select').first().selectOption({ index: 1 });
    await first.locator('select').nth(1).selectOption('fail');
    await first.locator('input[type=text]').fill('2026');
    await p.locator('button', { hasText: said.put }).press('Enter');
    await p.waitForSelector('[role=status]');
    await seen('a decision');
    logs.push(await take(said.log));
    // What was saved in the other language opens in this one.
    const before = saved;
    saved = await take(said.save);
    if (before) {
      await p.goto(`${base}/cohort`);
      await p.setInputFiles('#saved', [{ name: 'worklist.json', mimeType: 'application/json', buffer: Buffer.from(before) }]);
      await p.locator('button', { hasText: said.open }).press('Enter');
      await p.waitForSelector('#funnel');
      await seen('a list of the other language');
    }
    await p.context().close();
  }
  assert.ok(logs[0].startsWith('patient,verdict,verdict_rests_on_assumptions,failing,'), logs[0]);
  assert.equal(logs[1], logs[0], 'the log is a table for programs: the same in every language');
  console.log('a worklist in Spanish and Chinese: no English but what is marked, axe 0, opened again in the other language, one log for both');
}

export async function readers({ browser, base, page, axe, trial, day, records, shots }) {
  for (const [name, said] of Object.entries(SAID)) {
    for (const width of [390, 1280]) {
      const p = await page(browser, base, { locale: said.locale, viewport: { width, height: 900 }, bypassCSP: true });
      await p.goto(`${base}/trials/${trial}/check`);
      await p.check('input[name=whom][value=child]');
      await p.fill('#age', '9');
      await p.press('main form button[type=submit]', 'Enter');
      await p.waitForSelector('#verdict');
      assert.equal(await p.getAttribute('html', 'lang'), said.tag);
      assert.equal((await p.innerText('#verdict')).trim(), said.verdict);
      assert.ok((await p.innerText('main')).includes(said.consent), `${name}: what somebody must agree to`);
      assert.deepEqual(await left(p, name), [], name);
      await sound(p, axe, name);
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await p.screenshot({ path: join(shots, `readers-${name}-${width}.png`), fullPage: true });
      }
      const [download] = await Promise.all([p.waitForEvent('download'), p.press('button[name=as][value=html]', 'Enter')]);
      const file = readFileSync(await download.path(), 'utf8');
      assert.ok(file.includes(`<html lang="${said.tag}">`) && file.includes(said.consent), `${name}: the file`);
      await p.context().close();
    }
  }
  console.log('the check in Spanish and Chinese: no English but what is marked, axe 0, its file in the language');
  await worklists({ browser, base, page, axe, trial, day, records, shots });
}
