import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { binariesIn, type PostgresBinaries } from './postgresBinaries';

/** The operating system user PostgreSQL runs as; absent means "the one who started this program". */
export type SystemUser = { readonly uid: number; readonly gid: number; readonly name: string };

/** Everything needed to run one database: programs, folder and user that fit each other. */
export type PostgresPlace = {
  readonly binaries: PostgresBinaries;
  /** Folder whose `data` holds the cluster, and beside it `log`. Owned by `user` when there is one. */
  readonly folder: string;
  readonly user?: SystemUser;
  /** Set when `folder` is not below the wanted one, with the reason, for people to read. */
  readonly movedBecause?: string;
};

/** Root's PostgreSQL lives here when the user it must run as cannot enter the wanted folder. */
const SHARED_HOME = '/var/lib/sequela';
const POINTER = 'postgres.location';

/**
 * Decides where a database wanted in `wanted` lives and as whom it runs, and makes the folder.
 *
 * PostgreSQL refuses to run as root. Started by root it therefore runs as another user, who often can enter neither
 * root's home nor a clone below it. Whether that user can run the programs and enter the folder is tried, not guessed
 * from permission bits (access lists, noexec mounts and security modules have a say too). What is out of reach moves
 * to /var/lib/sequela: a copy of the programs, and a data folder named after a hash of the wanted path. The wanted
 * folder then holds a pointer file, so that moving the clone does not lose its data.
 *
 * Throws with the path and what to do when no such place can be made.
 */
export function preparePlace(wanted: string, shipped: PostgresBinaries): PostgresPlace {
  fs.mkdirSync(wanted, { recursive: true });
  const inside = path.join(wanted, 'postgres');
  if (process.getuid?.() !== 0) {
    fs.mkdirSync(inside, { recursive: true, mode: 0o700 });
    return { binaries: shipped, folder: inside };
  }

  const pointer = path.join(wanted, POINTER);
  const elsewhere = fs.existsSync(pointer) ? fs.readFileSync(pointer, 'utf8').trim() : undefined;
  if (elsewhere && !fs.existsSync(elsewhere)) {
    throw new Error(
      `The database of ${wanted} was kept in ${elsewhere}, which is gone. ` +
        `Put it back, or delete ${pointer} to begin with an empty database.`,
    );
  }
  const user = userFor(elsewhere ?? inside);
  const binaries = reachableBinaries(shipped, user);
  if (elsewhere) return { binaries, folder: elsewhere, user, movedBecause: reason(wanted, user) };

  makeFolderFor(inside, user);
  if (canEnter(inside, user)) return { binaries, folder: inside, user };
  // An empty folder nobody can use would only mislead whoever looks for the data.
  if (fs.readdirSync(inside).length === 0) fs.rmdirSync(inside);

  const folder = unusedFolder(createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 12));
  makeFolderFor(folder, user);
  if (!canEnter(folder, user)) {
    throw new Error(
      `The user "${user.name}", as whom PostgreSQL runs, can enter neither ${inside} nor ${folder}. ` +
        'Set SEQUELA_DATA_DIR to a folder below one that everybody may enter, or DATABASE_URL.',
    );
  }
  fs.writeFileSync(pointer, `${folder}\n`);
  return { binaries, folder, user, movedBecause: reason(wanted, user) };
}

/** Whoever deleted the wanted folder wants an empty database, not the old one; the old one is not ours to delete. */
function unusedFolder(name: string): string {
  for (let count = 1; ; count++) {
    const folder = path.join(SHARED_HOME, 'data', count === 1 ? name : `${name}-${count}`);
    if (!fs.existsSync(path.join(folder, 'data'))) return folder;
  }
}

function reason(wanted: string, user: SystemUser): string {
  return `the user "${user.name}", as whom PostgreSQL runs, cannot enter ${wanted}`;
}

/** Whoever owns existing data; else a user made for us or for PostgreSQL; else a new one; else nobody. */
function userFor(folder: string): SystemUser {
  const data = path.join(folder, 'data');
  if (fs.existsSync(data)) {
    const { uid, gid } = fs.statSync(data);
    if (uid !== 0) return { uid, gid, name: nameOf(uid) };
  }
  const known = lookUp('sequela') ?? lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'sequela'], {
    stdio: 'ignore',
  });
  const found = lookUp('sequela') ?? lookUp('nobody');
  if (!found) {
    throw new Error(
      'PostgreSQL does not run as root and no other user could be found or made. ' +
        'Start as an ordinary user, or create a user named "sequela", or set DATABASE_URL.',
    );
  }
  return found;
}

function lookUp(name: string): SystemUser | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
}

function nameOf(uid: number): string {
  const answer = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : String(uid);
}

/** The shipped programs if `user` can run them, else a copy that `user` can run, made once per version. */
function reachableBinaries(shipped: PostgresBinaries, user: SystemUser): PostgresBinaries {
  if (canRun(shipped.postgres, user)) return shipped;
  const home = path.join(SHARED_HOME, 'postgresql', shipped.version);
  const copy = binariesIn(home, shipped.version);
  if (canRun(copy.postgres, user)) return copy;

  makeEnterable(path.dirname(home));
  const half = `${home}.${process.pid}`;
  fs.rmSync(half, { recursive: true, force: true });
  fs.cpSync(shipped.root, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  letEverybodyRead(half);
  // Complete or absent, never half: a start killed here leaves nothing a later one would trust.
  fs.rmSync(home, { recursive: true, force: true });
  fs.renameSync(half, home);
  if (!canRun(copy.postgres, user)) {
    throw new Error(
      `The user "${user.name}", as whom PostgreSQL runs, can run neither ${shipped.postgres} nor its copy in ${home}. ` +
        'Start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return copy;
}

function letEverybodyRead(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) letEverybodyRead(full);
    else if (entry.isFile()) fs.chmodSync(full, fs.statSync(full).mode & 0o111 ? 0o755 : 0o644);
  }
}

/** Makes missing parents enterable by all whatever the umask; never loosens a folder that exists. */
function makeEnterable(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeEnterable(path.dirname(folder));
  fs.mkdirSync(folder);
  fs.chmodSync(folder, 0o755);
}

function makeFolderFor(folder: string, user: SystemUser): void {
  makeEnterable(path.dirname(folder));
  fs.mkdirSync(folder, { recursive: true });
  fs.chownSync(folder, user.uid, user.gid);
  fs.chmodSync(folder, 0o700);
}

function canRun(program: string, user: SystemUser): boolean {
  return succeeds(program, ['--version'], user);
}

function canEnter(folder: string, user: SystemUser): boolean {
  return succeeds('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user);
}

function succeeds(program: string, args: readonly string[], { uid, gid }: SystemUser): boolean {
  return spawnSync(program, args, { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
