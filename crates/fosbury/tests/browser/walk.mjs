// Every page the router has, as a visitor and as the owner, with scripts and without, wide and
// narrow: it answers, axe finds nothing, nothing scrolls sideways, the budgets hold.
import { findings } from './axe.mjs';
import { firstView, scrollsSideways } from './budget.mjs';
import { Client } from './client.mjs';
import { faultsOf } from './content.mjs';
import { prepare } from './parameters.mjs';
import { addresses, expected } from './routes.mjs';
import { settings } from './tools.mjs';

export const name = 'Every page the router has';
export const minutes = 15;

const AT_ONCE = 2;
const VIEWS = [
  { scripts: true, width: 1280 },
  { scripts: true, width: 360 },
  { scripts: false, width: 1280 },
  { scripts: false, width: 360 },
];

export async function run(given) {
  given.owner = await ownerClient(given);
  await prepare(given);
  const all = await addresses(given, given.problem);
  const faults = new Faults(given);
  for (const reader of ['visitor', 'owner']) {
    const pages = await answered(given, reader, all);
    for (const view of views()) await look(given, reader, view, pages, faults);
    if (reader === 'visitor' && !isSecond) await measure(given, pages);
  }
  faults.tell();
}

const isSecond = settings.database === 'PostgreSQL';

/** The pages look the same on every database: on the second one look is enough. */
function views() {
  return isSecond ? VIEWS.filter(({ scripts, width }) => !scripts && width === 1280) : VIEWS;
}

/** Asks for everything once without a browser; returns the pages that a browser can show. */
async function answered(given, reader, all) {
  const client = reader === 'owner' ? given.owner : new Client(given.base);
  const pages = new Map();
  await inTurn(given, all, async (it) => {
    let address = it.address;
    let answer = await client.get(address);
    given.check(`GET ${address} as ${reader}`, faultsOf(answer, expected(it, reader), it.empty));
    if (answer.location?.startsWith('/')) {
      address = answer.location;
      answer = await client.get(address);
    }
    const isPage = it.page && answer.kind.startsWith('text/html') && !answer.location;
    if (isPage && !pages.has(address)) pages.set(address, { ...it, address, found: answer.status });
  });
  return [...pages.values()];
}

/** Shows every page in a browser. */
async function look(given, reader, view, pages, faults) {
  const open = () => (reader === 'owner' ? given.asOwner(view) : given.newPage(view));
  const tabs = await Promise.all(Array.from({ length: AT_ONCE }, open));
  const how = `as ${reader}, ${view.scripts ? 'scripts on' : 'scripts off'}, ${view.width} px`;
  await inTurn(given, pages, async ({ address }, tab) => {
    const page = tabs[tab];
    await page.goto(address, { waitUntil: 'load' });
    const found = await unlessSeen(page, `${reader} ${view.width}`);
    if (view.width === 360) found.push(...(await scrollsSideways(page, view)));
    faults.note(address, how, found);
  });
  for (const page of tabs) await page.context().close();
}

const seen = new Set();

/** A page that scripts left as it was needs no second look by axe at the same width. */
async function unlessSeen(page, where) {
  const looks = `${where} ${await page.evaluate(() => document.documentElement.outerHTML)}`;
  if (seen.has(looks)) return [];
  seen.add(looks);
  return findings(page);
}

/** The same fault of the same page in several views is told once. */
class Faults {
  constructor(given) {
    this.given = given;
    this.views = new Map();
  }

  note(address, how, found) {
    if (!found.length) this.given.check(address, []);
    for (const fault of found) {
      const key = `${address}: ${fault}`;
      this.views.set(key, [...(this.views.get(key) ?? []), how]);
    }
  }

  tell() {
    for (const [fault, [first, ...more]] of this.views) {
      this.given.problem(`${fault} (${first}${more.length ? ` and ${more.length} other views` : ''})`);
    }
  }
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

async function ownerClient(given) {
  const page = await given.asOwner();
  const cookies = await page.context().cookies();
  await page.context().close();
  const client = new Client(given.base);
  for (const { name: called, value } of cookies) client.cookies.set(called, value);
  return client;
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
