// Somebody tells the story of a trial, finds it where it leads, and prints its card on half a page.
// serve: --demo
import { press } from '../company.mjs';
import { packed, textOf } from '../pdf.mjs';

export const name = 'Telling the story of a trial';

/** Half a sheet of A4, in pixels of the style sheet. */
const HALF_A_PAGE = (148.5 / 25.4) * 96;

export async function run({ newPage, noScripts, asOwner, axe, shot, assert }) {
  for (const scripts of [true, false]) {
    const page = await asOwner({ scripts });
    await page.goto('/hurdles/1/trials');
    await press(page, page.locator('main .entries a[href^="/trials/"]').last());
    await axe(page);
    await press(page, page.locator('#cases .actions a'));
    assert.match(await page.inputValue('#trials'), /^\d+$/, 'the trial is tied already');
    assert.ok((await page.inputValue('#came')).length > 10, 'what was learned is offered as the beginning');
    await axe(page);
    await press(page, 'form[action="/cases"] button[value="save"]');
    assert.match(await page.title(), /^Error:/, 'a story needs a title');
    const title = `A story ${scripts ? 'with' : 'without'} scripts`;
    await page.fill('#title', title);
    await page.fill('#sentence', longest(220));
    for (const more of await page.locator('form[action="/cases"] details:not([open]) > summary').all()) await more.click();
    for (const [part, letters] of [['result', 120], ['cost', 300]]) await page.fill(`#${part}`, longest(letters));
    await press(page, 'form[action="/cases"] button[value="save"]');
    assert.equal(await page.locator('h1').innerText(), title);
    await axe(page);
    if (scripts) await shot(page, 'case');
    await page.goto('/hurdles/1');
    await press(page, page.locator('#cases .card', { hasText: title }).locator('a'));
    await press(page, page.locator('#facts .aside a').first());
    await axe(page);
    await printsOnHalfAPage(page, assert);
  }
  for (const open of [newPage, noScripts]) {
    const page = await open();
    await page.goto('/cases');
    await axe(page);
    if (open === newPage) await shot(page, 'cases');
    await page.check('#outcome-worse');
    await press(page, '.facets button');
    assert.equal(await page.locator('main .card').count(), 1, 'stories of what made it worse');
    await press(page, page.locator('main .card h3 a'));
    await press(page, page.locator('#facts .aside a').first());
    await axe(page);
    if (open === newPage) await shot(page, 'case-card');
    await printsOnHalfAPage(page, assert);
  }
}

/** Words as long as the form takes them. */
function longest(letters) {
  return 'A filter was moved by a cake and a list. '.repeat(10).slice(0, letters).trim();
}

/** The card alone, with its address, in the upper half of one sheet. */
async function printsOnHalfAPage(page, assert) {
  const title = await page.locator('h1').innerText();
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
  assert.equal(sheets, 1, 'one sheet');
  const text = packed(textOf(pdf));
  for (const words of [title, '/cases/']) assert.ok(text.includes(packed(words)), `“${words}” is printed`);
  for (const words of ['Sign in', 'Print this card']) assert.ok(!text.includes(packed(words)), `“${words}” is not printed`);
  await page.emulateMedia({ media: 'print' });
  const before = page.viewportSize();
  // What is left of A4 between its margins of 18 mm.
  await page.setViewportSize({ width: Math.round((174 / 25.4) * 96), height: 900 });
  const card = await page.locator('.showcase').boundingBox();
  const margin = (18 / 25.4) * 96;
  assert.ok(card.y + card.height + margin < HALF_A_PAGE, `the card ends at ${card.y + card.height + margin} of ${HALF_A_PAGE}`);
  await page.setViewportSize(before);
  await page.emulateMedia({ media: null });
}
