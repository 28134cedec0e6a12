// What must never happen on any page of any script.
import { keep } from './html.mjs';

/** Watches all pages of a browser: console, requests, answers; keeps the HTML it is served. */
export function watch(context, journey) {
  const { base } = journey.server;
  context.on('console', (message) => {
    if (message.type() !== 'error' || isAnswerToNavigation(message) || isCutOff(message)) return;
    const where = `${path(message.page()?.url())} (${path(message.location().url)})`;
    journey.problem(`console error on ${where}: ${message.text()}`);
  });
  context.on('weberror', (error) => {
    journey.problem(`script error on ${path(error.page()?.url())}: ${error.error().message}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== new URL(base).origin) {
      journey.problem(`a request to another host: ${url.href}`);
    }
  });
  context.on('response', (response) => {
    if (response.status() >= 500) {
      journey.problem(`${response.request().method()} ${path(response.url())} answered ${response.status()}`);
    }
    remember(journey, keepSource(response));
  });
}

/** Chromium logs a page answered by 404 or 422 as an error; such pages are ours and meant. */
function isAnswerToNavigation(message) {
  const aboutStatus = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
  return aboutStatus && message.location().url === message.page()?.url();
}

/** A journey takes the network away; the page is meant to live with it. */
function isCutOff(message) {
  return message.text() === 'Failed to load resource: net::ERR_INTERNET_DISCONNECTED';
}

async function keepSource(response) {
  const isPage = response.request().isNavigationRequest() && response.status() !== 304;
  const kind = response.headers()['content-type'] ?? '';
  if (!isPage || !kind.startsWith('text/html') || response.status() >= 300 && response.status() < 400) return;
  // A page left at once has no body any more: it will be met again.
  const source = await response.body().catch(() => undefined);
  if (source) keep(source, `${response.request().method()} ${path(response.url())} (${response.status()})`);
}

function remember(journey, promise) {
  journey.pending.add(promise);
  promise.finally(() => journey.pending.delete(promise));
}

function path(url) {
  return url ? url.replace(/^https?:\/\/[^/]+/, '') : 'a page';
}
