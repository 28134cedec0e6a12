// What can be said of an answer without a browser.
import { load } from './tools.mjs';

const { SaxesParser } = load('saxes');

/** The faults of an answer: its status, its headers, and whether its body is what it says. */
export function faultsOf({ status, headers, kind, body }, expected, mayBeEmpty) {
  const faults = [...statusFaults(status, expected), ...headerFaults(headers, kind)];
  const isLookedAt = status < 300 && (body.length > 0 || !mayBeEmpty);
  const fault = isLookedAt ? bodyFault(kind, body) : undefined;
  return fault ? [...faults, fault] : faults;
}

function statusFaults(status, expected) {
  if (status >= 500) return [`answered ${status}`];
  const isRight = { fine: status < 400, refused: status >= 400, undefined: true }[expected] ?? status === expected;
  return isRight ? [] : [`answered ${status}, which is not ${expected}`];
}

function headerFaults(headers, kind) {
  const faults = [];
  const policy = headers.get('content-security-policy') ?? '';
  if (headers.get('x-content-type-options') !== 'nosniff') faults.push('has no nosniff');
  if (!kind.startsWith('text/html')) return faults;
  if (!/charset=utf-8/i.test(kind)) faults.push(`does not say that it is UTF-8: ${kind}`);
  if (!policy) faults.push('has no content security policy');
  if (policy.includes('unsafe-')) faults.push(`has a lax content security policy: ${policy}`);
  return faults;
}

/** Whether a body is whole: XML is well-formed, JSON is JSON, nothing is empty. */
export function bodyFault(kind, body) {
  if (!body.length) return 'is empty';
  const text = () => new TextDecoder('utf-8', { fatal: true }).decode(body);
  try {
    if (/[/+]json/.test(kind)) JSON.parse(text());
    else if (/[/+]xml/.test(kind)) new SaxesParser({ xmlns: true }).write(text()).close();
    else if (/^text\//.test(kind)) text();
  } catch (error) {
    return `is not what it says (${kind}): ${error.message.split('\n')[0].slice(0, 200)}`;
  }
  return undefined;
}
