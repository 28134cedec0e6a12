// Every page the router has, as a visitor and as the owner, with scripts and without, wide and
// narrow: it answers, axe finds nothing, nothing scrolls sideways, the budgets hold.
import { findings } from './axe.mjs';
import { firstView, scrollsSideways } from './budget.mjs';
import { faultsOf } from './content.mjs';
import { prepare } from './parameters.mjs';
import { addresses, expected } from './routes.mjs';
import { settings } from './tools.mjs';

export const name = 'Every page the router has';
export const minutes = 10;

const AT_ONCE = 2;
const VIEWS = [
  { scripts: true, width: 1280 },
  { scripts: true, width: 360 },
  { scripts: false, width: 1280 },
  { scripts: false, width: 360 },
];

export async function run(given) {
  await prepare(given);
  const all = await addresses(given, given.problem);
  for (const reader of ['visitor', 'owner']) {
    const pages = await answered(given, reader, all);
    for (const view of views()) await look(given, reader, view, pages);
    if (reader === 'visitor') await measure(given, pages);
  }
}

/** The pages look the same on every database: on the second one look is enough. */
function views() {
  return settings.database === 'PostgreSQL' ? VIEWS.slice(0, 1) : VIEWS;
}

/** Asks for everything once without a browser; returns the pages that a browser can show. */
async function answered(given, reader, all) {
  const cookie = reader === 'owner' ? await cookiesOf(await given.asOwner()) : '';
  const pages = [];
  await inTurn(given, all, async (it) => {
    const response = await fetch(given.base + it.address, { redirect: 'manual', headers: { cookie } });
    const body = Buffer.from(await response.arrayBuffer());
    const faults = faultsOf(response, body, expected(it, reader));
    given.check(`GET ${it.address} as ${reader}`, faults);
    const kind = response.headers.get('content-type') ?? '';
    const isMoved = response.status >= 300 && response.status < 400;
    if (kind.startsWith('text/html') && !isMoved) pages.push({ ...it, found: response.status });
  });
  return pages;
}

/** Shows every page in a browser. */
async function look(given, reader, view, pages) {
  const open = () => (reader === 'owner' ? given.asOwner(view) : given.newPage(view));
  const tabs = await Promise.all(Array.from({ length: AT_ONCE }, open));
  const what = `as ${reader}, ${view.scripts ? 'scripts on' : 'scripts off'}, ${view.width} px`;
  await inTurn(given, pages, async ({ address }, tab) => {
    const page = tabs[tab];
    await page.goto(address, { waitUntil: 'load' });
    const faults = await findings(page);
    if (view.width === 360) faults.push(...(await scrollsSideways(page, view)));
    given.check(`${address} ${what}`, faults);
  });
  for (const page of tabs) await page.context().close();
}

/** A first view by somebody who was never here: what travels. */
async function measure(given, pages) {
  await inTurn(given, pages, async ({ address, reading, found }) => {
    const page = await given.newPage();
    const isReading = reading && found < 400;
    given.check(`first view of ${address}`, await firstView(page, address, isReading));
    await page.context().close();
  });
}

async function cookiesOf(page) {
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies.map(({ name: called, value }) => `${called}=${value}`).join('; ');
}

/** A few at a time; when one cannot be looked at that is noted and the others go on. */
async function inTurn(given, items, act) {
  const waiting = [...items];
  const worker = async (_, number) => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      try {
        await act(item, number);
      } catch (error) {
        given.problem(`${item.address}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
