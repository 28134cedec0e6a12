// What several journeys do: let somebody in, write a part, search until the index has caught up.

/** The link of an invitation that the owner makes on the page of people. */
export async function invitation(owner, address, role = 'contributor') {
  await owner.goto('/people');
  await owner.fill('main input[name=address]', address);
  await owner.selectOption('main select[name=role]', role);
  await press(owner, 'form[action="/people/invitations"] button');
  return new URL(await owner.locator('.notice code').innerText()).pathname;
}

/** Another person, in a browser of their own. */
export async function colleague(given, name, how = {}) {
  const owner = await given.asOwner();
  const link = await invitation(owner, `${name.split(' ')[0].toLowerCase()}.${Date.now()}@example.org`, how.role);
  await owner.context().close();
  const page = await given.newPage(how);
  await page.goto(link);
  await page.fill('main input[name=name]', name);
  await press(page, 'main form button');
  return page;
}

/** Presses a button or link and waits for the page it leads to. */
export async function press(page, what) {
  const target = typeof what === 'string' ? page.locator(what).first() : what;
  await Promise.all([page.waitForEvent('domcontentloaded'), target.click()]);
  await page.waitForLoadState('load');
}

/** Opens the form of one part of a page and puts these words into it. */
export async function write(page, address, part, words) {
  await page.goto(`${address}/edit?part=${part}`);
  await page.fill(`main [name=${part}]`, words);
}

/** Saves the open form. */
export async function save(page) {
  await press(page, 'main button[value=save]');
}

/** Searches until these words find something: a fresh server may still be reading its register. */
export async function untilFound(page, words) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto(`/search?q=${encodeURIComponent(words)}`);
    if (await page.locator('main .cards .card').count()) return;
  }
  throw new Error(`“${words}” finds nothing`);
}

/** What stands in a form field. */
export function valueOf(page, name) {
  return page.locator(`main [name=${name}]`).inputValue();
}
