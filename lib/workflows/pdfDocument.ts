import path from 'node:path';
import PDFDocument from 'pdfkit';
import { plainText } from './exports/plainText';

/** As the screens are set; the product's folder is the working directory, as the launcher makes it. */
const FONTS = 'node_modules/geist/dist/fonts';
const FACES = {
  regular: 'geist-sans/Geist-Regular.ttf',
  strong: 'geist-sans/Geist-SemiBold.ttf',
  mono: 'geist-mono/GeistMono-Regular.ttf',
} as const;

/** A face that every document of ours has under this name. */
export type Face = keyof typeof FACES;
/** Inks: for what is read, and for what is beside it. */
export const BLACK = '#1b1f24';
export const GREY = '#58606a';

/** An A4 document with our faces. `madeAt` is the only time in it: the same content makes the same bytes. */
export function createPdf(
  about: { readonly title: string; readonly madeAt: Date },
  margins: PDFKit.PDFDocumentOptions['margins'],
): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    ...(margins === undefined ? {} : { margins }),
    font: path.join(process.cwd(), FONTS, FACES.regular),
    lang: 'en',
    displayTitle: true,
    info: {
      Title: plainText(about.title),
      Producer: 'Sequela',
      Creator: 'Sequela',
      CreationDate: about.madeAt,
      ModDate: about.madeAt,
    },
  });
  for (const [face, file] of Object.entries(FACES))
    document.registerFont(face, path.join(process.cwd(), FONTS, file));
  return document;
}

/**
 * Text as the document's current font can show it: what telemetry could mislead with is written out, and so is every
 * character that the font has no shape for, as `[U+4E2D]`.
 */
export function shapedText(document: PDFKit.PDFDocument, text: string): string {
  // Not in pdfkit's types: the fontkit font behind the current one.
  const font = (document as unknown as { _font?: { font?: Shapes } })._font?.font;
  return Array.from(plainText(text), (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (font?.hasGlyphForCodePoint?.(point) !== false) return character;
    return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}

type Shapes = { readonly hasGlyphForCodePoint?: (point: number) => boolean };
