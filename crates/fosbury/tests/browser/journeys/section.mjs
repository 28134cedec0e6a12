// One section of a guide is changed by itself; the others stay as they are.
import { press, save, valueOf } from '../company.mjs';

export const name = 'One section of a guide';

export async function run({ asOwner, axe, shot, assert }) {
  for (const scripts of [true, false]) {
    const page = await asOwner({ scripts });
    await page.goto('/guides/6');
    const headings = await page.locator('.part h2').allInnerTexts();
    await page.goto('/guides/6/edit');
    const whole = await valueOf(page, 'text');
    await page.goto('/guides/6');
    const part = page.locator('.part', { has: page.locator('h2', { hasText: 'Bold and italics' }) });
    await press(page, part.locator('header a'));
    const alone = await valueOf(page, 'text');
    assert.match(alone, /^## Bold and italics/);
    assert.ok(!alone.includes('## Paragraphs') && !alone.includes('## Lists'), 'only this section is in the form');
    await axe(page);
    if (scripts) await shot(page, 'section-edit');
    const added = `Scripts were ${scripts ? 'on' : 'off'}.`;
    await page.fill('#text', `${alone.trimEnd()}\n\n${added}\n`);
    await press(page, 'main button[value=preview]');
    assert.match(await page.locator('.preview').innerText(), new RegExp(added));
    assert.match(await valueOf(page, 'text'), /^## Bold and italics/, 'after a preview it is still the section');
    await save(page);
    assert.match(await part.innerText(), new RegExp(added));
    assert.deepEqual(await page.locator('.part h2').allInnerTexts(), headings);
    await page.goto('/guides/6/edit');
    const now = await valueOf(page, 'text');
    const squeezed = (words) => words.replace(/\n{2,}/g, '\n\n').trim();
    assert.equal(squeezed(now.replace(added, '')), squeezed(whole), 'nothing else changed');
  }
}
