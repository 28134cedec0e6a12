// Signing in by a link that acts only when a button is pressed, by a code, and ending a sign-in.
// mail: yes
// settings: sign-up = "invited"
import { press } from '../company.mjs';
import { isSignedIn } from '../signing-in.mjs';

export const name = 'Signing in by mail';

const ADDRESS = 'olwen@example.org';

export async function run({ newPage, noScripts, asOwner, mailbox, axe, shot, assert }) {
  const owner = await asOwner();
  const box = await mailbox();
  const ask = async (page, address) => {
    await page.goto('/hurdles/7');
    await press(page, 'header .account a');
    await page.fill('input[name=address]', address);
    await press(page, 'main form button');
    assert.match(await page.locator('h1').innerText(), /Check your mail/);
  };

  // By the link. Whoever opens it without pressing, such as a mail scanner, uses nothing up.
  const asking = await newPage();
  await ask(asking, ADDRESS);
  await axe(asking);
  await shot(asking, 'check-mail');
  const letter = await box.next(ADDRESS);
  const scanner = await newPage();
  await scanner.goto(letter.links[0]);
  assert.equal(await isSignedIn(scanner), false);
  const byLink = await noScripts();
  await byLink.goto(letter.links[0]);
  assert.equal(await isSignedIn(byLink), false);
  await axe(byLink);
  await press(byLink, 'main form button');
  assert.ok(await isSignedIn(byLink));
  assert.match(byLink.url(), /\/hurdles\/7/, 'back where she came from');
  await scanner.goto(letter.links[0]);
  assert.match(await scanner.locator('h1').innerText(), /ended/, 'a link works once');
  await axe(scanner);

  // By the code, which works only in the browser that asked.
  const byCode = await newPage();
  await ask(byCode, ADDRESS);
  const { text } = await box.next(ADDRESS);
  await byCode.fill('input[name=code]', '000000');
  await press(byCode, 'main form button');
  assert.match(await byCode.title(), /^Error:/);
  assert.ok(await byCode.evaluate(() => document.activeElement.matches('.error-summary')), 'the summary has the focus');
  await axe(byCode);
  await shot(byCode, 'wrong-code');
  await byCode.fill('input[name=code]', /^\s*(\d[\d ]{4,6}\d)\s*$/m.exec(text)[1]);
  await press(byCode, 'main form button');
  assert.ok(await isSignedIn(byCode));

  // An address nobody knows is told nothing on the page; its letter says what to do.
  const stranger = await noScripts();
  await ask(stranger, 'nobody@example.org');
  assert.match((await box.next('nobody@example.org')).text, /no account/i);
  await stranger.goto('/sign-in');
  await stranger.fill('input[name=address]', 'not an address');
  await press(stranger, 'main form button');
  assert.match(await stranger.title(), /^Error:/);

  // The owner sees all three sign-ins and ends one of the others.
  await owner.goto('/account');
  assert.equal(await owner.locator('form[action*="/sign-ins/"]').count(), 3);
  await axe(owner);
  await shot(owner, 'account');
  await press(owner, owner.locator('tr', { hasNotText: 'this one' }).locator('form button').first());
  assert.match(await owner.locator('.notice').innerText(), /ended/);
  const others = [byLink, byCode];
  for (const page of others) await page.goto('/');
  const still = await Promise.all(others.map(isSignedIn));
  assert.equal(still.filter(Boolean).length, 1, 'one of the two others is signed out');
}
