// A page is deleted with a reason, says so, and is brought back whole.
import { press } from '../company.mjs';

export const name = 'Delete and bring back';

export async function run({ asOwner, newPage, axe, shot, assert }) {
  for (const [scripts, hurdle] of [[true, '/hurdles/35'], [false, '/hurdles/42']]) {
    const page = await asOwner({ scripts });
    await page.goto(hurdle);
    const why = () => page.locator('#why').innerText();
    const words = await why();
    await press(page, 'article a[href$="/delete"]');
    await press(page, 'main button.danger');
    assert.match(await page.title(), /^Error:/, 'a reason is asked for');
    await page.fill('#why', 'Written twice');
    await axe(page);
    if (scripts) await shot(page, 'delete');
    await press(page, 'main button.danger');
    const visitor = await newPage();
    const answer = await visitor.goto(hurdle);
    assert.equal(answer.status(), 410);
    assert.match(await visitor.locator('h1').innerText(), /was deleted/);
    await axe(visitor);
    if (scripts) await shot(visitor, 'tombstone');
    await page.goto(hurdle);
    await press(page, 'form[action$="/recoveries"] button');
    assert.match(await page.locator('.notice').innerText(), /back/);
    assert.equal(await why(), words);
    assert.equal((await visitor.goto(hurdle)).status(), 200);
  }
}
