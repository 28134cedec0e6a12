// Two people write at once: different paragraphs are merged, the same sentence is put side by side.
import { colleague, save, valueOf, write } from '../company.mjs';

export const name = 'Two people edit the same text';

const BEFORE = ['The first paragraph stands here.', 'The second paragraph stands here.', 'The third stands here.'];
const text = (...paragraphs) => paragraphs.join('\n\n');

export async function run(given) {
  const { asOwner, axe, shot, assert } = given;
  for (const [scripts, hurdle] of [[true, '/hurdles/11'], [false, '/hurdles/12']]) {
    const olwen = await asOwner({ scripts });
    const bryn = await colleague(given, 'Bryn Ellis', { scripts });
    await write(olwen, hurdle, 'why', text(...BEFORE));
    await save(olwen);

    // Different paragraphs.
    const [first, second, third] = BEFORE;
    await write(olwen, hurdle, 'why', text('Olwen changed the first paragraph.', second, third));
    await write(bryn, hurdle, 'why', text(first, second, 'Bryn changed the third.'));
    await save(olwen);
    await save(bryn);
    assert.match(await bryn.locator('.notice').innerText(), /merged/, 'the merge is said');
    const merged = await bryn.locator('#why').innerText();
    assert.match(merged, /Olwen changed the first[\s\S]*second paragraph[\s\S]*Bryn changed the third/);
    await axe(bryn);
    await bryn.locator('.notice a').click();
    await bryn.locator('.diff ins', { hasText: 'Bryn' }).waitFor();
    await axe(bryn);
    await shot(bryn, 'merged');

    // The same sentence.
    const sentence = (who) => text('Olwen changed the first paragraph.', `${who} rewrote this sentence.`, 'Bryn changed the third.');
    await write(olwen, hurdle, 'why', sentence('Olwen'));
    await write(bryn, hurdle, 'why', sentence('Bryn'));
    await bryn.fill('#summary', 'Said it better');
    await save(olwen);
    await save(bryn);
    const clash = await bryn.locator('main').innerText();
    assert.match(clash, /you and Olwen Prys changed the same words/);
    assert.match(clash, /The second paragraph stands here/, 'the words before');
    assert.match(clash, /Olwen rewrote this sentence/, 'hers');
    assert.match(await valueOf(bryn, 'why'), /Bryn rewrote this sentence/, 'his own');
    assert.equal(await valueOf(bryn, 'summary'), 'Said it better');
    await axe(bryn);
    await shot(bryn, 'clash');
    await olwen.goto(hurdle);
    assert.match(await olwen.locator('#why').innerText(), /Olwen rewrote/, 'nothing was saved over hers');

    await bryn.fill('main [name=why]', sentence('Both of us'));
    await save(bryn);
    assert.match(await bryn.locator('#why').innerText(), /Both of us rewrote this sentence/);
    await bryn.goto('/account');
    assert.match(await bryn.locator('section', { has: bryn.locator('#drafts') }).innerText(), /Nothing is waiting/);
    await olwen.goto(`${hurdle}/history`);
    assert.match(await olwen.locator('table').innerText(), /Said it better/);
  }
}
