// The packages of package.json, which `cargo xtask` installs outside the source.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What the harness that started us says, in one place. */
export const settings = {
  tools: said('FOSBURY_TOOLS', 'the folder where npm ci was run'),
  out: said('FOSBURY_OUT', 'the folder for reports, pages and pictures'),
  chromium: process.env.FOSBURY_CHROMIUM ?? '/usr/bin/chromium',
  database: process.env.FOSBURY_DATABASE_KIND ?? 'a database',
};

/** Loads a package that was installed for the tests. */
export const load = createRequire(join(settings.tools, 'package.json'));

/** Where the server under test is, and what it printed at its start. */
export function server() {
  return {
    base: said('FOSBURY_BASE', 'the address of the running server'),
    ownerLink: said('FOSBURY_OWNER_LINK', 'the one-time link it printed'),
    program: said('FOSBURY_PROGRAM', 'the file of the program'),
    config: process.env.FOSBURY_CONFIG,
    mailPort: Number(process.env.FOSBURY_MAIL_PORT ?? 0),
  };
}

function said(name, what) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ${what}. These scripts are started by cargo xtask.`);
  return value;
}
