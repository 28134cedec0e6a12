// node run.mjs [SCRIPT…]   drives the running server with these scripts, or with all journeys
// node run.mjs --validate  checks all HTML that the scripts came across, at once
//
// Started by `cargo xtask test`; writes `N passed, N failed` to report.txt in FOSBURY_OUT.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { launch } from './chromium.mjs';
import { validateAll } from './html.mjs';
import { Journey } from './journey.mjs';
import { settings } from './tools.mjs';

const MINUTES = 2;
const here = dirname(fileURLToPath(import.meta.url));

async function main(words) {
  mkdirSync(settings.out, { recursive: true });
  const tally = words[0] === '--validate' ? validateAll() : await travel(words.map((at) => resolve(at)));
  writeFileSync(join(settings.out, 'report.txt'), `${tally.passed} passed, ${tally.failed} failed\n`);
  process.exitCode = tally.failed ? 1 : 0;
}

async function travel(named) {
  const all = () => readdirSync(join(here, 'journeys')).filter((file) => file.endsWith('.mjs')).sort();
  const scripts = named.length ? named : all().map((file) => join(here, 'journeys', file));
  const browser = await launch();
  const tally = { passed: 0, failed: 0 };
  try {
    for (const script of scripts) {
      const ended = await one(browser, script);
      tally.passed += ended.passed;
      tally.failed += ended.failed;
    }
  } finally {
    await browser.close();
  }
  return tally;
}

/** A script that hangs is a script that fails. */
async function inTime(travelling, minutes) {
  let late;
  const tooLate = new Promise((_, failed) => {
    late = setTimeout(() => failed(new Error(`not done in ${minutes} minutes`)), minutes * 60_000);
  });
  await Promise.race([travelling, tooLate]).finally(() => clearTimeout(late));
}

/** Runs one script, and says how it went. */
async function one(browser, file) {
  const began = Date.now();
  const script = await import(pathToFileURL(file).href);
  const journey = new Journey(browser, script.name);
  try {
    await inTime(script.run(journey.given()), script.minutes ?? MINUTES);
  } catch (error) {
    journey.problem(error.stack ?? String(error));
    await journey.shotOfLastPage();
  }
  await journey.end();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const { problems } = journey;
  const how = problems.length ? `FAILED with ${problems.length} findings` : 'passed';
  console.log(`   ${script.name}, on ${settings.database}: ${how} in ${seconds} s${journey.counted()}`);
  for (const problem of problems) console.log(`     - ${problem.replaceAll('\n', '\n       ')}`);
  return { passed: journey.checks + (problems.length ? 0 : 1), failed: problems.length };
}

await main(process.argv.slice(2));
// A script that hung may still hold something open.
process.exit();
