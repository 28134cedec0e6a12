// An officer types what is in her way, reads what to do today and the cure, and prints it.
import { press, untilFound } from '../company.mjs';
import { packed, textOf } from '../pdf.mjs';

export const name = 'Blocked at the desk';

export async function run({ newPage, noScripts, base, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    await untilFound(page, 'site blocked');
    await page.goto('/');
    await page.fill('#q', 'site blocked again');
    await press(page, '.hero button');
    const first = page.locator('main .card').first();
    assert.match(await first.innerText(), /blocked again[\s\S]*Hurdle/, 'the right hurdle comes first');
    await axe(page);

    await press(page, first.locator('h3 a'));
    assert.match(await page.locator('h1').innerText(), /blocked again/);
    assert.ok((await page.locator('#until .prose p').innerText()).length > 80, 'a work-around for today');
    const order = await page.locator('.part[id]').evaluateAll((parts) => parts.map(({ id }) => id));
    assert.ok(order.indexOf('until') < order.indexOf('ways'), 'what helps today stands before what takes weeks');
    await axe(page);
    await prints(page, ['The problem', 'Until then', 'Ways over', `${base}/hurdles/`, '(/solutions/'], assert);

    await press(page, page.locator('#ways .card', { hasText: 'Cure' }).first().locator('h3 a'));
    assert.ok((await page.locator('#steps ol > li').count()) >= 4, 'the cure has steps');
    assert.ok((await page.locator('#say blockquote').innerText()).length > 100, 'and a letter to copy');
    await axe(page);
    await prints(page, ['Steps', 'What to say', `${base}/solutions/`], assert);
    if (open === newPage) {
      await page.click('[data-copy]');
      await page.locator('[data-copy] + .meta').waitFor();
      assert.match(await page.locator('[role=status].unseen').innerText(), /^(Copied|Selected)?/);
      await shot(page, 'solution');
    }
  }
}

/** On paper stand the words and their addresses, and nothing that only a screen can use. */
async function prints(page, wanted, assert) {
  const text = packed(textOf(await page.pdf({ format: 'A4' })));
  const title = await page.locator('h1').innerText();
  for (const words of [title, ...wanted]) assert.ok(text.includes(packed(words)), `“${words}” is printed`);
  for (const words of ['Sign in', 'Edit this part', 'Skip to the page', 'Print this page', 'What changed']) {
    assert.ok(!text.includes(packed(words)), `“${words}” is not printed`);
  }
}
