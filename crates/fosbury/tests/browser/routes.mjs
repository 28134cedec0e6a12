// The routes as the program prints them, turned into addresses.
import { execFileSync } from 'node:child_process';

import * as parameters from './parameters.mjs';

/** Every GET route: `{ pattern, access }`. */
export function readable(program) {
  const printed = execFileSync(program, ['routes'], { encoding: 'utf8' });
  const lines = printed.split('\n').filter(Boolean);
  const routes = lines.map((line) => line.split('\t').map((part) => part.trim()));
  const found = routes.filter(([method]) => method === 'GET').map(([, pattern, access]) => ({ pattern, access }));
  if (!found.length) throw new Error(`“fosbury routes” printed no GET route: ${printed.slice(0, 200)}`);
  return found;
}

/** Every address to visit, with what parameters.mjs says of its route; the rest are faults. */
export async function addresses(given, noteFault) {
  const all = [];
  const patterns = new Set();
  for (const { pattern, access } of readable(given.program)) {
    patterns.add(pattern);
    const known = parameters.routes[pattern] ?? {};
    const at = await places(given, pattern, known, noteFault);
    for (const address of [...at, ...(known.also ?? [])]) {
      const { status, empty = false, page = true, reading = true } = known;
      all.push({ pattern, access, address, status, empty, page, reading });
    }
  }
  for (const pattern of Object.keys(parameters.routes)) {
    if (!patterns.has(pattern)) noteFault(`parameters.mjs knows ${pattern}, which is no route`);
  }
  return all;
}

async function places(given, pattern, known, noteFault) {
  if (typeof known.at === 'function') return known.at(given);
  if (known.at) return known.at;
  const missing = [];
  const address = pattern.replace(/\{\*?(\w+)\}/g, (_, name) => parameters.values[name] ?? missing.push(name));
  if (!missing.length) return [address];
  noteFault(`the route ${pattern} has no entry in parameters.mjs for ${missing.length} of its parameters`);
  return [];
}

/** The status that is right for this kind of reader, or undefined where any below 500 is. */
export function expected({ status, access }, reader) {
  const said = typeof status === 'object' ? status[reader] : status;
  if (said) return said;
  const mayRead = reader === 'owner' || /^(anyone|everybody|visitor|public)$/i.test(access ?? '');
  return mayRead ? 'fine' : undefined;
}
