// The words of a PDF that Chromium printed: its fonts say which glyph is which letter.
import { inflateSync } from 'node:zlib';

/** All text, a space where the pen moved. Spaces and line ends say little in a PDF: see `packed`. */
export function textOf(pdf) {
  const objects = objectsOf(pdf.toString('latin1'));
  const fonts = lettersOfFonts(objects);
  let text = '';
  for (const content of [...objects.values()].map(streamOf).filter((it) => it && /\bBT\b/.test(it))) {
    let letters = new Map();
    for (const [, font, glyphs, moved] of content.matchAll(/\/(F\d+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>|\b(Tm|Td|ET)\b/g)) {
      if (font) letters = fonts.get(font) ?? letters;
      if (glyphs) text += (glyphs.match(/.{4}/g) ?? []).map((it) => letters.get(it.toUpperCase()) ?? '').join('');
      if (moved) text += ' ';
    }
  }
  return text;
}

/** Text without any space, in which words can be looked for. */
export function packed(text) {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

function objectsOf(source) {
  const objects = new Map();
  for (const [, number, body] of source.matchAll(/(?:^|\n)(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) objects.set(number, body);
  return objects;
}

function streamOf(body) {
  const [head, stream] = body.split(/\bstream\r?\n/, 2);
  if (stream === undefined) return undefined;
  const bytes = Buffer.from(stream.replace(/\r?\n?endstream[\s\S]*$/, ''), 'latin1');
  if (!head.includes('FlateDecode')) return bytes.toString('latin1');
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    // A picture, or a stream with an end of its own.
    return undefined;
  }
}

/** For each name such as F4: which glyph stands for which letters. */
function lettersOfFonts(objects) {
  const fonts = new Map();
  for (const body of objects.values()) {
    for (const [, list] of body.matchAll(/\/Font\s*<<([\s\S]*?)>>/g)) {
      for (const [, font, number] of list.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number) ?? '')?.[1];
        fonts.set(font, lettersIn(map ? (streamOf(objects.get(map)) ?? '') : ''));
      }
    }
  }
  return fonts;
}

function lettersIn(map) {
  const letters = new Map();
  const word = (hex) => String.fromCharCode(...hex.match(/.{4}/g).map((it) => parseInt(it, 16)));
  const code = (number) => number.toString(16).toUpperCase().padStart(4, '0');
  for (const [, part] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, hex] of part.matchAll(/<(\w{4})> <(\w+)>/g)) letters.set(glyph.toUpperCase(), word(hex));
  }
  for (const [, part] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, hex] of part.matchAll(/<(\w{4})> <(\w{4})> <(\w{4})>/g)) {
      const [first, last, letter] = [from, to, hex].map((it) => parseInt(it, 16));
      for (let at = first; at <= last; at += 1) letters.set(code(at), String.fromCharCode(letter + at - first));
    }
  }
  return letters;
}
