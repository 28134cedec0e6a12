// Looking at every answer: nothing breaks, nothing that somebody typed can run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from './client.mjs';
import { bodyFault } from './content.mjs';
import { dangers } from './markup.mjs';
import { server, settings } from './tools.mjs';

const SHOWN = 40;

/** Asks, looks at every answer, counts, and remembers each different fault. */
export class Looking {
  constructor() {
    this.client = new Client(server().base);
    this.faults = new Map();
    this.counts = { requests: 0, saved: 0, refused: 0, letterForLetter: 0 };
  }

  /** Notes a fault; the same fault is told once, with its first example. */
  fault(where, what, example = '') {
    const key = `${where}: ${what}`;
    const known = this.faults.get(key) ?? { times: 0, example };
    known.times += 1;
    this.faults.set(key, known);
  }

  /** Looks at an answer of any kind. */
  look(where, answer) {
    this.counts.requests += 1;
    if (answer.status >= 500) this.fault(where, `answered ${answer.status}`);
    if (answer.kind.startsWith('text/html')) {
      for (const danger of new Set(dangers(answer.text))) this.fault(where, `shows ${danger}`);
    }
    const broken = answer.status < 300 && answer.body.length ? bodyFault(answer.kind, answer.body) : undefined;
    if (broken) this.fault(where, broken);
    return answer;
  }

  async get(path) {
    return this.look(`GET ${nameOf(path)}`, await this.client.get(path));
  }

  /** Says what was found and writes the report. */
  tell() {
    const { requests, saved: kept, refused, letterForLetter } = this.counts;
    console.log(`   ${requests} answers looked at; ${kept} submissions saved, ${refused} refused with a sentence;`);
    console.log(`   ${letterForLetter} came back letter for letter into the form.`);
    const faults = [...this.faults].map(([what, { times, example }]) => {
      const often = times > 1 ? ` (${times} times)` : '';
      return `${what}${often}${example ? `, for example ${example}` : ''}`;
    });
    for (const fault of faults.slice(0, SHOWN)) console.log(`     - ${fault}`);
    if (faults.length > SHOWN) console.log(`     and ${faults.length - SHOWN} more.`);
    mkdirSync(settings.out, { recursive: true });
    writeFileSync(join(settings.out, 'report.txt'), `${faults.length ? 0 : 1} passed, ${faults.length} failed\n`);
    process.exitCode = faults.length ? 1 : 0;
  }
}

/** Addresses that differ in their numbers alone are one. */
export function nameOf(address) {
  const [path] = address.replace(/^https?:\/\/[^/]+/, '').split('?');
  return path.split('/').map((part) => (/^\d|^[0-9a-f-]{16,}$|%/.test(part) ? '…' : part)).join('/').slice(0, 80);
}

/** What may rightly change on the way: line ends, controls, spaces at the edges. */
export function plain(text) {
  const visible = (text ?? '').replace(/\r\n?/g, '\n').replace(/\p{Cc}/gu, (it) => (it === '\n' || it === '\t' ? it : ''));
  return visible.normalize('NFC').trim();
}

/** Whether the field shows what was sent: a text every letter, a line (which may be tidied) every word. */
export function isKept({ kind, value }, sent) {
  if (plain(value) === plain(sent)) return true;
  const words = (text) => new Set(plain(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const shown = words(value);
  return kind !== 'textarea' && [...words(sent)].every((word) => shown.has(word));
}
