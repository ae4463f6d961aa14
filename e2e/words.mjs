// Languages: home, search, trial, match and screen in each, by keyboard, with axe, from right to left, and back on the same page.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What each page says in each language. */
const SAID = {
  en: { tag: 'en', home: 'Find a clinical trial', search: 'Find a trial', who: 'Who may fit', match: 'Find studies for a person', understood: 'What was understood', screen: 'Check a health record', verdict: 'We cannot tell yet' },
  es: { tag: 'es', home: 'Encuentre un ensayo', search: 'Buscar un estudio', who: 'Quién puede encajar', match: 'Buscar estudios para una persona', understood: 'Qué se entendió', screen: 'Revisar un historial médico', verdict: 'Todavía no se puede saber' },
  zh: { tag: 'zh-Hans', home: '查找临床试验', search: '查找临床试验', who: '哪些人可能适合', match: '为某个人查找研究', understood: '理解到的内容', screen: '核对病历', verdict: '现在还无法判断' },
};

export async function words(browser, base, { page, tabTo, axe, trial, record, day, shots }) {
  const audit = async (p, what) => {
    await p.evaluate(axe);
    const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((x) => x.target).join(', ')})`), [], what);
  };
  const narrow = async (p, what) => {
    const { wide, room } = await p.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
    assert.ok(wide <= room, `${what} is ${wide} px wide in ${room}`);
  };
  let n = 0;
  for (const [name, said] of Object.entries(SAID)) {
    for (const width of [390, 1280]) {
      const p = await page(browser, base, { viewport: { width, height: 900 }, colorScheme: width === 390 ? 'dark' : 'light', bypassCSP: true });
      const seen = async (what, heading, where = 'h1') => {
        assert.equal(await p.getAttribute('html', 'lang'), said.tag, what);
        assert.ok((await p.innerText(where)).includes(heading), `${name}, ${what}: ${await p.innerText(where)}`);
        await narrow(p, `${name}, ${what}`);
        await audit(p, `${name}, ${what}, ${width} px`);
        if (shots) {
          mkdirSync(shots, { recursive: true });
          await p.screenshot({ path: join(shots, `words-${name}-${what}-${width}.png`) });
        }
        await p.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
        await narrow(p, `${name}, ${what}, from right to left`);
        if (shots && name === 'en') await p.screenshot({ path: join(shots, `words-rtl-${what}-${width}.png`) });
        n += 1;
      };
      // The language is chosen by keyboard on a page, and the page comes back.
      await p.goto(`${base}/search?q=lupus`);
      await tabTo(p, (f) => f.text === { en: 'English', es: 'Español', zh: '简体中文' }[name]);
      await p.keyboard.press('Enter');
      await p.waitForSelector(`html[lang="${said.tag}"]`);
      assert.ok(p.url().endsWith('/search?q=lupus'));
      await seen('search', said.search);
      await p.goto(`${base}/`);
      await seen('home', said.home);
      await p.goto(`${base}/`);
      await tabTo(p, (f) => f.id === 'q');
      await p.keyboard.type('lupus nephritis');
      await p.keyboard.press('Enter');
      await p.waitForURL(/\/search\?/);
      await tabTo(p, (f) => f.text.includes('engineered T cells for children'));
      await p.keyboard.press('Enter');
      await p.waitForURL(new RegExp(`/trials/${trial}`));
      await seen('trial', said.who, '#who');
      await p.goto(`${base}/match`);
      await seen('match', said.match);
      await p.goto(`${base}/match`);
      await p.fill('#pasted', 'My daughter is 9 and has lupus nephritis.');
      await p.press('main form button[type=submit]', 'Enter');
      await p.waitForSelector('#found');
      await seen('matches', said.understood, '#understood');
      await p.goto(`${base}/screen?trial=${trial}`);
      await seen('screen', said.screen);
      await p.goto(`${base}/screen?trial=${trial}`);
      await p.fill('#pasted', record);
      await p.fill('#as_of', day);
      await p.press('main form button[type=submit]', 'Enter');
      await p.waitForSelector('#verdict');
      await seen('screening', said.verdict, '#verdict');
      await p.context().close();
    }
  }
  // The browser's own wish counts where nobody chose.
  const wishing = await page(browser, base, { locale: 'es-MX' });
  await wishing.goto(`${base}/nowhere`);
  assert.ok((await wishing.innerText('h1')).includes('Página no encontrada'));
  await wishing.context().close();
  console.log(`languages: ${n} pages in three, axe 0, chosen by keyboard, no wider from right to left`);
}
