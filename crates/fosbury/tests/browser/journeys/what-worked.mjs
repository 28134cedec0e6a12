// An officer sees what worked in places like hers, and says in one press that it happens there too.
// serve: --demo
import { press } from '../company.mjs';

export const name = 'What worked in places like yours';

export async function run({ newPage, noScripts, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    const main = () => page.locator('main').innerText();
    await page.goto('/hurdles/1/worked');
    const order = () => page.locator('.cards .card h2').allInnerTexts();
    assert.match(await main(), /Worked in \d of \d places/);
    assert.match(await page.locator('.strip').first().locator('figcaption').innerText(), /places/, 'words beside the marks');
    await axe(page);

    const seen = [];
    for (const body of ['Tallow Vale', 'Grindleport']) {
      await page.goto('/my-organisation?next=/hurdles/1/worked');
      await page.fill('#body', body);
      await axe(page);
      await press(page, 'form[action="/my-organisation"] button');
      await page.goto('/hurdles/1/worked');
      assert.match(await main(), new RegExp(`${body}[\\s\\S]*like yours`));
      seen.push((await order()).join());
    }
    assert.notEqual(seen[0], seen[1], 'the order differs by reader');
    await axe(page);
    if (open === newPage) await shot(page, 'what-worked');

    await page.goto('/hurdles/1/ranking');
    assert.ok((await page.locator('main table tbody tr').count()) > 0, 'the very numbers are shown');
    await axe(page);

    await page.goto('/hurdles/1');
    await press(page, 'form[action$="/sightings"] button');
    assert.match(await page.locator('h1').innerText(), /Thank you/);
    await axe(page);
    if (open === newPage) await shot(page, 'it-happens-here-too');
    await page.fill('#body', 'Grindleport');
    await press(page, 'main form button');
    await page.goto('/hurdles/1/sightings');
    assert.match(await main(), /not confirmed/, 'what a visitor says waits to be confirmed');
    await axe(page);
  }
}
