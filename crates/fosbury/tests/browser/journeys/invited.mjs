// On a site without mail the owner hands over a link; it lets one person in, once.
import { invitation, press } from '../company.mjs';
import { isSignedIn } from '../signing-in.mjs';

export const name = 'An invitation on a site without mail';

export async function run({ newPage, noScripts, asOwner, axe, shot, assert }) {
  const visitor = await newPage();
  await visitor.goto('/hurdles/7');
  await press(visitor, 'article .actions a.button');
  assert.match(await visitor.locator('.notice').innerText(), /invitation link/, 'sign-in says what to do without mail');
  await axe(visitor);
  await shot(visitor, 'sign-in-no-mail');

  const owner = await asOwner();
  const link = await invitation(owner, 'bryn@example.org', 'officer');
  await axe(owner);
  await shot(owner, 'people');
  const guest = await noScripts();
  await guest.goto(link);
  assert.match(await guest.locator('main').innerText(), /bryn@example\.org/);
  await press(guest, 'main form button');
  assert.match(await guest.title(), /^Error:/, 'a name is asked for');
  await axe(guest);
  await shot(guest, 'join');
  await guest.fill('main input[name=name]', 'Bryn Ellis');
  await press(guest, 'main form button');
  assert.ok(await isSignedIn(guest));
  assert.match(await guest.locator('header').innerText(), /Bryn Ellis/);
  await guest.goto('/hurdles/7/edit?part=why');
  assert.ok(await guest.locator('textarea[name=why]').isVisible(), 'Bryn may write');
  const late = await newPage();
  await late.goto(link);
  assert.match(await late.locator('h1').innerText(), /ended/, 'the link works once');

  // One that was not used can be taken back.
  const second = await invitation(owner, 'cai@example.org');
  await press(owner, owner.locator('tr', { hasText: 'cai@example.org' }).locator('form button'));
  await late.goto(second);
  assert.match(await late.locator('h1').innerText(), /ended/);
  await owner.goto('/people');
  assert.match(await owner.locator('table').first().innerText(), /Bryn Ellis[\s\S]*Officer/);
}
