// The first minute: the front page answers, and the one-time link makes its reader the owner.
import { isSignedIn } from '../signing-in.mjs';

export const name = 'The first start';

export async function run({ newPage, noScripts, asOwner, axe, shot, assert }) {
  for (const open of [newPage, noScripts]) {
    const page = await open();
    const answer = await page.goto('/');
    assert.equal(answer.status(), 200);
    assert.ok(await page.locator('main input[name=q]').isVisible(), 'the front page asks what is in the way');
    assert.equal(await isSignedIn(page), false);
    await axe(page);
  }
  const page = await asOwner();
  await page.goto('/');
  assert.ok(await isSignedIn(page), 'the owner stays signed in');
  await shot(page, 'front');
}
