import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What a build of the web app is made from, below the product's folder. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
];

const NOT_BUILT = /\.test\.tsx?$|(^|\/)(generated|fixtures|launcher)(\/|$)/;

/**
 * One hash over names and contents of all that the web app is built from. Contents, not times: a checkout or a copy
 * changes every time and nothing else. About 50 ms for a thousand files.
 */
export function sourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesBelow(root, source))) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, relative: string): string[] {
  const full = path.join(root, relative);
  if (NOT_BUILT.test(relative) || !fs.existsSync(full)) return [];
  if (!fs.statSync(full).isDirectory()) return [relative];
  return fs
    .readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, `${relative}/${name}`));
}

/** Where a finished build notes what it was built from; inside the build, so that deleting one deletes the other. */
const STAMP = '.next/sequela-sources';

/** Whether the build in `.next` is complete and made from exactly these sources. */
export function isBuildFresh(root: string, hash: string): boolean {
  try {
    return (
      fs.readFileSync(path.join(root, STAMP), 'utf8') === hash &&
      fs.existsSync(path.join(root, '.next/BUILD_ID'))
    );
  } catch {
    return false;
  }
}

/** Notes that the build now in `.next` was made from the sources with this hash. */
export function markBuildFresh(root: string, hash: string): void {
  fs.writeFileSync(path.join(root, STAMP), hash);
}

/** Forgets the note: a build that is being replaced must not look fresh if the replacing is interrupted. */
export function forgetBuild(root: string): void {
  fs.rmSync(path.join(root, STAMP), { force: true });
}
