import { type Lists, listOf } from '../lists';

/** What a program is for, as far as "new for this kind of program" goes (ANALYTICS B.5). */
export type ProgramClass = 'browser' | 'mail' | 'office' | 'pdf' | 'archiver' | 'script_engine' | 'other';

/** In order of precedence; each is also the name of the list of its programs. */
const CLASSES: readonly ProgramClass[] = ['browser', 'mail', 'office', 'pdf', 'archiver', 'script_engine'];

/** Tells the class of a program by the names it goes by: its file name, and its OriginalFileName where recorded. */
export function createProgramClasses(lists: Lists): (names: readonly string[]) => ProgramClass {
  const classes = new Map<string, ProgramClass>();
  for (const programClass of [...CLASSES].reverse())
    for (const name of listOf(lists, programClass)) classes.set(name, programClass);
  return (names) => {
    // A renamed engine is what it was, not what it is called.
    for (const name of [...names].reverse()) {
      const found = classes.get(name);
      if (found !== undefined) return found;
    }
    return 'other';
  };
}
