// Somebody sees which councils are like theirs and why, keeps a group beside them, and sees what
// worked in it.
// serve: --demo
import { press } from '../company.mjs';

export const name = 'Who is like us';

export async function run({ newPage, noScripts, asOwner, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    const main = () => page.locator('main').innerText();
    await page.goto('/organisations/port-ansel');
    assert.match(await main(), /Most like it: \w+/);
    await press(page, 'main a[href="/organisations/port-ansel/peers"]');
    const rows = page.locator('table').first().locator('tbody tr');
    assert.equal(await rows.count(), 8, 'itself and the seven others of its kind');
    assert.match(await rows.nth(1).innerText(), /like it[\s\S]*\d %[\s\S]*\d,\d{3}/);
    assert.match(await rows.nth(1).innerText(), /(places|dense|people)\s+\S.*(places|dense|people)/s, 'with the reasons');
    assert.match(await main(), /Invented for the demo, read here on/);
    assert.match(await main(), /The five we meet with/);
    for (const details of ['#numbers', '#how']) {
      await page.locator(`${details} > summary`).click();
    }
    assert.match(await main(), /d = √Σ/);
    await axe(page);
    if (open === newPage) await shot(page, 'who-is-like-us');
    await page.goto('/organisations/northshire/peers');
    assert.match(await main(), /the only one of its kind/);
    await axe(page);
  }

  const owner = await asOwner({ scripts: false });
  const main = () => owner.locator('main').innerText();
  await owner.goto('/organisations/port-ansel/peers');
  await press(owner, 'main a[href$="/groups/new"]');
  await owner.fill('#name', 'The five we meet with');
  await owner.fill('#why', 'Twice is once too often.');
  await press(owner, 'main form button');
  assert.match(await main(), /There is a problem[\s\S]*already/);
  await axe(owner);
  await owner.fill('#name', 'Those with a moor');
  await press(owner, 'main form button');
  await owner.fill('#find', 'moor');
  await press(owner, 'main form[method=get] button');
  await axe(owner);
  await press(owner, 'button[name=body][value=quarrenmoor]');
  assert.match(await main(), /2 organisations/);
  await press(owner, 'form[action$="/port-ansel/removal"] button');
  await axe(owner);
  await shot(owner, 'group-edited');
  const address = new URL(owner.url()).pathname.replace('/edit', '');
  await owner.goto(address);
  assert.match(await main(), /1 organisation\b[\s\S]*Quarrenmoor added/);
  await axe(owner);
  await shot(owner, 'group');
  await owner.goto('/hurdles/1/worked');
  await owner.locator('main details > summary').first().click();
  await owner.selectOption('#group', { label: 'Those with a moor' });
  await press(owner, 'form.facets button');
  assert.equal(await owner.locator('#group').inputValue(), address.split('/')[2]);
  assert.match(await main(), /Worked in \d of 1 place\b/);
  await axe(owner);
}
