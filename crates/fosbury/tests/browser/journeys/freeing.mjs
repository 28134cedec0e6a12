// An officer asks which hurdle to clear first, sees it drawn, and opens a number to its hurdles.
// serve: --demo
import { press } from '../company.mjs';

export const name = 'Which hurdle frees most others';

export async function run({ newPage, noScripts, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    const main = () => page.locator('main').innerText();
    await page.goto('/hurdles');
    await press(page, 'a[href="/hurdles/freeing"]');
    assert.match(await main(), /Clearing it frees \d+ others/);
    const arcs = await page.locator('figure.arcs path.arc').count();
    assert.ok(arcs > 2, `${arcs} arcs are drawn`);
    const [picture, room] = await page.evaluate(() => {
      const svg = document.querySelector('figure.arcs svg');
      const texts = [...svg.querySelectorAll('text')].map((one) => one.getBoundingClientRect().right);
      return [Math.max(...texts), svg.getBoundingClientRect().right];
    });
    assert.ok(picture <= room + 1, `words end at ${picture}, the picture at ${room}`);
    await axe(page);
    if (open === newPage) await shot(page, 'freeing');

    const first = page.locator('.cards .card').first();
    const said = /frees (\d+)/.exec(await first.innerText())[1];
    await press(page, '.cards .card a[href$="/freeing"]');
    assert.equal(await page.locator('main .entries > li').count(), Number(said), 'the number opens to its hurdles');
    await axe(page);
    if (open === newPage) await shot(page, 'freeing-hurdle');

    await page.goto('/my-organisation?next=/hurdles/freeing');
    await page.fill('#body', 'Tallow Vale');
    await press(page, 'form[action="/my-organisation"] button');
    assert.match(await main(), /Shown for .*Tallow Vale/);
    await axe(page);
    if (open === newPage) await shot(page, 'freeing-here');
  }
}
