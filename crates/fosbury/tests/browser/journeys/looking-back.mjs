// History: compare, undo an edit in the middle, restore.
import { press, save, write } from '../company.mjs';

export const name = 'Looking back';

const text = (...paragraphs) => paragraphs.join('\n\n');

export async function run({ asOwner, axe, shot, assert }) {
  for (const [scripts, hurdle] of [[true, '/hurdles/18'], [false, '/hurdles/19']]) {
    const page = await asOwner({ scripts });
    const edits = [
      text('One stands here.', 'Two stands here.', 'Three stands here.'),
      text('One was changed.', 'Two stands here.', 'Three stands here.'),
      text('One was changed.', 'Two was a mistake.', 'Three stands here.'),
      text('One was changed.', 'Two was a mistake.', 'Three was changed too.'),
    ];
    for (const [at, words] of edits.entries()) {
      await write(page, hurdle, 'why', words);
      await page.fill('#summary', `Edit ${at + 2}`);
      await save(page);
    }

    await press(page, 'article a[href$="/history"]');
    await axe(page);
    if (scripts) await shot(page, 'history');
    await page.check('input[name=from][value="2"]');
    await page.check('input[name=to][value="5"]');
    await press(page, '#compare button');
    const marks = await page.locator('.diff ins').allInnerTexts();
    assert.match(marks.join(' '), /was changed[\s\S]*mistake/, 'added words are marked');
    assert.ok((await page.locator('.diff del').count()) > 0, 'and words taken out');
    await axe(page);
    if (scripts) await shot(page, 'compare');

    // Undo an edit in the middle: what came later stays.
    await page.goto(`${hurdle}/history`);
    await press(page, 'form[action$="/undoings"]:has([value="4"]) button');
    assert.match(await page.locator('.notice').innerText(), /undone/);
    const why = () => page.locator('#why').innerText();
    assert.match(await why(), /One was changed\.[\s\S]*Two stands here\.[\s\S]*Three was changed too\./);

    // An old revision has an address of its own, and can be restored.
    await page.goto(`${hurdle}/history`);
    await press(page, page.locator('table th[scope=row] a', { hasText: /^4$/ }));
    assert.match(await page.locator('.notice').innerText(), /older revision/);
    await axe(page);
    if (scripts) await shot(page, 'revision');
    await page.goto(`${hurdle}/history`);
    await press(page, 'form[action$="/restorations"]:has(input[name=revision][value="2"]) button');
    assert.match(await page.locator('.notice').innerText(), /older words are back/);
    assert.match(await why(), /One stands here\.[\s\S]*Two stands here\.[\s\S]*Three stands here\./);
  }
}
