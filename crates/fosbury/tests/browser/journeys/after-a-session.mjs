// After a session: a tip each, what was decided, who does it by when; one of them has no scripts. A line
// of the notes becomes an action and another a question, by one key each; the talk goes on; what came of
// it stands on one page.
import { press } from '../company.mjs';

export const name = 'After a session: who does what, and what came of it';
export const minutes = 3;

export async function run(given) {
  const { assert, asOwner, axe, noScripts, shot } = given;
  const olwen = await asOwner();
  await olwen.goto('/events/new');
  await olwen.fill('main [name=title]', 'Camp on the hill');
  await olwen.fill('main [name=first]', new Date().toISOString().slice(0, 10));
  await olwen.selectOption('main [name=young]', 'no');
  await press(olwen, 'main button[value=save]');
  const event = new URL(olwen.url()).pathname;
  await press(olwen, '#sessions a[href$="/sessions/new"]');
  await olwen.fill('#list', '10:00 Room A: Blocked sites – Kit');
  await press(olwen, 'button[value=preview]');
  await press(olwen, 'button[value=add]');
  await press(olwen, `form[action$="/links"] button`);
  const link = new URL(await olwen.locator('.notice .lead a').innerText()).pathname;

  // Somebody without scripts and without an account.
  const kit = await noScripts();
  await kit.goto(link);
  await kit.fill('#name', 'Kit Hall');
  await press(kit, 'main form button');
  await press(kit, kit.getByRole('link', { name: 'Blocked sites' }));
  const session = new URL(kit.url()).pathname;
  await kit.fill('#text', 'Kit to send the list by Friday\nDoes anybody know who may open a site for us?\nNobody knows who to ask for a site to be opened');
  await press(kit, '[data-write] button');
  await kit.fill('#tip', 'Ask for one site at a time');
  await press(kit, `form[action$="/tips"] button`);
  assert.equal(await kit.inputValue('#tip'), 'Ask for one site at a time');
  await axe(kit);

  await olwen.goto(session);
  await press(olwen, 'form[action$="/locks"] button');
  await olwen.goto(session);
  // A mistake keeps the words and opens the form.
  await olwen.click('#outcomes summary');
  await olwen.fill('#outcome', 'Nobody had asked');
  await olwen.fill('#page', 'somewhere else');
  await press(olwen, 'form[action$="/outcomes"] button');
  assert.equal(await olwen.inputValue('#outcome'), 'Nobody had asked');
  await axe(olwen);
  await olwen.fill('#page', '/hurdles/1');
  await olwen.fill('#line', '2');
  await press(olwen, 'form[action$="/outcomes"] button');
  await olwen.click('#actions summary');
  await olwen.fill('#doing', 'Ask the security team');
  await olwen.fill('#owner', 'Olwen Prys');
  await olwen.fill('#due', '2020-01-01');
  await press(olwen, 'form[action$="/actions"] button');
  await axe(olwen);
  await shot(olwen, 'session');

  // By one key each: a line becomes an action, the next a question.
  await olwen.goto(`${session}/harvest`);
  await pressKey(olwen, 't');
  await olwen.locator('a', { hasText: /Action \d/ }).first().waitFor();
  await pressKey(olwen, 'q');
  await olwen.locator('a', { hasText: /Question, comment/ }).first().waitFor();
  await axe(olwen);
  await shot(olwen, 'harvest');

  // The talk goes on, and what was taken on is done.
  await press(olwen, olwen.locator('a', { hasText: /Question, comment/ }).first());
  assert.ok((await olwen.innerText('main')).includes('who may open a site for us?'));
  await axe(olwen);
  await olwen.goto('/waiting');
  await press(olwen, olwen.getByRole('link', { name: 'Ask the security team' }));
  await axe(olwen);
  await shot(olwen, 'action');
  await olwen.check('#state-done');
  await olwen.fill('#why', 'They said yes');
  await press(olwen, 'form[action$="/steps"] button');
  await kit.goto(`${event}/came-of-it`);
  const came = await kit.innerText('main');
  for (const words of ['They said yes', 'Nobody had asked', 'Kit to send the list by Friday']) {
    assert.ok(came.includes(words), `${words} is not in ${came}`);
  }
  await axe(kit);
  await shot(kit, 'came-of-it');
  await kit.setViewportSize({ width: 360, height: 740 });
  await axe(kit);
  await shot(kit, 'came-of-it-narrow');
  await kit.goto(session);
  await shot(kit, 'session-narrow');
}

/** The next line has the focus, so that its key is the only one needed. */
async function pressKey(page, key) {
  await page.waitForFunction(() => document.activeElement?.matches('.passage[data-focus]'));
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press(key)]);
  await page.waitForLoadState('load');
}
