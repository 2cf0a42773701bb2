import { MICROS_PER_MINUTE } from '../../base/time';
import { fileName } from '../../events/paths';
import type { FileEvent, HostIndex, NamingStart } from '../host/hostIndex';
import { type FileStep, filesBetween, TOLERANCE } from './fileStep';

/** A page makes its file soon after it is opened. */
const PAGE_LIFE = 10 * MICROS_PER_MINUTE;

/** What a browser that was opened on the file saved soon after, where the mark of the web says that a page made it. */
export function* filesMadeByPage(file: FileEvent, start: NamingStart, index: HostIndex): Generator<FileStep> {
  const family = index.browserFamily(index.lineage.processOf(start.event));
  if (family === undefined) return;
  const from = start.event.time - TOLERANCE;
  for (const made of filesBetween(index.pageMade(family), from, start.event.time + PAGE_LIFE)) {
    if (made.path === file.path) continue;
    yield {
      file: made,
      hop: {
        text: `${family}, showing ${fileName(file.path)}, saved ${fileName(made.path)}, which a page made (${made.event['file.origin_url']})`,
        strength: 'inferred',
      },
    };
  }
}
