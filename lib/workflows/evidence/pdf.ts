import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { BLACK, createPdf, type Face, GREY, shapedText } from '../pdfDocument';
import type { Block } from './block';
import { linesOf } from './blockText';

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
/** A text longer than this is cut, and says so: the files beside the document hold all of it. */
const TEXT_MAX = 8_000;
/** The same for what people wrote at length. */
const NOTE_MAX = 100_000;
const LINES_MAX = 2_000;

/**
 * A document as PDF, page by page as it is taken. What telemetry could mislead with is written out, and so is every
 * character that the fonts have no shape for: nothing is shown as an empty box. `madeAt` is the time it carries.
 */
export async function* blocksToPdf(
  blocks: readonly Block[],
  about: { readonly title: string; readonly madeAt: Date },
): AsyncGenerator<Uint8Array, void, undefined> {
  const document = createPdf(about, { top: 46, bottom: 50, left: 40, right: 40 });
  const pen = createPen(document);
  const pages = document as unknown as Readable;
  for (const block of blocks) {
    writeBlock(pen, block);
    // Setting a page is work of the processor alone: others have their turn between blocks.
    await setImmediate();
    for (let chunk = pages.read(); chunk !== null; chunk = pages.read()) yield chunk as Uint8Array;
  }
  document.end();
  yield* pages as AsyncIterable<Uint8Array>;
}

/** Writes lines below each other; a line end within one is told, not followed. */
type Pen = (lines: readonly string[], look: Look, indent?: number) => void;

function createPen(document: PDFKit.PDFDocument): Pen {
  return (lines, { face, size, grey, above }, indent = 0) => {
    document
      .font(face)
      .fontSize(size)
      .fillColor(grey === true ? GREY : BLACK);
    const cut = lines.length - LINES_MAX;
    const shown = lines
      .slice(0, LINES_MAX)
      .map((line) => broken(shapedText(document, line)))
      .join('\n');
    if (document.y > document.page.margins.top) document.y += above;
    document.x = document.page.margins.left + indent;
    // An empty line still takes its height.
    document.text(shown === '' ? ' ' : shown, { lineGap: 1.5 });
    if (cut > 0) document.text(`\u2026 (${cut} more lines)`);
  };
}

function writeBlock(pen: Pen, block: Block): void {
  switch (block.type) {
    case 'facts':
      for (const [label, value] of block.rows) pen([`${label}: ${bounded(value)}`], LINE);
      return;
    case 'list':
      for (const item of block.items) pen([`\u2022 ${bounded(item)}`], LINE, 8);
      return;
    case 'text':
      pen(linesOf(bounded(block.text, NOTE_MAX)), LOOKS.text);
      return;
    default:
      pen([bounded(block.text)], LOOKS[block.type]);
  }
}

function bounded(text: string, max = TEXT_MAX): string {
  return text.length <= max
    ? text
    : `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')} … (${text.length} characters)`;
}

/**
 * Words longer than a line holds are broken here: pdfkit measures what is left of such a word again for every line, which
 * for a command line of one word would take seconds.
 */
function broken(text: string): string {
  return text.replace(/\S{90}(?=\S)/gu, '$&\n');
}
