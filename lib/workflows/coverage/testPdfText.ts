import { inflateSync } from 'node:zlib';

/** What a test reads of a PDF of ours: how many pages it has, and the text on them in the order it was written. */
export type PdfText = { readonly pages: number; readonly text: string };

/** For tests: reads a PDF as pdfkit writes it (one object after the other, streams deflated, glyphs named by ToUnicode). */
export function readPdfText(bytes: Buffer): PdfText {
  const objects = objectsOf(bytes);
  const faces = new Map<string, ReadonlyMap<string, string>>();
  for (const { dictionary } of objects.values())
    for (const [, name = '', id = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.dictionary ?? '')?.[1];
      if (map !== undefined) faces.set(name, charactersOf(objects.get(map)?.stream ?? ''));
    }
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  const texts = pages.map(({ dictionary }) => {
    const content = /\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '';
    return written(objects.get(content)?.stream ?? '', faces);
  });
  return { pages: pages.length, text: texts.join('\f') };
}

type Part = { readonly dictionary: string; readonly stream: string };

function objectsOf(bytes: Buffer): ReadonlyMap<string, Part> {
  const text = bytes.toString('latin1');
  const objects = new Map<string, Part>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const [head, id = ''] = match;
    const start = match.index + head.length;
    const body = text.slice(start, text.indexOf('endobj', start));
    const at = body.indexOf('stream\n');
    const length = Number(/\/Length (\d+)/.exec(body)?.[1] ?? 0);
    const raw = at < 0 ? Buffer.alloc(0) : bytes.subarray(start + at + 7, start + at + 7 + length);
    const deflated = at >= 0 && body.slice(0, at).includes('/FlateDecode');
    objects.set(id, {
      dictionary: at < 0 ? body : body.slice(0, at),
      stream: (deflated ? inflateSync(raw) : raw).toString('latin1'),
    });
  }
  return objects;
}

/** From a ToUnicode map: glyph number in hex to its characters. */
function charactersOf(map: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  for (const [, first = '0', , list = ''] of map.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g))
    for (const [place, [, hex = '']] of [...list.matchAll(/<([\w ]+)>/g)].entries())
      characters.set(
        (Number.parseInt(first, 16) + place).toString(16).padStart(4, '0'),
        Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
  return characters;
}

function written(content: string, faces: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let face: ReadonlyMap<string, string> | undefined;
  let text = '';
  for (const [, name, glyphs] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) face = faces.get(name);
    else
      text += `${[...(glyphs ?? '').matchAll(/<(\w+)>/g)]
        .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
        .map((glyph) => face?.get(glyph) ?? '?')
        .join('')}\n`;
  }
  return text;
}
