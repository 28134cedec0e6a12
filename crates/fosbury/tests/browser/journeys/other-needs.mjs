// Enlarged to 400 %, in forced colours, in the dark, and without movement.
// looks: yes
import { scrollsSideways } from '../budget.mjs';
import { untilFound } from '../company.mjs';

export const name = 'Other needs';

const PAGES = {
  front: '/',
  search: '/search?q=blocked',
  hurdle: '/hurdles/3',
  solution: '/solutions/2',
  guide: '/guides/6',
  edit: '/hurdles/3/edit',
  history: '/hurdles/3/history',
  people: '/people',
};

export async function run({ asOwner, axe, shot, check, assert }) {
  // 1280 × 1024 px at 400 %.
  const enlarged = await asOwner({ width: 320, height: 256 });
  await untilFound(enlarged, 'blocked');
  for (const address of Object.values(PAGES)) {
    await enlarged.goto(address);
    check(address, await scrollsSideways(enlarged, { width: 320 }));
    await axe(enlarged);
  }

  const dark = await asOwner({ options: { colorScheme: 'dark' } });
  for (const [called, address] of Object.entries(PAGES)) {
    await dark.goto(address);
    await axe(dark);
    await shot(dark, `dark-${called}`);
  }

  const forced = await asOwner({ options: { forcedColors: 'active', reducedMotion: 'reduce' } });
  for (const called of ['front', 'hurdle', 'edit']) {
    // The browser forgets it from page to page. Axe reads colours that nobody sees then.
    await forced.goto(PAGES[called]);
    await forced.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await shot(forced, `forced-${called}`);
    const moving = await forced.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0, 'nothing moves');
  }
}
