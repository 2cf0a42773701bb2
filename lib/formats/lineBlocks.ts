import type { Encoding } from './encoding';
import { decodeText } from './encoding';
import { RECORD_BYTES_MAX } from './exportFormat';
import { concat } from './jsonSink';

/** Joins lines to the records they are parts of. */
export type BlockReader = {
  readonly line: (raw: Uint8Array, offset: number, text: string) => void;
  readonly end: () => void;
};

/**
 * A reader of records over many lines, if that is what the file's beginning shows; else undefined: a Splunk
 * forwarder's blocks (`11/20/2026 09:16:31 AM`, `LogName=Security`, …, `Message=`) and wevtutil's text (`Event[0]:`,
 * `Log Name: Security`, …, `Description:`). `take` gets each block.
 */
export function createBlockReader(
  sample: string,
  take: (raw: Uint8Array, offset: number, text: string) => void,
  encoding: Encoding,
): BlockReader | undefined {
  const start = startOf(sample);
  if (start === undefined) return undefined;
  let parts: Uint8Array[] = [];
  let length = 0;
  let from = 0;
  const finish = (): void => {
    if (length === 0) return;
    const raw = concat(parts, length);
    parts = [];
    length = 0;
    const text = decodeText(raw, encoding);
    if (text.trim() !== '') take(raw, from, text);
  };
  return {
    line(raw, offset, text) {
      if (start.test(text) || length > RECORD_BYTES_MAX) finish();
      if (length === 0) from = offset;
      // The line end was cut off; it belongs to the block.
      const gap = offset - from - length;
      if (gap > 0) {
        parts.push(lineEnd(gap, encoding));
        length += gap;
      }
      parts.push(raw.slice());
      length += raw.length;
    },
    end: finish,
  };
}

/** What the first line of each block looks like. */
function startOf(sample: string): RegExp | undefined {
  if (/^LogName=\S/m.test(sample) && /^EventCode=\d/m.test(sample))
    return TIME_LINE.test(firstLine(sample)) ? TIME_LINE : /^LogName=/;
  if (!/^\s{0,4}Log Name: /m.test(sample) || !/^\s{0,4}Event ID: {1,16}\d/m.test(sample)) return undefined;
  return /^Event\[\d+\]/m.test(sample) ? /^Event\[\d+\]/ : /^Log Name: /;
}

const TIME_LINE = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} \d{1,2}:\d\d:\d\d(?:\.\d+)?(?: [AP]M)?\r?$/;

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function lineEnd(length: number, encoding: Encoding): Uint8Array {
  const end = new Uint8Array(length);
  end[encoding === 'utf-16be' ? 1 : 0] = 10;
  return end;
}
