import path from 'node:path';
import PDFDocument from 'pdfkit';
import { plainText } from '../exports/plainText';
import type { Block } from './block';
import { linesOf } from './blockText';

/** As the screens are set; the product's folder is the working directory, as the launcher makes it. */
const FONTS = 'node_modules/geist/dist/fonts';
const FACES = {
  regular: 'geist-sans/Geist-Regular.ttf',
  strong: 'geist-sans/Geist-SemiBold.ttf',
  mono: 'geist-mono/GeistMono-Regular.ttf',
} as const;

type Face = keyof typeof FACES;
type Look = { readonly face: Face; readonly size: number; readonly grey?: boolean; readonly above: number };

const LOOKS: Readonly<Record<Exclude<Block['type'], 'facts' | 'list'>, Look>> = {
  title: { face: 'strong', size: 16, above: 0 },
  heading: { face: 'strong', size: 12, above: 14 },
  subheading: { face: 'strong', size: 10, above: 8 },
  text: { face: 'regular', size: 9.5, above: 3 },
  quiet: { face: 'regular', size: 8.5, grey: true, above: 3 },
  code: { face: 'mono', size: 8, above: 1 },
};
const LINE: Look = { face: 'regular', size: 9.5, above: 2 };
const GREY = '#58606a';
const BLACK = '#1b1f24';
/** A text longer than this is cut, and says so: the records beside the document hold all of it. */
const TEXT_MAX = 8_000;

/**
 * A document as PDF, page by page as it is taken. What telemetry could mislead with is written out, and so is every
 * character that the fonts have no shape for: nothing is shown as an empty box. `madeAt` is the time it carries.
 */
export function blocksToPdf(
  blocks: readonly Block[],
  about: { readonly title: string; readonly madeAt: Date },
): AsyncIterable<Uint8Array> {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: 46, bottom: 50, left: 40, right: 40 },
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
  const pen = createPen(document);
  for (const block of blocks) writeBlock(pen, block);
  document.end();
  return document as unknown as AsyncIterable<Uint8Array>;
}

type Pen = (text: string, look: Look, indent?: number) => void;

function createPen(document: PDFKit.PDFDocument): Pen {
  for (const [face, file] of Object.entries(FACES))
    document.registerFont(face, path.join(process.cwd(), FONTS, file));
  return (text, { face, size, grey, above }, indent = 0) => {
    document
      .font(face)
      .fontSize(size)
      .fillColor(grey === true ? GREY : BLACK);
    const shown = shapedText(document, plainText(text));
    if (document.y > document.page.margins.top) document.y += above;
    document.x = document.page.margins.left + indent;
    // An empty line still takes its height; pdfkit breaks words that are wider than the page.
    document.text(shown === '' ? ' ' : shown, { lineGap: 1.5 });
  };
}

function writeBlock(pen: Pen, block: Block): void {
  switch (block.type) {
    case 'facts':
      for (const [label, value] of block.rows) pen(`${label}: ${bounded(value)}`, LINE);
      return;
    case 'list':
      for (const item of block.items) pen(`\u2022 ${bounded(item)}`, LINE, 8);
      return;
    case 'text':
      for (const line of linesOf(bounded(block.text))) pen(line, LOOKS.text);
      return;
    default:
      pen(bounded(block.text), LOOKS[block.type]);
  }
}

function bounded(text: string): string {
  return text.length <= TEXT_MAX
    ? text
    : `${text.slice(0, TEXT_MAX).replace(/[\ud800-\udbff]$/, '')} … (${text.length} characters)`;
}

/** Every character that the current font has no shape for is written as `[U+4E2D]`. */
function shapedText(document: PDFKit.PDFDocument, text: string): string {
  // Not in pdfkit's types: the fontkit font behind the current one.
  const font = (document as unknown as { _font?: { font?: Shapes } })._font?.font;
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (font?.hasGlyphForCodePoint?.(point) !== false) return character;
    return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}

type Shapes = { readonly hasGlyphForCodePoint?: (point: number) => boolean };
