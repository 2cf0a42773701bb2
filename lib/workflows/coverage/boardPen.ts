import { BLACK, createPdf, type Face, GREY, shapedText } from '../pdfDocument';

/** How a line of text looks; `width` is what it may take, cut with an ellipsis beyond. */
type Look = {
  readonly face?: Face;
  readonly size: number;
  readonly grey?: boolean;
  readonly width: number;
  readonly right?: boolean;
};

/** Writes and draws at places of one page; nothing it is given makes a second one. */
export type Pen = {
  /** One line. Returns the width it took. */
  readonly line: (text: string, x: number, y: number, look: Look) => number;
  /** As many lines as the words need, at most `most`. Returns where the next line would be. */
  readonly lines: (text: string, x: number, y: number, look: Look & { readonly most: number }) => number;
  readonly draw: (with_: (document: PDFKit.PDFDocument) => void) => void;
  /** Ends the page; its bytes. */
  readonly end: () => AsyncIterable<Uint8Array>;
};

/** Nobody reads more of a line, and measuring takes time. */
const CHARACTERS = 600;
const LEADING = 1.3;

/** A pen on an empty A4 page, for a document made at a time. */
export function createPen(about: { readonly title: string; readonly madeAt: Date }): Pen {
  const document = createPdf(about, { top: 0, bottom: 0, left: 0, right: 0 });
  const setFace = ({ face = 'regular', size, grey }: Look) =>
    document
      .font(face)
      .fontSize(size)
      .fillColor(grey === true ? GREY : BLACK);
  const shaped = (text: string) => shapedText(document, Array.from(text).slice(0, CHARACTERS).join(''));
  const write = (text: string, x: number, y: number, { width, right }: Look) => {
    const taken = document.widthOfString(text);
    if (text !== '') document.text(text, right === true ? x + width - taken : x, y, { lineBreak: false });
    return taken;
  };
  return {
    line: (text, x, y, look) => {
      setFace(look);
      return write(fitted(document, shaped(text), look.width), x, y, look);
    },
    lines: (text, x, y, look) => {
      setFace(look);
      const wrapped = wrap(document, shaped(text), look.width, look.most);
      for (const [place, line] of wrapped.entries()) write(line, x, y + place * look.size * LEADING, look);
      return y + wrapped.length * look.size * LEADING;
    },
    draw: (with_) => {
      document.save();
      with_(document);
      document.restore();
    },
    end: () => {
      document.end();
      return document as unknown as AsyncIterable<Uint8Array>;
    },
  };
}

/** The text, or as much of its beginning as the width takes, with an ellipsis. */
function fitted(document: PDFKit.PDFDocument, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text;
  const characters = Array.from(text);
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (document.widthOfString(`${characters.slice(0, middle).join('')}…`) <= width) fits = middle;
    else tooLong = middle;
  }
  return `${characters.slice(0, fits).join('')}…`;
}

/** Words on as many lines as they need; the last one of those there is room for takes the rest, cut. */
function wrap(document: PDFKit.PDFDocument, text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let words = text.split(/\s+/).filter((word) => word !== '');
  while (words.length > 0 && lines.length < most - 1) {
    let taken = 1;
    while (taken < words.length && document.widthOfString(words.slice(0, taken + 1).join(' ')) <= width)
      taken++;
    lines.push(fitted(document, words.slice(0, taken).join(' '), width));
    words = words.slice(taken);
  }
  return words.length === 0 ? lines : [...lines, fitted(document, words.join(' '), width)];
}
