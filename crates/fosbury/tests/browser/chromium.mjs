// The browser: Debian's Chromium, speaking to nobody but the server under test.
import { load, settings } from './tools.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launch() {
  const { chromium } = load('playwright-core');
  return chromium.launch({ executablePath: settings.chromium, args: FLAGS, headless: true });
}
