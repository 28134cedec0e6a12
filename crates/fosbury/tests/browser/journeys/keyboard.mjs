// A walk with the Tab key reaches everything that a mouse reaches, each with a ring one can see.
// looks: yes
export const name = 'By keyboard alone';

const PAGES = {
  visitor: ['/', '/hurdles/3', '/search?q=blocked', '/sign-in'],
  owner: ['/', '/hurdles/3', '/hurdles/3/edit', '/hurdles/new', '/hurdles/3/history', '/desk', '/account', '/people'],
};

export async function run({ newPage, asOwner, assert, check }) {
  for (const width of [1280, 360]) {
    for (const [reader, addresses] of Object.entries(PAGES)) {
      const page = await (reader === 'owner' ? asOwner({ width }) : newPage({ width }));
      for (const address of addresses) {
        await page.goto(address);
        check(`${address} as ${reader}, ${width} px`, await walk(page));
      }
    }
  }
  const page = await newPage();
  await page.goto('/hurdles/3');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the first stop skips to the page');
}

async function walk(page) {
  const count = await page.evaluate(markReachable);
  const faults = new Set();
  const reached = new Set();
  for (let presses = 0; presses < count + 30; presses += 1) {
    await page.keyboard.press('Tab');
    const { at, fault } = await page.evaluate(whereWeAre);
    if (fault) faults.add(fault);
    if (at && reached.has(at)) break;
    if (at) reached.add(at);
  }
  const missed = await page.evaluate(unreached, [...reached]);
  return [...faults, ...missed.map((it) => `Tab does not reach ${it}`)];
}

/** Runs in the page: numbers all that a mouse could press; of radio buttons the chosen one. */
function markReachable() {
  const chosen = (it) => it.type !== 'radio' || it.checked || !document.querySelector(`input[type=radio][name="${it.name}"]:checked`);
  const seen = (it) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().width > 0;
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
  const wanted = all.filter((it) => seen(it) && chosen(it) && !it.disabled);
  wanted.forEach((it, at) => { it.dataset.walk = String(at + 1); });
  document.activeElement.blur();
  getSelection().removeAllRanges();
  return wanted.length;
}

/** Runs in the page. */
function whereWeAre() {
  const it = document.activeElement;
  const at = it.dataset.walk;
  if (it === document.body) return {};
  const style = getComputedStyle(it);
  const name = `${it.localName} “${(it.innerText || it.name || it.className).slice(0, 40)}”`;
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return { at, fault: `${name} has no ring` };
  const box = it.getBoundingClientRect();
  const isOut = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  return { at, fault: isOut ? `${name} has the focus out of sight` : undefined };
}

/** Runs in the page. */
function unreached(reached) {
  const missing = [...document.querySelectorAll('[data-walk]')].filter((it) => !reached.includes(it.dataset.walk));
  return missing.map((it) => `${it.localName} “${(it.innerText || it.name || it.id).slice(0, 40)}”`);
}
