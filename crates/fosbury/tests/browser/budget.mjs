// What a page may weigh and how narrow it must go.

const FIRST_VIEW_BYTES = 60_000;
const REQUESTS = 8;
const HTML_BYTES = 14_000;
const NARROWEST = 320;
const SETTLING_MS = 100;

/** Opens the address with an empty cache and says what is over the budget. */
export async function firstView(page, address, isReading) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const seen = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (request.url.startsWith('http')) seen.set(requestId, { url: request.url, type, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (seen.has(requestId)) seen.get(requestId).bytes = encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'load' });
  // What a page's own scripts ask for comes after that.
  await page.waitForTimeout(SETTLING_MS);
  return overBudget([...seen.values()], isReading);
}

function overBudget(requests, isReading) {
  const faults = [];
  const total = requests.reduce((sum, { bytes }) => sum + bytes, 0);
  const html = requests.filter(({ type }) => type === 'Document').reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > FIRST_VIEW_BYTES) faults.push(`${total} bytes travel, ${FIRST_VIEW_BYTES} may`);
  if (requests.length > REQUESTS) faults.push(`${requests.length} requests, ${REQUESTS} may be`);
  if (isReading && html > HTML_BYTES) faults.push(`${html} bytes of HTML travel, ${HTML_BYTES} may`);
  return faults;
}

/** Makes the window as narrow as a page must go and says what sticks out. */
export async function scrollsSideways(page, { width }) {
  const { height } = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height });
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const out = [...document.body.querySelectorAll('*')].find((it) => it.getBoundingClientRect().right > clientWidth + 1);
    const name = out ? `${out.localName}${out.className ? `.${out.className}` : ''}` : 'something';
    return `${scrollWidth} px wide: ${name}`;
  });
  await page.setViewportSize({ width, height });
  return wide ? [`scrolls sideways at ${NARROWEST} px: ${wide}`] : [];
}
