// As-you-type suggestions and the completion of links, by keyboard alone.
import { save, untilFound, valueOf } from '../company.mjs';

export const name = 'Suggestions by keyboard';

export async function run({ newPage, asOwner, axe, shot, assert }) {
  const page = await newPage();
  await untilFound(page, 'blocked');
  for (const address of ['/', '/hurdles/1']) {
    await page.goto(address);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q', 'the / key goes to the search box');
    await page.keyboard.type('site blocked again');
    await page.locator('.choices [role=option]').first().waitFor();
    assert.equal(await page.getAttribute('#q', 'aria-expanded'), 'true');
    await axe(page);
    await shot(page, address === '/' ? 'suggestions' : 'suggestions-in-the-frame');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.choices [role=option]').count(), 0, 'Escape closes the list');
    await page.keyboard.press('ArrowDown');
    await page.locator('.choices [role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator('.choices [aria-selected=true]');
    assert.equal(await chosen.getAttribute('id'), await page.getAttribute('#q', 'aria-activedescendant'));
    const href = await chosen.getAttribute('href');
    await Promise.all([page.waitForURL((url) => url.href.endsWith(href)), page.keyboard.press('Enter')]);
    assert.match(await page.locator('h1').innerText(), /blocked again/);
  }

  const writer = await asOwner();
  await writer.goto('/hurdles/16/edit?part=until');
  await writer.fill('#until', '');
  await writer.focus('#until');
  await writer.keyboard.type('First see [[list of allow');
  await writer.locator('.choices [role=option]').first().waitFor();
  await axe(writer);
  await shot(writer, 'link-completion');
  await writer.keyboard.press('ArrowDown');
  await writer.keyboard.press('Enter');
  const [, link] = /^First see (\[\[solution \d+\]\])$/.exec(await valueOf(writer, 'until')) ?? [];
  assert.ok(link, `a link stands in the text: ${await valueOf(writer, 'until')}`);
  await writer.keyboard.type(' today.');
  await save(writer);
  const number = /\d+/.exec(link)[0];
  assert.ok(await writer.locator(`#until a[href^="/solutions/${number}-"]`).isVisible(), 'the link shows the title');
}
