// An owner brings a DokuWiki along: refused, looked at, brought, a page turned into what it is and back,
// found under its old address, taken back.
import { press } from '../company.mjs';
import { tar } from '../tar.mjs';

export const name = 'A wiki comes along';

const LOG = '1200000000\t192.0.2.7\tC\thurdles:filters\tann\tcreated\t\t9\n';
const FILES = {
  'w/data/pages/start.txt': '====== Welcome to our notes ======\n\nSee [[hurdles:filters]] and [[Nobody Wrote]].',
  'w/data/pages/hurdles/filters.txt': '====== What the filter blocks ======\n\n^ Site ^ Blocked ^\n| all of them ||\n\n<note>Ask first.</note>',
  'w/data/pages/camp/room.txt': "====== Workshop in room A ======\n\n===== Priya Nair's notes =====\n\n  * IT says no to every site\n  * we asked HR\n",
  'w/data/meta/hurdles/filters.changes': LOG,
};

export async function run({ newPage, asOwner, axe, shot, assert }) {
  for (const scripts of [true, false]) {
    const title = scripts ? 'Northshire notes' : 'Fernley notes';
    const files = { ...FILES, 'w/conf/local.php': `<?php $conf['title'] = '${title}';` };
    const owner = await asOwner({ scripts });
    const main = () => owner.locator('main').innerText();
    const send = async (buffer) => {
      await owner.setInputFiles('#archive', { name: 'wiki.tar', mimeType: 'application/x-tar', buffer });
      await press(owner, 'form[enctype] button');
    };
    await owner.goto('/desk');
    await press(owner, 'a[href="/place/wikis"]');
    await axe(owner);
    if (scripts) await shot(owner, 'wikis');
    await send(Buffer.from('no wiki at all'));
    assert.match(await main(), /There is no wiki in that file/);
    await axe(owner);
    await send(tar(files));
    assert.match(await main(), /3 pages\./);
    assert.match(await main(), /A box is a quotation/);
    await axe(owner);
    if (scripts) await shot(owner, 'wiki-preview');
    await press(owner, 'button[form="bring"]');
    assert.match(await main(), /Say under which licence/);
    await axe(owner);
    await owner.fill('#licence', 'CC BY-SA 4.0');
    await press(owner, 'button[form="bring"]');
    assert.match(await main(), /on its way/);
    const until = async (words) => {
      for (let tries = 0; tries < 300 && !words.test(await main()); tries += 1) {
        await new Promise((wake) => setTimeout(wake, 100));
        await owner.goto(owner.url());
      }
    };
    await until(new RegExp(title));
    await press(owner, `main a:text-is("${title}")`);
    await until(/It came/);
    assert.match(await main(), /It came/);
    assert.match(await main(), /Nobody wrote/);
    await axe(owner);
    if (scripts) await shot(owner, 'wiki-came');

    await turnsAPage(owner, { scripts, axe, shot, assert });
    const visitor = await newPage();
    await visitor.goto('/hurdles:filters');
    assert.match(visitor.url(), /\/guides\/\d+-what-the-filter-blocks/);
    assert.match(await visitor.locator('main').innerText(), /CC BY-SA 4.0/);
    await axe(visitor);
    if (scripts) await shot(visitor, 'wiki-page');
    await press(owner, 'form[action$="/undoings"] button');
    assert.match(await main(), /It was taken back/);
    await axe(owner);
    const gone = await visitor.reload();
    assert.equal(gone.status(), 410);
    await owner.close();
    await visitor.close();
  }
}

/** Notes of a session become one with a key, or a press, and are a guide again with another. */
async function turnsAPage(owner, { scripts, axe, shot, assert }) {
  const came = owner.url();
  const main = () => owner.locator('main').innerText();
  const either = (key, button) => (scripts ? Promise.all([owner.waitForEvent('domcontentloaded'), owner.keyboard.press(key)]) : press(owner, button));
  await press(owner, 'main a[href$="/pages"]');
  assert.match(await main(), /It stood in “hurdles”/);
  assert.match(await main(), /Priya Nair/);
  await axe(owner);
  if (scripts) await shot(owner, 'wiki-pages');
  if (scripts) await owner.locator('#next').focus();
  await either('a', '#next button[name=as]');
  await owner.waitForLoadState('load');
  assert.match(await main(), /is notes of a session now/);
  await axe(owner);
  if (scripts) await owner.locator('#next').focus();
  await either('u', 'form[action$="/returns"] button');
  await owner.waitForLoadState('load');
  assert.match(await main(), /Priya Nair/);
  await press(owner, '#next h2 a');
  await press(owner, 'main a[href$="/turn"]');
  assert.match(await main(), /It looks like notes of a session/);
  await axe(owner);
  if (scripts) await shot(owner, 'guide-turn');
  await press(owner, 'button[value=merge]');
  assert.match(await main(), /Name a hurdle or a solution/);
  await axe(owner);
  await owner.goto('/desk/authors');
  await axe(owner);
  await owner.goto(came);
}
