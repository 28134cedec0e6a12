// Every HTML page that a script came across is kept and validated once, all at the end.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { load, settings } from './tools.mjs';

const folder = join(settings.out, 'html');
const SHOWN = 40;

/** Keeps a page's source for the validator; the same source is kept once. */
export function keep(source, from) {
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256').update(withoutWhatChanges(source)).digest('hex').slice(0, 20);
  const file = join(folder, `${name}.html`);
  if (existsSync(file)) return;
  writeFileSync(file, source);
  writeFileSync(join(folder, `${name}.from`), from);
}

/** Two pages that differ only in digits are the same to a validator. */
function withoutWhatChanges(source) {
  return source.toString('utf8').replace(/\d+/g, '0');
}

/** Runs the Nu HTML checker over all that was kept. */
export function validateAll() {
  const kept = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.html')) : [];
  if (!kept.length) {
    console.log('   No HTML was kept: nothing was walked.');
    return { passed: 0, failed: 1 };
  }
  const faults = complaints();
  const files = new Set(faults.map(({ file }) => file));
  console.log(`   ${kept.length} different HTML pages validated, ${files.size} with faults.`);
  for (const { file, what } of faults.slice(0, SHOWN)) console.log(`     - ${origin(file)}: ${what}`);
  if (faults.length > SHOWN) console.log(`     and ${faults.length - SHOWN} more.`);
  return { passed: kept.length - files.size, failed: files.size };
}

function complaints() {
  const jar = String(load('vnu-jar'));
  const words = ['-Xss2m', '-jar', jar, '--errors-only', '--skip-non-html', '--exit-zero-always'];
  const printed = execFileSync('java', [...words, '--format', 'json', '--stdout', folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(printed).messages.map(({ url, message, lastLine, extract }) => ({
    file: basename(url ?? 'the validator itself'),
    what: `${message} (line ${lastLine}: ${(extract ?? '').trim().replace(/\s+/g, ' ').slice(0, 100)})`,
  }));
}

function origin(file) {
  const note = join(folder, file.replace(/\.html$/, '.from'));
  return existsSync(note) ? readFileSync(note, 'utf8') : file;
}
