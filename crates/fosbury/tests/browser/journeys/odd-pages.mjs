// Pages that strain the layout: long titles and names, nothing but a title, right-to-left text,
// twelve tags, a wide table and code.
// looks: yes
import { scrollsSideways } from '../budget.mjs';
import { colleague, save, untilFound } from '../company.mjs';

export const name = 'Odd pages';

const LONG_NAME = 'Gwenllian Angharad Featherstonehaugh-Cholmondeley of Ynys Môn'.slice(0, 60);
const LONG_TITLE =
  'Everybody who would have to agree to the smallest change of a page sits in another building, on another day, with another list of priorities'.slice(0, 140);
const TABLE = `| Service | Who decides | Since when | What it costs in a year | What happened at the last review |
|---|---|---|---|---|
| Libraries | The head of service | May 2024 | Nothing but time | Nobody came |
| Highways and street lighting | A board of eleven | 2019 | About a day a week | It was put off to the next meeting |`;
const CODE = '```\nfilter --allow https://a-very-long-address.example.org/with/a/path/that/never/seems/to/end?and=a&long=query --until 2027-01-01\n```';
const TWELVE = 'one, two words, three, accessibility, information governance, social media, children, councillors, evidence, procurement, translation, out of hours';

const PAGES = {
  'long-title': { title: LONG_TITLE, problem: 'Short.' },
  'one-long-word': { title: `Donaudampfschifffahrt${'selektrizitätenhauptbetriebswerk'.repeat(3)}`, problem: `It says ${'antidis'.repeat(30)}.` },
  'bare': { title: 'The lift is slow' },
  'right-to-left': { title: 'الموقع محجوب مرة أخرى', problem: 'يرفض قسم التقنية فتح الموقع الذي نحتاجه.\n\n- أولا\n- ثانيا' },
  'table-and-code': { title: 'Nobody knows who decides', problem: `${TABLE}\n\n${CODE}\n\n> A word of somebody else’s.\n\n1. One\n2. Two\n   - Two and a half`, tags: TWELVE },
};

export async function run(given) {
  const { asOwner, newPage, axe, shot, check, assert } = given;
  const writer = await colleague(given, LONG_NAME);
  for (const [called, parts] of Object.entries(PAGES)) {
    await writer.goto('/hurdles/new');
    await writer.click('summary');
    await writer.selectOption('#heading', 'structures');
    for (const [part, words] of Object.entries(parts)) await writer.fill(`#${part}`, words);
    await save(writer);
    await writer.goto(writer.url().replace(/\/edit.*$/, ''));
    await looked(writer, `odd-${called}`);
  }
  await writer.goto('/');
  await looked(writer, 'odd-front');
  await writer.goto('/account');
  await looked(writer, 'odd-account');

  const owner = await asOwner();
  for (const [called, address] of Object.entries({ people: '/people', changes: '/changes', list: '/hurdles?heading=structures' })) {
    await owner.goto(address);
    assert.ok((await owner.locator('main').innerText()).includes(called === 'people' ? LONG_NAME : LONG_TITLE));
    await looked(owner, `odd-${called}`);
  }
  await untilFound(owner, 'smallest change');
  await looked(owner, 'odd-search');
  const visitor = await newPage();
  const answer = await visitor.goto('/nothing/here');
  assert.equal(answer.status(), 404);
  await looked(visitor, 'not-found');
  await visitor.goto('/desk');
  await looked(visitor, 'sign-in-first');

  async function looked(page, called) {
    await axe(page);
    const { width } = page.viewportSize();
    check(called, await scrollsSideways(page, { width }));
    await shot(page, called);
  }
}
