// A hurdle is written down with its first question alone, then what was tried; it is found at once.
import { press, save } from '../company.mjs';

export const name = 'A new hurdle';

export async function run({ asOwner, axe, shot, assert }) {
  for (const scripts of [true, false]) {
    const page = await asOwner({ scripts });
    const title = `The stapler cupboard is locked ${scripts ? 'on Mondays' : 'on Fridays'}`;
    await page.goto('/hurdles');
    await press(page, 'main > p a[href="/hurdles/new"]');
    await axe(page);
    await press(page, 'main button[value=save]');
    assert.match(await page.title(), /^Error:/);
    assert.ok(await page.locator('.error-summary a[href="#title"]').isVisible());
    await axe(page);
    await shot(page, 'new-hurdle-errors');

    await page.fill('#title', title);
    await page.selectOption('#heading', 'equipment');
    await page.fill('#problem', 'Nobody knows who has the key, and the leaflets stay in one heap.');
    await press(page, 'main button[value=preview]');
    assert.match(await page.locator('.preview').innerText(), /one heap/);
    await axe(page);
    await save(page);
    assert.match(page.url(), /edit\?part=ways/, 'one more question');
    await axe(page);
    await shot(page, 'next-question');
    await page.fill('#ways', 'We asked the caretaker. He gave us a second key.');
    await save(page);
    assert.match(await page.locator('.notice').innerText(), /Saved/);
    assert.match(await page.locator('#ways').innerText(), /caretaker/);
    assert.ok((await page.locator('.ask').count()) >= 2, 'what is missing is asked for');
    await axe(page);
    if (scripts) await shot(page, 'hurdle-with-gaps');

    await page.goto('/');
    await page.fill('#q', `locked stapler cupboard ${scripts ? 'Monday' : 'Friday'}`);
    await press(page, '.hero button');
    assert.equal(await page.locator('main .card h3').first().innerText(), title, 'found at once');
  }
}
