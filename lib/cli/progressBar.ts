import type { WriteStream } from 'node:tty';
import type { OnProgress } from './readFiles';
import { terminalText } from './terminalText';

const WIDTH = 24;
const REDRAW_MS = 80;

/** A bar that is redrawn in place on a terminal; anywhere else it says nothing. `clear` removes it. */
export function createProgressBar(
  stream: Pick<WriteStream, 'write' | 'isTTY'>,
  now: () => number,
): { readonly onProgress: OnProgress; readonly clear: () => void } {
  if (!stream.isTTY) return { onProgress: () => undefined, clear: () => undefined };
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    onProgress(file, { bytesRead, bytesTotal }) {
      const time = now();
      if (time - drawn < REDRAW_MS) return;
      drawn = time;
      const share = bytesTotal === 0 ? 1 : bytesRead / bytesTotal;
      const full = Math.round(share * WIDTH);
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
      stream.write(
        `\r\u001b[2K${bar} ${String(Math.round(share * 100)).padStart(3)}%  ${terminalText(file).slice(-40)}`,
      );
    },
    clear() {
      if (drawn !== Number.NEGATIVE_INFINITY) stream.write('\r\u001b[2K');
    },
  };
}
