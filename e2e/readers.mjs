// The check in Spanish and Chinese: by keyboard, without JavaScript, with axe; no English but what is marked; the file in the language.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAID = {
  es: { locale: 'es-MX', tag: 'es', verdict: 'Todavía no se puede saber', consent: 'si se ha firmado el formulario de consentimiento informado' },
  zh: { locale: 'zh-CN', tag: 'zh-Hans', verdict: '现在还不能判断', consent: '是否已签署知情同意书' },
};

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

export async function readers({ browser, base, page, axe, trial, shots }) {
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
      // Spanish shares its letters with English: there the words themselves are looked at.
      if (name === 'zh') assert.deepEqual(await p.evaluate(english), [], name);
      assert.ok(!(await p.innerText('main')).includes('whether the'), name);
      const { wide, room } = await p.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
      assert.ok(wide <= room, `${name} is ${wide} px wide in ${room}`);
      await p.evaluate(axe);
      const faults = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(faults.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`), [], name);
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
}
