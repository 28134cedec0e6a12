// Three people take notes at once; the connection of one of them drops for a while. Nothing is lost
// and nothing doubled, with scripts and without; then the capture locks and a write-up opens.
import { press } from '../company.mjs';

export const name = 'Nothing lost: three people take notes';
export const minutes = 4;

const SEEN_WITHIN = 2000;

export async function run(given) {
  const { assert, asOwner, axe, noScripts, newPage, shot } = given;
  const olwen = await asOwner();
  await olwen.goto('/events/new');
  await olwen.fill('main [name=title]', 'Camp by the lake');
  await olwen.fill('main [name=first]', new Date().toISOString().slice(0, 10));
  await olwen.selectOption('main [name=young]', 'no');
  await press(olwen, 'main button[value=save]');
  const event = new URL(olwen.url()).pathname;
  await press(olwen, '#sessions a[href$="/sessions/new"]');
  await olwen.fill('#list', '10:00 Room A: Blocked sites – Kit\n10:00 Room B: Forms nobody reads');
  await press(olwen, 'button[value=preview]');
  await axe(olwen);
  await shot(olwen, 'list-looked-at');
  await press(olwen, 'button[value=add]');
  await axe(olwen);
  await shot(olwen, 'grid');
  await press(olwen, `form[action$="/links"] button`);
  const link = new URL(await olwen.locator('.notice .lead a').innerText()).pathname;
  await axe(olwen);
  await shot(olwen, 'link');

  const comesIn = async (page, who) => {
    await page.goto(link);
    await page.fill('#name', who);
    await press(page, 'main form button');
    await press(page, page.getByRole('link', { name: 'Blocked sites' }));
    return page;
  };
  const kit = await comesIn(await newPage(), 'Kit Hall');
  const bo = await comesIn(await newPage({ width: 360, height: 740 }), 'Bo Ash');
  const plain = await comesIn(await noScripts(), 'Ann Lee');
  await axe(kit);

  const writes = async (page, words) => {
    await page.fill('#text', words);
    await page.keyboard.press('Enter');
  };
  const textOf = (page) => page.locator('#notes .text').allInnerTexts();
  const sees = (page, words) => page.locator('#notes .text', { hasText: words }).first().waitFor({ timeout: SEEN_WITHIN });

  // Others' lines appear as they are written.
  await writes(kit, 'Kit one');
  await sees(bo, 'Kit one');
  await writes(bo, 'Bo one');
  await sees(kit, 'Bo one');

  // One is cut off, and goes on writing.
  await kit.context().setOffline(true);
  for (const words of ['Kit two', 'Kit three', 'Kit four']) await writes(kit, words);
  await kit.locator('[data-told]', { hasText: 'keeps' }).waitFor();
  await axe(kit);
  await shot(kit, 'cut-off');
  await writes(bo, 'Bo two');
  await plain.fill('#text', 'Ann one\nAnn two');
  await press(plain, '[data-write] button');
  await sees(bo, 'Ann two');
  assert.ok(!(await textOf(bo)).includes('Kit two'), 'it has not arrived yet');
  // The page is closed and opened again before the connection is back: the browser kept the lines.
  await kit.context().setOffline(false);
  await kit.reload();
  await sees(bo, 'Kit four');
  await sees(kit, 'Bo two');

  const all = ['Kit one', 'Kit two', 'Kit three', 'Kit four', 'Bo one', 'Bo two', 'Ann one', 'Ann two'].sort();
  for (const page of [kit, bo, plain]) {
    await page.reload();
    await page.locator('#notes .text', { hasText: 'Kit four' }).waitFor();
    assert.deepEqual((await textOf(page)).sort(), all, 'each line once, and none lost');
  }

  // A line is changed by its author, with scripts and without.
  await kit.locator('li', { hasText: 'Kit two' }).locator('[data-change]').click();
  await writes(kit, 'Kit two, said better');
  await sees(bo, 'said better');
  await press(plain, plain.locator('li', { hasText: 'Ann two' }).locator('[data-change]'));
  await plain.fill('#text', 'Ann two, said better');
  await press(plain, '[data-write] button');
  await sees(bo, 'Ann two, said better');

  // A line is put below another, with scripts and without, and stands there for everybody.
  await kit.locator('li', { hasText: 'Kit one' }).locator('[data-below]').click();
  await kit.locator('[data-told]', { hasText: 'below “Kit one”' }).waitFor();
  await writes(kit, 'Kit between');
  await sees(bo, 'Kit between');
  await press(plain, plain.locator('li', { hasText: 'Ann one' }).locator('[data-below]'));
  await plain.fill('#text', 'Ann between');
  await press(plain, '[data-write] button');
  await sees(bo, 'Ann between');
  for (const page of [kit, bo, plain]) {
    if (page === plain) await page.reload();
    await page.locator('#notes .text', { hasText: 'Ann between' }).waitFor();
    const told = await textOf(page);
    for (const who of ['Kit', 'Ann']) {
      const at = told.indexOf(`${who} one`);
      const next = told.slice(at + 1, at + 3);
      assert.deepEqual(next, [`${who} between`, `${who} two, said better`], 'in the same order');
    }
  }
  await shot(bo, 'three-people-narrow');
  await shot(kit, 'three-people');

  // The capture locks; what is written afterwards stays with its author.
  await press(olwen, olwen.locator(`a[href="${event}"]`).first()).catch(() => olwen.goto(event));
  await olwen.goto(event);
  await press(olwen, olwen.getByRole('link', { name: 'Blocked sites' }));
  await bo.context().setOffline(true);
  await writes(bo, 'Bo too late');
  await press(olwen, 'form[action$="/locks"] button');
  await bo.context().setOffline(false);
  await bo.locator('[data-refused]', { hasText: 'Bo too late' }).waitFor();
  await axe(olwen);
  await shot(olwen, 'locked');
  await press(olwen, olwen.getByRole('link', { name: 'Read the write-up' }));
  assert.match(await olwen.locator('#text').innerText(), /Kit two, said better[\s\S]*Ann two, said better/);
  await axe(olwen);
  await shot(olwen, 'write-up');
}
