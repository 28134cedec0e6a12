// Old notes are pasted in and harvested: by keys, counted, and by buttons without scripts.
import { readFileSync } from 'node:fs';
import { press } from '../company.mjs';

export const name = 'The harvest of a session';
export const minutes = 9;

/** Keys for a line at the most: with them a page of a hundred lines is done in minutes. */
const KEYS_FOR_A_LINE = 3;
const SECONDS_TO_DECIDE = 5;
const MINUTES = 10;
const KEYS = { hurdle: 'h', solution: 's', example: 'e', resource: 'r', principle: 'p', question: 'q', action: 't', aside: 'x' };

const FEW = [
  'What gets in the way',
  'Nobody in the contact centre is allowed to answer on the web',
  'Write down each block. Then take the list to the head of service.',
  'Being useful once is worth more than being seen often',
].join('\n');

export async function run(given) {
  const { asOwner, axe, shot, assert, noScripts } = given;
  const page = await asOwner();
  const session = await captured(page, 'Getting past the filter', ofTables('bullets', 'minutes'));
  const labels = labelled('bullets', 'minutes');
  await page.goto(session);
  await press(page, 'main a[href$="/harvest"]');
  await axe(page);
  await shot(page, 'triage');
  const lines = Number((await page.locator('main p strong').first().innerText()).split(' ')[0]);
  assert.ok(lines > 70, `${lines} lines wait`);

  await page.reload();
  const keys = await triaged(page, labels);
  assert.match(await page.locator('main p strong').first().innerText(), /Every line is decided/);
  assert.ok(keys <= KEYS_FOR_A_LINE * lines, `${keys} keys for ${lines} lines`);
  const took = (lines * SECONDS_TO_DECIDE + keys) / 60;
  assert.ok(took < MINUTES, `${took} minutes`);
  console.log(`     ${lines} lines, ${keys} keys: ${took.toFixed(1)} minutes at ${SECONDS_TO_DECIDE} s a line.`);
  await axe(page);
  await shot(page, 'done');

  // The last act is undone, and the line waits again.
  await page.locator('.passage').last().evaluate((row) => { row.tabIndex = -1; row.focus(); });
  await pressKey(page, 'u');
  assert.match(await page.locator('main p strong').first().innerText(), /^1 of /);

  // What was made cites its line, and the line says what it became.
  await page.goto(session);
  const became = page.locator('#notes li a[href^="/hurdles/"]').first();
  const title = (await became.innerText()).replace(/^Hurdle \d+: /, '');
  await press(page, became);
  assert.equal(await page.locator('h1').innerText(), title);
  await axe(page);
  await press(page, page.locator('#notes ul a').first());
  assert.ok(page.url().includes('#l-'), page.url());

  await withoutScripts(given, await asOwner({ scripts: false }));
  const visitor = await noScripts();
  await visitor.goto(session);
  assert.equal(await visitor.locator('main a[href$="/harvest"]').count(), 0, 'visitors decide nothing');
}

/** An event with one session, whose notes were taken elsewhere; the session's address. */
async function captured(page, title, notes) {
  await page.goto('/events/new');
  await page.fill('#title', `Northshire camp: ${title}`);
  await page.fill('#first', '2009-06-20');
  await page.selectOption('#young', 'no');
  await press(page, 'main button[value=save]');
  await page.goto(`${new URL(page.url()).pathname}/sessions/new`);
  await page.fill('#title', title);
  await page.fill('#starts', '11:00');
  await press(page, page.locator('main form:has(#title) button').first());
  await press(page, page.locator('main a', { hasText: title }).first());
  const session = new URL(page.url()).pathname;
  await page.goto(`${session}/captures`);
  await page.fill('#text', notes);
  await press(page, page.locator('main form:has(#text) button').first());
  return session;
}

/** Decides every line by one key. */
async function triaged(page, labels) {
  let keys = 0;
  for (let left = 400; left > 0; left -= 1) {
    const row = page.locator('.passage[data-focus]');
    if (!(await row.count())) return keys;
    // The next line has the focus, so that its key is the only one needed.
    await page.waitForFunction(() => document.activeElement?.matches('.passage[data-focus]'));
    const text = (await row.locator('p').first().innerText()).trim();
    const key = KEYS[labels.get(bare(text))] ?? KEYS.aside;
    await pressKey(page, key);
    keys += 1;
  }
  throw new Error('there is no end of lines');
}

async function pressKey(page, key) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press(key)]);
  await page.waitForLoadState('load');
}

async function withoutScripts({ axe, assert }, page) {
  const session = await captured(page, 'Answering', FEW);
  const triage = `${session}/harvest`;
  await page.goto(triage);
  await axe(page);
  const row = (text) => page.locator('.passage', { hasText: text }).first();
  await press(page, row('contact centre').locator('button', { hasText: 'Hurdle' }).first());
  assert.match(await row('contact centre').innerText(), /Became: .*Hurdle \d+/s);
  await row('each block').locator('summary').click();
  await row('each block').locator('textarea').fill('Write down each block.\nThen take the list to the head of service.');
  await press(page, row('each block').locator('button', { hasText: 'Cut it' }));
  await press(page, row('Then take').locator('button', { hasText: 'Solution' }).first());
  assert.match(await row('Then take').innerText(), /Became: .*Solution \d+/s);
  await row('Write down each block').locator('summary').click();
  await row('Write down each block').locator('input[name=other]').fill('solution 1');
  await press(page, row('Write down each block').locator('button', { hasText: 'It is that record' }));
  assert.match(await row('Write down each block').innerText(), /Was here already/);
  await row('Being useful').locator('summary').click();
  await row('Being useful').locator('input[name=title]').fill('');
  await press(page, row('Being useful').locator('button', { hasText: 'Principle' }).first());
  assert.match(await page.locator('.error-summary').innerText(), /Give it a title/);
  await axe(page);
  await page.fill('#title', 'Useful beats seen');
  await press(page, row('Being useful').locator('button', { hasText: 'Principle' }).first());
  assert.match(await row('Being useful').innerText(), /Became: Useful beats seen/);
  await press(page, row('Being useful').locator('button', { hasText: 'Undo' }));
  assert.match(await page.locator('.notice').innerText(), /The line waits again/);
}

function tables(names) {
  const folder = new URL('../../../../harvest/sessions/', import.meta.url);
  const rows = names.flatMap((one) => readFileSync(new URL(`${one}.tsv`, folder), 'utf8').split('\n').slice(1));
  return rows.filter(Boolean).map((row) => row.split('\t'));
}

function ofTables(...names) {
  return tables(names).map(([kind, , , , line]) => (kind === 'heading' ? `\n${line}\n` : line)).join('\n');
}

function labelled(...names) {
  return new Map(tables(names).map(([kind, , , , line]) => [bare(line), kind]));
}

const bare = (line) => line.trim().replace(/^[•*>-]\s+|^\d+\.\s+/, '');
