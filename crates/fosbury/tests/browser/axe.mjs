// axe-core on a page: it must find nothing.
import { readFileSync } from 'node:fs';

import { load } from './tools.mjs';

const source = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 30_000;

/** The browsers that were opened with scripts off. */
export const withoutScripts = new WeakSet();

/** What axe finds, one line for each element: the rule, the places, why. */
export async function findings(page) {
  // Evaluated by the debugger: our own content security policy would refuse a script element.
  await page.evaluate(`${source}; undefined`);
  if (withoutScripts.has(page.context())) await page.evaluate(ringAtOnce);
  let late;
  const tooLate = new Promise((_, failed) => {
    late = setTimeout(() => failed(new Error(`axe did not end on ${page.url()}`)), PATIENCE);
  });
  const violations = await Promise.race([page.evaluate(run), tooLate]).finally(() => clearTimeout(late));
  return violations.map(inWords);
}

/**
 * Runs in the page. Where scripts are off timers never ring, but promises are kept. Long timers
 * are axe's own time limits: they are left to ours.
 */
function ringAtOnce() {
  window.setTimeout = (act, delay = 0) => {
    if (delay < 50) Promise.resolve().then(act);
    return 0;
  };
}

/** Runs in the page. */
async function run() {
  // What is new in WCAG 2.2 is not asked for by itself.
  const rules = { 'target-size': { enabled: true } };
  const result = await window.axe.run(document, { resultTypes: ['violations'], rules });
  return result.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    places: nodes.map((node) => node.target.flat().join(' ')),
  }));
}

function inWords({ id, help, places }) {
  const more = places.length > 5 ? ` and ${places.length - 5} more` : '';
  return `axe ${id}: ${help}: ${places.slice(0, 5).join(' | ')}${more}`;
}
