// Reading HTML as a browser's tokeniser would, far enough for forms and for what must not be there.

const TAG = /<(\/?)([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[\s\S]*?-->|<![^>]*>/g;
const ATTRIBUTE = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
const RAW = /^(script|style|textarea|title)$/;
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Every start tag in order: `{ name, attributes, text }`; `text` is what follows up to the next tag. */
export function tags(html) {
  const found = [];
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match; match = TAG.exec(html)) {
    const [whole, slash, name = ''] = match;
    if (!name) continue;
    const tag = { name: name.toLowerCase(), closes: slash === '/', attributes: attributes(match[3]), text: '' };
    const end = match.index + whole.length;
    if (!tag.closes && RAW.test(tag.name)) {
      const close = html.toLowerCase().indexOf(`</${tag.name}`, end);
      tag.text = html.slice(end, close < 0 ? undefined : close);
      if (close >= 0) TAG.lastIndex = close;
    } else {
      const next = html.indexOf('<', end);
      tag.text = html.slice(end, next < 0 ? undefined : next);
    }
    found.push(tag);
  }
  return found;
}

/** Every form: `{ action, method, fields: [{ name, kind, value, isWrong }] }`. */
export function forms(html) {
  const all = [];
  let form;
  let choice;
  for (const tag of tags(html)) {
    const { name, attributes: said } = tag;
    if (name === 'form') {
      form = tag.closes ? undefined : { action: said.action ?? '', method: (said.method ?? 'get').toLowerCase(), fields: [] };
      if (form) all.push(form);
    } else if (form && !tag.closes && (name === 'input' || name === 'button' || name === 'textarea')) {
      form.fields.push(field(tag));
    } else if (form && name === 'select') {
      const isWrong = said['aria-invalid'] === 'true';
      choice = tag.closes ? undefined : { name: said.name, kind: 'select', value: undefined, isWrong, options: [] };
      if (choice) form.fields.push(choice);
    } else if (choice && name === 'option' && !tag.closes) {
      const value = said.value ?? decoded(tag.text.trim());
      choice.options.push(value);
      if (choice.value === undefined || 'selected' in said) choice.value = value;
    }
  }
  return all;
}

/** What a browser would send: names and values, with the first named button pressed. */
export function filled(form, button) {
  const sent = new URLSearchParams();
  for (const { name, kind, value, isOn } of form.fields) {
    const isSent = name && !['button', 'submit', 'reset', 'image', 'file'].includes(kind) && isOn !== false;
    if (isSent) sent.append(name, value ?? '');
  }
  const pressed = button ?? form.fields.find(({ name, kind }) => name && (kind === 'button' || kind === 'submit'));
  if (pressed) sent.append(pressed.name, pressed.value ?? '');
  return sent;
}

/** Whether a person types freely here. */
export function isTyped({ name, kind }) {
  return Boolean(name) && ['text', 'textarea', 'email', 'search', 'url', 'tel', 'number', 'password'].includes(kind);
}

function field({ name: tag, attributes: said, text }) {
  const isWrong = said['aria-invalid'] === 'true';
  if (tag === 'textarea') return { name: said.name, kind: 'textarea', value: decoded(text.replace(/^\r?\n/, '')), isWrong };
  const kind = tag === 'button' ? 'button' : (said.type ?? 'text').toLowerCase();
  const isOn = kind === 'checkbox' || kind === 'radio' ? 'checked' in said : undefined;
  return { name: said.name, kind, value: said.value ?? (isOn === undefined ? '' : 'on'), isWrong, isOn };
}

function attributes(text) {
  const found = {};
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    found[name.toLowerCase()] ??= decoded(double ?? single ?? bare ?? '');
  }
  return found;
}

/** Character references as a browser reads them, of the kinds that we write. */
export function decoded(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number));
  });
}

const FORBIDDEN = /^(iframe|object|embed|base|frame|frameset|applet|marquee|math|template|portal)$/;
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'xlink:href', 'poster', 'cite', 'srcset', 'data', 'background'];

/** Anything in a page that could run or load what a person typed. */
export function dangers(html) {
  const found = [];
  for (const { name, attributes: said, closes, text } of tags(html)) {
    if (closes) continue;
    if (FORBIDDEN.test(name)) found.push(`a <${name}>`);
    if (name === 'script' && !(said.src ?? '').startsWith('/assets/')) found.push(`a script: ${(said.src ?? text).slice(0, 60)}`);
    if (name === 'style') found.push('a <style>');
    if (name === 'meta' && 'http-equiv' in said) found.push('a <meta http-equiv>');
    for (const [attribute, value] of Object.entries(said)) {
      if (/^on/.test(attribute) || attribute === 'style' || attribute === 'srcdoc') found.push(`${attribute}= on <${name}>`);
      if (ADDRESSES.includes(attribute) && isLively(value)) found.push(`${attribute}="${value.slice(0, 60)}" on <${name}>`);
    }
  }
  return found;
}

/** Browsers drop tabs, line ends and leading controls before they read a scheme. */
function isLively(address) {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address.replace(/[\u0000-\u0020]/g, ''))?.[1].toLowerCase();
  return scheme !== undefined && !['http', 'https', 'mailto'].includes(scheme);
}
