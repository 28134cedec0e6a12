// An officer reads what speaks for a hurdle, follows it to its source, and adds what she counted.
// serve: --demo
import { press } from '../company.mjs';

export const name = 'What speaks for it';

export async function run({ newPage, asOwner, noScripts, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    const main = () => page.locator('main').innerText();
    await page.goto('/hurdles/1');
    const section = page.locator('#evidence');
    assert.match(await section.innerText(), /Compared[\s\S]*Measured[\s\S]*Told/, 'the strongest first');
    await axe(page);
    await section.locator('.entries a').first().click();
    assert.match(await main(), /Compared: it was measured beside something like it/);
    const out = page.locator('#facts a[href^="https://"]');
    assert.match(await out.getAttribute('rel'), /noopener/, 'its source opens out');
    assert.match(await page.locator('#about').innerText(), /Trials[\s\S]*Worked/, 'and leads to its trials');
    await axe(page);
    if (open === newPage) await shot(page, 'evidence');
    await page.goto('/evidence');
    await page.check('#strength-observed');
    await press(page, '.facets button');
    assert.match(await main(), /2 items of evidence/);
    await axe(page);
    if (open === newPage) await shot(page, 'evidence-list');
  }

  for (const scripts of [true, false]) {
    const page = await asOwner({ scripts });
    await page.goto('/trials/14');
    await page.locator('#evidence a.button').click();
    assert.equal(await page.inputValue('#trials'), '14', 'the form knows what it is about');
    await page.fill('#title', `Begun with ${scripts ? 'scripts' : 'none'}`);
    await page.selectOption('#kind', 'figures');
    await page.selectOption('#strength', 'measured');
    await page.fill('#source', 'Our own count');
    await page.fill('#date', '2099');
    await page.click('button[value="save"]');
    assert.match(await page.locator('.error-summary').innerText(), /still to come/);
    await axe(page);
    await page.fill('#date', 'March 2026');
    await page.click('button[value="save"]');
    await page.waitForURL(/\/evidence\/\d+/);
    await page.goto('/trials/14');
    assert.match(await page.locator('#evidence').innerText(), /Measured[\s\S]*Our own count, March 2026/);
    await axe(page);
  }
}
