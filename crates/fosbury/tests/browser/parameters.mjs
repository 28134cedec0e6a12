// What the walk needs to know about routes: values for parameters, and what to expect there.
//
// A route that has a parameter without a value here fails the walk.
import { Client } from './client.mjs';
import { filled, forms } from './markup.mjs';
import { tar } from './tar.mjs';

/** Values for parameters wherever they stand; the starter register has these records. */
export const values = {
  number: '7',
  slug: '7',
  seq: '1',
  tag: 'filters',
};

/**
 * Routes that need more than that, by their pattern:
 *   at:      the addresses to visit instead (a list, or a function of `given` that returns one)
 *   also:    addresses to visit as well
 *   status:  what is right there: a number or 'refused'; for one kind of reader `{ visitor: 403 }`
 *   empty:   true where an empty answer is right
 *   page:    false for a piece of HTML that no browser shows alone
 *   reading: false for a page that is worked with, where the 14 kB of a reading page do not bind
 */
export const routes = {
  '/accent.css': { empty: true },
  '/logo': { status: 404 },
  '/assets/{tag}/{name}': { at: assets },
  '/cy': { status: 404 },
  '/cy/{*rest}': { at: ['/cy/hurdles'], status: 404 },
  '/sign-in': { also: ['/sign-in?next=/hurdles/7'] },
  '/sign-in/{token}': { at: ['/sign-in/used-long-ago'], status: 'refused' },
  '/join/{token}': { at: ({ invitation }) => [invitation] },
  '/people/{id}': { at: ({ people }) => people },
  '/search': { also: ['/search?q=blocked+facebook', '/search?q=qqqqzzzz', '/search?q=sharing&kind=solution'] },
  '/search/suggest': { at: ['/search/suggest?q=blocked'], page: false },
  '/api/v1/search': { at: ['/api/v1/search?q=blocked'] },
  '/hurdles': { also: ['/hurdles?heading=policy'] },
  '/hurdles/freeing': { also: ['/hurdles/7/freeing'] },
  '/solutions': { also: ['/solutions?nobody=1&from=below'] },
  '/hurdles/{slug}/compare': { also: ['/hurdles/7/compare?from=1&to=2'] },
  '/desk/undo': { at: ({ people }) => people.map((one) => one.replace('/people/', '/desk/undo?person=')) },
  '/evidence': { also: ['/evidence?hurdle=7&strength=measured', '/evidence?kind=picture'] },
  '/hurdles/{slug}/edit': { also: ['/hurdles/7/edit?part=why'], reading: false },
  '/solutions/{slug}/edit': { reading: false },
  '/guides/{slug}/edit': { reading: false },
  '/evidence/{slug}/edit': { reading: false },
  '/evidence/{slug}/erase': { at: ['/evidence/7/erase?revision=1'] },
  '/sessions/{slug}/harvest': { at: ['/sessions/2/harvest'], status: { visitor: 'refused' }, reading: false },
  '/api/v1/sessions/{number}/harvest': { at: ['/api/v1/sessions/2/harvest'] },
  '/evidence/new': { also: ['/evidence/new?hurdles=7&points=for'] },
  '/hurdles/{slug}/erase': { at: ['/hurdles/7/erase?revision=1'] },
  '/solutions/{slug}/erase': { at: ['/solutions/7/erase?revision=1'] },
  '/guides/{slug}/erase': { at: ['/guides/7/erase?revision=1'] },
  '/cases': { also: ['/cases?outcome=worked&type=Borough', '/cases?tag=nothing'] },
  '/cases/{slug}/edit': { reading: false },
  '/cases/{slug}/erase': { at: ['/cases/7/erase?revision=1'] },
  '/cases/new': { also: ['/cases/new?trials=1'] },
  '/events/{slug}/edit': { reading: false },
  '/events/{slug}/erase': { at: ['/events/7/erase?revision=1'] },
  '/events/{slug}/sessions/new': { at: ['/events/7/sessions/new?day=2026-05-03&starts=10:00'], status: { visitor: 'refused' }, reading: false },
  '/write-ups/{slug}/edit': { reading: false },
  '/write-ups/{slug}/erase': { at: ['/write-ups/7/erase?revision=1'] },
  '/in/{token}': { at: ['/in/used-long-ago'], status: 'refused' },
  '/sessions/{slug}': { at: ['/sessions/1', '/sessions/2'], reading: false },
  '/sessions/{slug}/edit': { at: ['/sessions/1/edit'], status: { visitor: 'refused' } },
  '/sessions/{slug}/calendar.ics': { at: ['/sessions/1/calendar.ics'] },
  '/sessions/{slug}/lines': { at: ['/sessions/1/lines'] },
  '/sessions/{slug}/live': { at: ['/sessions/999/live'], status: 404 },
  '/sessions/{slug}/captures': { at: ['/sessions/3/captures'] },
  '/sessions/{slug}/lines/{line}/erase': { at: ({ line }) => [`/sessions/2/lines/${line}/erase`] },
  '/sessions/{slug}/discussion': { at: ['/sessions/1/discussion'] },
  '/sessions/{slug}/discussion.atom': { at: ['/sessions/1/discussion.atom'] },
  '/sessions/{slug}/flag': { at: ['/sessions/1/flag'] },
  '/api/v1/sessions/{number}/discussion': { at: ['/api/v1/sessions/1/discussion'] },
  '/how-it-went/{token}': { at: ['/how-it-went/used-long-ago'], status: 'refused' },
  '/letters/{token}': { at: ['/letters/ended-long-ago'], status: 'refused' },
  '/sessions/{slug}/actions/{number}': { at: ['/sessions/1/actions/1'], reading: false },
  '/api/v1/sessions/{number}/outcomes': { at: ['/api/v1/sessions/1/outcomes'] },
  '/api/v1/sessions/{number}': { at: ['/api/v1/sessions/1'] },
  '/api/v1/sessions/{number}/lines': { at: ['/api/v1/sessions/2/lines'] },
  '/organisations/{slug}': { at: ({ body }) => [`/organisations/${body}`] },
  '/api/v1/organisations/{slug}': { at: ({ body }) => [`/api/v1/organisations/${body}`] },
  '/said/{token}': { at: ({ said }) => [said] },
  '/organisations/{slug}/discussion': { at: ({ body }) => [`/organisations/${body}/discussion`] },
  '/organisations/{slug}/discussion.atom': { at: ({ body }) => [`/organisations/${body}/discussion.atom`] },
  '/organisations/{slug}/flag': { at: ({ body }) => [`/organisations/${body}/flag`] },
  '/api/v1/organisations/{slug}/discussion': { at: ({ body }) => [`/api/v1/organisations/${body}/discussion`] },
  '/trials/{number}/discussion': { at: ({ trial }) => [`${trial}/discussion`] },
  '/trials/{number}/discussion.atom': { at: ({ trial }) => [`${trial}/discussion.atom`] },
  '/trials/{number}/flag': { at: ({ trial }) => [`${trial}/flag`] },
  '/api/v1/trials/{number}/discussion': { at: ({ trial }) => [`/api/v1${trial}/discussion`] },
  '/organisations/{slug}/trials': { at: ({ body }) => [`/organisations/${body}/trials`] },
  '/organisations/{slug}/trials.atom': { at: ({ body }) => [`/organisations/${body}/trials.atom`] },
  '/organisations/{slug}/trials.csv': { at: ({ body }) => [`/organisations/${body}/trials.csv`] },
  '/organisations/{slug}/time': { at: ({ body }) => [`/organisations/${body}/time`] },
  '/organisations/{slug}/time.csv': { at: ({ body }) => [`/organisations/${body}/time.csv`] },
  '/api/v1/organisations/{slug}/time': { at: ({ body }) => [`/api/v1/organisations/${body}/time`] },
  '/api/v1/organisations/{slug}/trials': { at: ({ body }) => [`/api/v1/organisations/${body}/trials`] },
  '/organisations/{slug}/peers': { at: ({ body }) => [`/organisations/${body}/peers`] },
  '/organisations/{slug}/peers.csv': { at: ({ body }) => [`/organisations/${body}/peers.csv`] },
  '/organisations/{slug}/groups/new': { at: ({ body }) => [`/organisations/${body}/groups/new`], reading: false },
  '/api/v1/organisations/{slug}/peers': { at: ({ body }) => [`/api/v1/organisations/${body}/peers`] },
  '/groups/{number}': { at: ({ group }) => [group] },
  '/groups/{number}/edit': { at: ({ group }) => [`${group}/edit`, `${group}/edit?find=fern`], reading: false },
  '/groups/{number}/members.csv': { at: ({ group }) => [`${group}/members.csv`] },
  '/api/v1/groups/{number}': { at: ({ group }) => [`/api/v1${group}`] },
  '/trials/{number}': { at: ({ trial }) => [trial] },
  '/trials/{number}/history': { at: ({ trial }) => [`${trial}/history`] },
  '/trials/{number}/versions/{seq}': { at: ({ trial }) => [`${trial}/versions/1`, `${trial}/versions/2`] },
  '/trials/{number}/edit': { at: ({ trial }) => [`${trial}/edit`], reading: false },
  '/hurdles/{slug}/trials/new': { reading: false },
  '/api/v1/trials/{number}/evidence': { at: ({ trial }) => [`/api/v1${trial}/evidence`] },
  '/api/v1/trials/{number}': { at: ({ trial }) => [`/api/v1${trial}`] },
  '/sightings/{id}': { at: ({ sighting }) => [sighting], reading: false },
  '/follow-up/{token}': { at: ['/follow-up/used-long-ago'], status: 'refused' },
  '/doku.php': { at: ['/doku.php?id=start'] },
  '/lib/exe/fetch.php': { at: ['/lib/exe/fetch.php?media=none.png'], status: 404 },
  '/lib/exe/detail.php': { at: ['/lib/exe/detail.php?media=none.png'], status: 404 },
  '/_media/{*file}': { at: ['/_media/none.png'], status: 404 },
  '/index.php': { at: ['/index.php?title=None'], status: 404 },
  '/w/index.php': { at: ['/w/index.php?title=None'], status: 404 },
  '/wiki/{*page}': { at: ['/wiki/None'], status: 404 },
  '/guides/from-elsewhere': { reading: false },
  '/place/wikis/{number}': { at: ['/place/wikis/1'], reading: false },
  '/comments/{number}': { at: ({ comment }) => [`/comments/${comment}`] },
  '/comments/{number}/edit': { at: ({ comment }) => [`/comments/${comment}/edit`] },
  '/attachments/{number}/{name}': { at: ({ file }) => [file] },
  '/attachments/{number}/erase': { at: ({ file }) => [`/attachments/${file.split('/')[2]}/erase`] },
};

/** A grey picture, 16 by 10. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAKCAAAAACY1YFAAAAAHElEQVR42mMQERUTl5CUkpaRlZNXUFRSZhisAgConRExI8L9GAAAAABJRU5ErkJggg==';

/** Makes what the starter register has none of, before the walk begins, as the owner. */
export async function prepare(given) {
  const people = await given.owner.get('/people');
  given.people = [...new Set(people.text.match(/\/people\/[0-9a-f-]{20,}/g) ?? [])];
  const form = forms(people.text).find(({ action }) => action.endsWith('/people/invitations'));
  if (!form) throw new Error('the page of people has no form to invite somebody');
  for (const field of form.fields) if (field.name === 'address') field.value = 'bryn@example.org';
  const invited = await given.owner.post(form.action, filled(form));
  given.invitation = /\/join\/[\w-]+/.exec(invited.text)?.[0] ?? 'no link after inviting somebody';
  given.body = await aBody(given.owner);
  given.comment = /comment-(\d+)/.exec(await moved(given.owner, '/hurdles/7/said', { what: 'comment', words: 'For the walk.' }))[1];
  const visitor = new Client(given.base);
  given.said = await moved(visitor, '/hurdles/7/said', { what: 'way', words: 'We asked the caretaker.', name: 'Bryn' });
  given.file = await aFile(given.owner, '/hurdles/7');
  const told = { solution: '0', body: 'FER', outcome: 'worked', learned: 'For the walk.' };
  await aLook(given.owner);
  await twoWikis(given.owner);
  given.trial = /\/trials\/\d+/.exec(await moved(given.owner, '/hurdles/7/trials', told))[0];
  await moved(given.owner, `${given.trial}/said`, { what: 'comment', words: 'For the walk.' });
  await moved(given.owner, `/organisations/${given.body}/said`, { what: 'help', words: 'For the walk.' });
  await moved(given.owner, given.trial, { ...told, base: '1', learned: 'For the walk, and back.', cost: 'Nothing' });
  for (let n = 1; n <= 7; n += 1) await moved(given.owner, '/evidence', someEvidence(n, given.trial));
  for (const kind of ['hurdles', 'solutions', 'guides', 'evidence']) await secondRevision(given.owner, kind);
  const group = { name: 'Those we walk with', why: 'For the walk.' };
  given.group = /\/groups\/\d+/.exec(await moved(given.owner, `/organisations/${given.body}/groups`, group))[0];
  given.sighting = await moved(visitor, '/hurdles/7/sightings', {});
  await sevenCases(given);
  await sevenEvents(given);
}

/** Sends a form and tells where it led. */
async function moved(client, path, fields) {
  const answer = await client.post(path, new URLSearchParams(fields));
  if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
  return answer.location;
}

function someEvidence(n, trial) {
  const strength = ['told', 'observed', 'measured', 'compared', 'repeated'][n % 5];
  const about = { hurdles: '7', solutions: '7', trials: trial.split('/')[2] };
  const told = { title: `Counted ${n} times`, source: 'A team', link: 'https://example.org/', date: '2025-03', quote: 'Half a day a week.' };
  return { kind: 'recording', strength, points: 'for', ...told, ...about, says: `For the walk, ${n}.`, another: '1' };
}

async function aBody(owner) {
  const fields = { name: 'Fernley Borough Council', 'short-name': 'Fernley', code: 'FER', kind: 'Borough', nation: 'Northshire' };
  const address = await moved(owner, '/organisations', fields);
  return /\/organisations\/([\w-]+)/.exec(address)[1];
}

/** Seven events, the last with three sessions: one open, one locked, one without notes; seven write-ups. */
async function sevenEvents(given) {
  const { owner } = given;
  const event = { first: '2026-05-03', place: 'The hall', introduction: 'For the walk.', young: 'no', tags: 'walking' };
  for (let number = 1; number <= 7; number += 1) await moved(owner, '/events', { ...event, title: `Event ${number} of the walk` });
  await secondRevision(owner, 'events');
  for (const title of ['Open', 'Locked', 'Without notes']) {
    await moved(owner, '/events/7/sessions', { title, day: '2026-05-03', starts: '10:00', room: title });
  }
  for (const session of [1, 2]) await moved(owner, `/sessions/${session}/lines`, { text: 'One line.\nAnother.', where: 'own' });
  await moved(owner, '/sessions/1/tips', { tip: 'Ask who said no.' });
  await moved(owner, '/sessions/1/outcomes', { outcome: 'Nobody had asked.', page: '/hurdles/7' });
  await moved(owner, '/sessions/1/said', { what: 'comment', words: 'Did anybody ask?' });
  await moved(owner, '/sessions/1/actions', { doing: 'Ask the security team', owner: 'Kit', due: '2026-05-09' });
  await moved(owner, '/sessions/2/locks', {});
  const { results } = JSON.parse((await owner.get('/api/v1/sessions/2/lines')).text);
  given.line = results[0].id;
  for (let number = 2; number <= 7; number += 1) await moved(owner, '/write-ups', { title: `Write-up ${number} of the walk`, text: 'For the walk.' });
  await secondRevision(owner, 'write-ups');
}

/** The starter register tells no stories; the walk visits the seventh of each kind. */
async function sevenCases({ owner, trial }) {
  const told = { sentence: 'For the walk.', trials: trial.split('/')[2], did: 'We asked.', result: 'Open', tags: 'walking' };
  for (let number = 1; number <= 7; number += 1) await moved(owner, '/cases', { ...told, title: `Case ${number} of the walk` });
  await secondRevision(owner, 'cases');
  await aFile(owner, '/cases/7');
}

/** A look that its owner looks at and has not kept: the walk sees everything in today's. */
async function aLook(owner) {
  const form = new FormData();
  const chosen = { name: 'Northshire', accent: '#0b7a75', introduction: 'For the walk.', 'word-hurdle': 'barrier' };
  for (const [field, value] of Object.entries(chosen)) form.set(field, value);
  form.set('logo', new Blob([Buffer.from(PICTURE, 'base64')], { type: 'image/png' }), 'grey.png');
  const answer = await owner.send('/place/look/previews', { method: 'POST', headers: { origin: owner.base }, body: form });
  if (answer.status !== 303) throw new Error(`looking at a look answered ${answer.status}`);
}

/** A wiki that came, and another that was sent and waits. */
async function twoWikis(owner) {
  await aWiki(owner, { 'data/pages/start.txt': '====== Northshire notes ======\n\nSee [[nobody wrote]] and <html>this</html>.' });
  await moved(owner, '/place/wikis', { licence: 'CC BY 4.0' });
  for (let tries = 0; tries < 200; tries += 1) {
    const page = await owner.get('/place/wikis/1');
    if (page.status === 200 && page.text.includes('It came')) break;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  await aWiki(owner, { 'data/pages/fern.txt': '====== Fernley notes ======\n\n<note>For the walk.</note>' });
}

async function aWiki(owner, files) {
  const form = new FormData();
  form.set('archive', new Blob([tar(files)]), 'northshire.tar');
  const answer = await owner.send('/place/wikis/previews', { method: 'POST', headers: { origin: owner.base }, body: form });
  if (answer.status !== 303) throw new Error(`sending a wiki answered ${answer.status}`);
}

async function aFile(owner, page) {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(PICTURE, 'base64')], { type: 'image/png' }), 'grey.png');
  form.set('alt', 'A grey picture');
  const answer = await owner.send(`${page}/attachments`, { method: 'POST', headers: { origin: owner.base }, body: form });
  if (answer.status !== 303) throw new Error(`bringing a file answered ${answer.status}`);
  const list = await owner.get(`${page}/attachments`);
  return /href="(\/attachments\/\d+\/[^"]+)"/.exec(list.text)[1];
}

async function secondRevision(owner, kind) {
  const page = await owner.get(`/${kind}/7/edit`);
  const form = forms(page.text).find(({ action }) => action.endsWith('/revisions'));
  if (!form) throw new Error(`/${kind}/7/edit shows no form to save (${page.status})`);
  const text = form.fields.find((field) => field.kind === 'textarea');
  text.value += '\n\nA second revision, for the walk.';
  const answer = await owner.post(form.action, filled(form));
  if (answer.status !== 303) throw new Error(`saving ${form.action} answered ${answer.status}`);
}

async function assets({ owner }) {
  const front = await owner.get('/');
  return [...new Set(front.text.match(/\/assets\/[\w/.-]+/g) ?? [])];
}
