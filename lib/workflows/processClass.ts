import type { Lists } from '../analytics/lists';
import type { ProcessClass } from '../contracts/scalars';

/**
 * Lists of the catalogue in the order they are asked: a program in several (cmd is shell and script engine)
 * is what stands first, which is what an analyst would call it.
 */
const CLASSES: readonly { readonly list: string; readonly is: ProcessClass }[] = [
  { list: 'browser', is: 'browser' },
  { list: 'office', is: 'office' },
  { list: 'pdf', is: 'pdf' },
  { list: 'mail', is: 'mail' },
  { list: 'archiver', is: 'archiver' },
  { list: 'shell', is: 'shell' },
  { list: 'script_engine', is: 'script_engine' },
  { list: 'lolbin', is: 'lolbin' },
  { list: 'installer', is: 'installer' },
  { list: 'system_process', is: 'system' },
];

/** What sort of program runs an image, from its file name; `other` when no list has it, or a catalogue lacks the list. */
export function classOf(image: string | undefined, lists: Lists): ProcessClass {
  const name = baseName(image).toLowerCase();
  return CLASSES.find(({ list }) => lists.get(list)?.includes(name) === true)?.is ?? 'other';
}

/** The file name of a Windows path. */
export function baseName(path: string | undefined): string {
  return path?.split('\\').pop() ?? '';
}
