// What a script is given: pages that are watched, and ways to look at them.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { findings, withoutScripts } from './axe.mjs';
import { keep } from './html.mjs';
import { Mailbox } from './mail.mjs';
import { signInAsOwner } from './signing-in.mjs';
import { server, settings } from './tools.mjs';
import { watch } from './watch.mjs';

const PATIENCE = 15_000;

export class Journey {
  constructor(browser, name) {
    this.browser = browser;
    this.name = name;
    this.server = server();
    this.problems = [];
    this.checks = 0;
    this.contexts = [];
    this.pending = new Set();
  }

  /** The object that `run` receives. */
  given() {
    const bound = (verb) => this[verb].bind(this);
    return {
      ...this.server,
      browser: this.browser,
      assert,
      newContext: bound('newContext'),
      newPage: bound('newPage'),
      noScripts: (how = {}) => this.newPage({ ...how, scripts: false }),
      asOwner: bound('asOwner'),
      axe: bound('axe'),
      html: bound('html'),
      shot: bound('shot'),
      mailbox: bound('mailbox'),
      problem: bound('problem'),
      check: bound('check'),
    };
  }

  /** Notes a fault and goes on; the script fails at its end. */
  problem(what) {
    const text = String(what);
    if (!this.problems.includes(text)) this.problems.push(text);
  }

  /** Counts something looked at; the faults found are noted. */
  check(what, faults) {
    if (!faults.length) this.checks += 1;
    for (const fault of faults) this.problem(`${what}: ${fault}`);
  }

  /** A browser of its own: `{ width, height, scripts, signedIn, options }`. */
  async newContext({ width = 1280, height = 900, scripts = true, signedIn, options = {} } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.server.base,
      viewport: { width, height },
      javaScriptEnabled: scripts,
      storageState: signedIn,
      locale: 'en-GB',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    if (!scripts) withoutScripts.add(context);
    watch(context, this);
    this.contexts.push(context);
    return context;
  }

  /** A page in a browser of its own. */
  async newPage(how) {
    const context = await this.newContext(how);
    return context.newPage();
  }

  /** A page in a browser where the owner has signed in; the link is used once and remembered. */
  async asOwner(how = {}) {
    this.owner ??= signInAsOwner(this);
    return this.newPage({ ...how, signedIn: await this.owner });
  }

  /** Fails when axe finds anything. */
  async axe(page) {
    const path = new URL(page.url()).pathname;
    this.check(path, await findings(page));
  }

  /** Keeps the page as it stands after scripts; what is served is kept by itself. */
  async html(page) {
    keep(await page.content(), `${page.url()} as it stands in “${this.name}”`);
  }

  /** Pictures at 1280 and 360 px into FOSBURY_OUT. */
  async shot(page, name) {
    mkdirSync(settings.out, { recursive: true });
    const before = page.viewportSize();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(settings.out, `${name}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize(before);
  }

  /** The letters that the server sends, where the script says `// mail: yes`. */
  async mailbox() {
    this.letters ??= await Mailbox.open(this.server.mailPort);
    return this.letters;
  }

  /** A picture for whoever mends it. */
  async shotOfLastPage() {
    const pages = this.contexts.flatMap((context) => context.pages());
    const file = `failed-${this.name.replace(/\W+/g, '-')}.png`;
    const picture = { path: join(settings.out, file), fullPage: true };
    await pages.at(-1)?.screenshot(picture).catch(() => {});
  }

  /** Waits for what is still on its way and closes everything. */
  async end() {
    await Promise.allSettled([...this.pending]);
    for (const context of this.contexts) await context.close();
    await this.letters?.close();
  }

  counted() {
    return this.checks ? `, ${this.checks} checks held` : '';
  }
}
