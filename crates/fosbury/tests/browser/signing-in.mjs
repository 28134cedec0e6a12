// The first sign-in of a fresh server.

const OWNER = { name: 'Olwen Prys', email: 'olwen@example.org' };

/** Follows the one-time owner link as a person would, and returns the browser's cookies. */
export async function signInAsOwner(journey) {
  const page = await journey.newPage();
  const answer = await page.goto(journey.server.ownerLink);
  if (!answer || answer.status() >= 400) throw new Error(`the owner link answered ${answer?.status()}`);
  for (let pages = 0; pages < 4 && (await hasFormOfMain(page)); pages += 1) {
    if (await isSignedIn(page)) break;
    await fillIn(page);
    await Promise.all([page.waitForNavigation(), page.click('main form[method=post] button')]);
  }
  if (!(await isSignedIn(page))) {
    throw new Error(`after the owner link nobody is signed in; the page says: ${await page.title()}`);
  }
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** Whoever is signed in can sign out. */
export async function isSignedIn(page) {
  return (await page.locator('form[action$="/sign-out"], a[href$="/sign-out"]').count()) > 0;
}

async function hasFormOfMain(page) {
  return (await page.locator('main form[method=post] button').count()) > 0;
}

async function fillIn(page) {
  for (const field of await page.locator('main form[method=post] input:visible').all()) {
    const about = `${await field.getAttribute('name')} ${await field.getAttribute('type')}`;
    if (/checkbox|radio/.test(about)) continue;
    if (/mail/.test(about)) await field.fill(OWNER.email);
    else if (/name/.test(about)) await field.fill(OWNER.name);
  }
}
