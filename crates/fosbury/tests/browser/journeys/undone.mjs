// A stranger's suggestion becomes a credited edit, and a spammer is undone in one act.
import { colleague, press, save, write } from '../company.mjs';

export const name = 'A suggestion is credited, a spammer undone';

const SPAM = 'Buy cheap pills at our place.';

export async function run(given) {
  const { newPage, asOwner, axe, shot, assert } = given;
  for (const [scripts, hurdle, other] of [[true, '/hurdles/51', '/hurdles/52'], [false, '/hurdles/53', '/hurdles/54']]) {
    const stranger = await newPage({ scripts });
    await stranger.goto(`${hurdle}/suggest`);
    await stranger.fill('main [name=until]', `Ask the newcomers first. ${scripts}`);
    await stranger.fill('main [name=name]', 'Bryn of the library');
    await press(stranger, 'form[action$="/suggestions"] button:not([type=button])');
    const link = stranger.url();

    const spammer = await colleague(given, `Mallory ${scripts ? 'One' : 'Two'}`, { scripts });
    await write(spammer, other, 'until', SPAM);
    await save(spammer);
    await spammer.goto(`${other}/attachments`);
    const file = { name: 'pills.txt', mimeType: 'text/plain', buffer: Buffer.from(SPAM) };
    await spammer.setInputFiles('#file', file);
    await press(spammer, 'form[enctype] button');

    const steward = await asOwner({ scripts });
    await steward.goto('/desk');
    await axe(steward);
    if (scripts) await shot(steward, 'one-queue');
    const item = steward.locator('section.held', { hasText: 'Bryn of the library' });
    assert.match(await item.locator('ins').allInnerTexts().then((all) => all.join(' ')), /newcomers/);
    if (scripts) {
      // By keyboard alone: the first thing that waits, accepted.
      await steward.keyboard.press('j');
      await Promise.all([steward.waitForEvent('domcontentloaded'), steward.keyboard.press('a')]);
      await steward.waitForLoadState('load');
    } else {
      await press(steward, item.locator('button[name=accept]'));
    }
    await steward.goto(`${hurdle}/history`);
    assert.match(await steward.locator('table').innerText(), /Bryn of the library/, 'the stranger is credited');
    await stranger.goto(link);
    assert.match(await stranger.locator('main').innerText(), /Published/);

    await steward.goto(`${other}/history`);
    await press(steward, steward.locator('tr', { hasText: 'Mallory' }).locator('a[href^="/desk/undo"]'));
    await axe(steward);
    if (scripts) await shot(steward, 'undo-author');
    assert.match(await steward.locator('main').innerText(), /1 file that they brought/);
    await steward.fill('#why', 'Advertising');
    await steward.check('#close');
    await press(steward, 'form[action="/desk/undoings"] button');
    assert.match(await steward.locator('main').innerText(), /Nothing is left to undo/);
    await stranger.goto(other);
    assert.doesNotMatch(await stranger.locator('main').innerText(), /pills/);
    await spammer.goto('/account');
    assert.match(await spammer.locator('main').innerText(), /Sign in first/, 'the spammer is signed out');
    await stranger.goto('/moderation');
    const log = await stranger.locator('main').innerText();
    assert.match(log, /Undone, all of one author[\s\S]*Advertising/);
    assert.doesNotMatch(log, /Mallory/);
    await axe(stranger);

    await steward.goto(`${hurdle}/keeping`);
    await axe(steward);
    if (scripts) await shot(steward, 'keeping');
    await steward.fill('#why', 'A quiet week');
    await press(steward, 'form[action$="/protections"] button');
    await stranger.goto(hurdle);
    assert.match(await stranger.locator('header.title').innerText(), /Only stewards change this page/);
    await steward.goto(`${hurdle}/split`);
    await axe(steward);
    if (scripts) await shot(steward, 'split');
    await steward.close();
  }
}
