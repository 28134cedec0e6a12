// A search that found nothing waits on the stewards' desk until somebody writes the page.
import { press, save, untilFound } from '../company.mjs';

export const name = 'The desk of the stewards';

const MISSED = 'zeppelin xylophone';

export async function run({ newPage, asOwner, axe, shot, assert }) {
  const visitor = await newPage();
  await untilFound(visitor, 'blocked');
  for (const words of [MISSED, MISSED, 'kazoo parade']) {
    await visitor.goto('/');
    await visitor.fill('#q', words);
    await press(visitor, '.hero button');
    assert.match(await visitor.locator('main .empty').innerText(), /No page fits those words/);
  }
  await axe(visitor);
  await shot(visitor, 'nothing-found');

  for (const scripts of [true, false]) {
    const page = await asOwner({ scripts });
    await page.goto('/');
    await press(page, 'header a[href="/desk"]');
    await axe(page);
    if (scripts) await shot(page, 'desk');
    if (scripts) {
      const row = page.locator('tr', { hasText: MISSED });
      assert.equal(await row.locator('.figure').innerText(), '2', 'how often is counted');
      await press(page, row.locator('a[href*="/hurdles/new"]'));
      assert.equal(await page.inputValue('#title'), MISSED, 'the words are in the form already');
      await page.selectOption('#heading', 'policy');
      await page.fill('#problem', 'The xylophone of the zeppelin cannot be found.');
      await save(page);
      await visitor.goto(`/search?q=${encodeURIComponent(MISSED)}`);
      assert.equal(await visitor.locator('main .card h3').first().innerText(), MISSED);
    } else {
      const row = page.locator('tr', { hasText: 'kazoo parade' });
      await press(page, row.locator('form button'));
      assert.match(await page.locator('.notice').innerText(), /off the list/);
      assert.equal(await row.count(), 0);
    }
  }
}
