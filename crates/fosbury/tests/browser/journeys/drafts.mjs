// What was typed and not saved is there again after the tab was closed.
import { press, valueOf } from '../company.mjs';

export const name = 'A draft survives a closed tab';

export async function run({ asOwner, axe, shot, assert }) {
  const first = await asOwner();
  const context = first.context();
  await first.goto('/hurdles/14/edit?part=until');
  await first.locator('#until').press('Control+End');
  await first.keyboard.type(' Words that nobody saved.');
  await first.locator('[data-draft-told]', { hasText: 'Kept as a draft' }).waitFor();
  await first.close();

  const second = await context.newPage();
  await second.goto('/account');
  await axe(second);
  await shot(second, 'account-with-draft');
  await press(second, '#drafts ~ ul a');
  assert.match(await second.locator('.notice').innerText(), /unsaved words are back/);
  assert.match(await valueOf(second, 'until'), /Words that nobody saved\.$/);
  await axe(second);
  await shot(second, 'draft-back');
  await press(second, '.notice button');
  assert.match(await second.locator('.notice').innerText(), /draft is gone/);
  await second.goto('/hurdles/14/edit');
  assert.doesNotMatch(await valueOf(second, 'until'), /nobody saved/);

  // Left at once, before any pause: the page sends its words as it goes.
  await second.locator('#why').press('Control+End');
  await second.keyboard.type(' Gone in a second.');
  await second.goto('/hurdles/14');
  // They travel by themselves: nothing says when they arrive, and they do.
  let words = '';
  for (let tries = 0; tries < 40 && !/Gone in a second\.$/.test(words); tries += 1) {
    await second.goto('/hurdles/14/edit');
    words = await valueOf(second, 'why');
  }
  assert.match(words, /Gone in a second\.$/);

  // A page that does not exist yet; and without scripts a preview keeps the words.
  const plain = await asOwner({ scripts: false });
  await plain.goto('/solutions/new');
  await plain.fill('#title', 'Ask the caretaker');
  await plain.selectOption('#kind', 'work-around');
  await plain.fill('#short', 'He knows who has the keys.');
  await press(plain, 'main button[value=preview]');
  await plain.goto('/');
  await plain.goto('/solutions/new');
  assert.equal(await valueOf(plain, 'title'), 'Ask the caretaker');
  assert.equal(await valueOf(plain, 'short'), 'He knows who has the keys.');
}
