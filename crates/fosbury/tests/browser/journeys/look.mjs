// The owner decides how the place looks, sees it first, keeps it, and goes back to the settings file.
import { press } from '../company.mjs';

export const name = 'The look of the place';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAKCAAAAACY1YFAAAAAHElEQVR42mMQERUTl5CUkpaRlZNXUFRSZhisAgConRExI8L9GAAAAABJRU5ErkJggg==';

export async function run({ newPage, asOwner, axe, shot, assert }) {
  const visitor = await newPage();
  for (const scripts of [true, false]) {
    const owner = await asOwner({ scripts });
    const main = () => owner.locator('main').innerText();
    await owner.goto('/desk');
    await press(owner, 'a[href="/place/look"]');
    await axe(owner);
    if (scripts) await shot(owner, 'look');
    await owner.fill('#accent', '#ffb703');
    await press(owner, 'form[enctype] button');
    assert.match(await main(), /only 1.7 : 1 from the light page/);
    await axe(owner);
    if (scripts) await shot(owner, 'look-refused');
    await owner.fill('#accent', '#0b7a75');
    await owner.fill('#name', 'Over in Northshire');
    await owner.fill('#introduction', 'Tell us what stops you.');
    await owner.fill('#word-hurdle', 'barrier');
    await owner.fill('#word-hurdles', 'barriers');
    const logo = { name: 'grey.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') };
    await owner.setInputFiles('#logo', logo);
    await press(owner, 'form[enctype] button');

    assert.match(await owner.locator('.brand').innerText(), /Over in Northshire/, 'the page shows itself in the look');
    assert.match(await owner.locator('.menu').innerText(), /Barriers/);
    const bar = () => owner.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
    assert.equal((await bar()).trim(), '#0b7a75');
    await axe(owner);
    if (scripts) await shot(owner, 'look-preview');
    await visitor.goto('/');
    assert.doesNotMatch(await visitor.locator('.brand').innerText(), /Northshire/);

    await press(owner, 'form[action="/place/look"] button');
    assert.match(await main(), /Every page shows it now/);
    await visitor.goto('/');
    assert.match(await visitor.locator('.brand').innerText(), /Over in Northshire/);
    assert.match(await visitor.locator('main').innerText(), /Tell us what stops you/);
    assert.ok(await visitor.locator('.brand img').evaluate((img) => img.naturalWidth > 0), 'the logo is there');
    await axe(visitor);
    if (scripts) await shot(visitor, 'look-front');

    await press(owner, 'form[action="/place/look/removal"] button');
    assert.match(await main(), /As the settings file says again/);
    await visitor.goto('/');
    assert.doesNotMatch(await visitor.locator('.brand').innerText(), /Northshire/);
    await owner.close();
  }
}
