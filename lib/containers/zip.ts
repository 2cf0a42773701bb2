import zlib from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { admitEntry, createBudget, overspent, type UnpackBudget } from './budget';
import { decryptEntry } from './decrypt';
import { inflate } from './inflate';
import { counted, type FallibleBytes, type Member, messageOf, plain, unreadable } from './member';
import { safeMemberName, uniqueName } from './memberName';
import { dataStart, fileNameOf, nextEntry, openArchive, openRaw } from './zipFile';
import { methodOf } from './zipMethod';
import { unpackZstd } from './zstd';

const STORED = 0;
const DEFLATED = 8;
const ZSTANDARD = 93;

/** A ZIP archive on disk; `fault` is what went wrong before it got there. */
export type ZipSource = { readonly path: string; readonly name: string; readonly fault: string | null };

/**
 * The entries of a ZIP archive in its directory's order, each read as a stream. Directories are passed over;
 * an entry that cannot be read (encrypted, another method) is a member with a problem and no bytes. Names are
 * made safe and unique. A file that is no whole archive is one member with a problem.
 */
export async function* openZip(
  source: ZipSource,
  opening: { readonly budget: UnpackBudget; readonly password?: string },
  consumed: { bytes: number },
): AsyncGenerator<Member, void, undefined> {
  const { path, name, fault } = source;
  const zip = await openArchive(path);
  if (typeof zip === 'string')
    return yield unreadable(name, fault ?? `a damaged or cut-off ZIP archive (${zip})`);
  const names = new Map<string, number>();
  let problem = fault;
  let files = 0;
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) break;
      if (typeof entry === 'string') {
        problem ??= `the ZIP archive's directory is damaged (${entry})`;
        break;
      }
      const entryName = fileNameOf(entry);
      if (/[/\\]$/.test(entryName) && entry.uncompressedSize === 0) continue;
      files++;
      const refused = admitEntry(opening.budget) ?? overspent(opening.budget, 0, 0);
      if (refused !== null) {
        problem = refused;
        break;
      }
      const member = `${name}/${uniqueName(names, safeMemberName(entryName))}`;
      const before = consumed.bytes;
      yield await openEntry({ zip, path, entry, name: member }, opening, consumed);
      // A member given up half way counts as done.
      consumed.bytes = before + entry.compressedSize;
    }
    if (problem !== null) yield unreadable(name, problem);
    else if (files === 0) yield unreadable(name, 'the archive holds no files');
  } finally {
    zip.close();
  }
  consumed.bytes = Number.MAX_SAFE_INTEGER;
}

type Place = { readonly zip: ZipFile; readonly path: string; readonly entry: Entry; readonly name: string };

async function openEntry(
  place: Place,
  opening: { readonly budget: UnpackBudget; readonly password?: string },
  consumed: { bytes: number },
): Promise<Member> {
  const { zip, entry, name } = place;
  const { budget, password } = opening;
  const { method, checksum } = methodOf(entry);
  if (isSymbolicLink(entry)) return unreadable(name, 'a symbolic link, which is not followed');
  if (method !== STORED && method !== DEFLATED && method !== ZSTANDARD)
    return unreadable(name, `packed with ZIP method ${method}, which is not read: unpack it first`);
  const unpack: Unpack = (raw, on) => {
    if (method === STORED) return checked(plain(raw, on), checksum);
    return checked(method === DEFLATED ? inflate(raw, 'deflate', on) : unpackZstd(raw, on), checksum);
  };
  try {
    if (entry.isEncrypted()) {
      if (password === undefined || password === '') return unreadable(name, PASSWORD_MISSING, true);
      return await openEncrypted(place, password, unpack, budget, consumed);
    }
    const raw = counted(await openRaw(zip, entry), consumed);
    return { name, needsPassword: false, ...unpack(raw, budget) };
  } catch (error) {
    return unreadable(name, `damaged (${messageOf(error)})`);
  }
}

/** Archives made on Unix keep the file's mode; a link's bytes would be the path it leads to. */
function isSymbolicLink(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === 3 && entry.externalFileAttributes >>> 28 === 0xa;
}

const PASSWORD_MISSING =
  "encrypted: give the archive's password (sample sets use infected, malware, virus, …) and read it again";
const PASSWORD_WRONG = 'encrypted: the password given does not open it; give another and read it again';

type Unpack = (raw: AsyncIterable<Uint8Array>, budget: UnpackBudget) => FallibleBytes;

async function openEncrypted(
  place: Place,
  password: string,
  unpack: Unpack,
  budget: UnpackBudget,
  consumed: { bytes: number },
): Promise<Member> {
  const { zip, name, entry, path } = place;
  const encrypted = { path, entry, start: await dataStart(zip, entry) };
  const trial = await decryptEntry(encrypted, password);
  if ('problem' in trial)
    return unreadable(name, trial.wrongPassword ? PASSWORD_WRONG : trial.problem, trial.wrongPassword);
  if (methodOf(entry).aesStrength !== undefined)
    return { name, needsPassword: false, ...unpack(counted(trial, consumed), budget) };
  if (!(await isSound(unpack(trial, BOUNDLESS), methodOf(entry).method)))
    return unreadable(name, PASSWORD_WRONG, true);
  const bytes = await decryptEntry(encrypted, password);
  if ('problem' in bytes) return unreadable(name, bytes.problem);
  return { name, needsPassword: false, ...unpack(counted(bytes, consumed), budget) };
}

const BOUNDLESS = createBudget({ entries: 0, bytes: Infinity, ratio: Infinity, ratioFrom: Infinity }, 0);
const SOUND_BYTES = 64 * 1024;

/**
 * Whether what a password gives can be unpacked. ZipCrypto itself lets one wrong password in 256 pass. Packed data
 * shows it at once; stored data only by its checksum at the end.
 */
async function isSound(unpacked: FallibleBytes, method: number): Promise<boolean> {
  let length = 0;
  for await (const chunk of unpacked.bytes) {
    length += chunk.length;
    if (method !== STORED && length >= SOUND_BYTES) return true;
  }
  return unpacked.problem() === null;
}

/** Compares the checksum once all bytes have passed; null means that there is none. */
function checked(source: FallibleBytes, expected: number | null): FallibleBytes {
  if (expected === null) return source;
  let mismatch = false;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    let crc = 0;
    for await (const chunk of source.bytes) {
      crc = zlib.crc32(chunk, crc);
      yield chunk;
    }
    mismatch = crc !== expected;
  }
  return {
    bytes: read(),
    problem: () =>
      source.problem() ?? (mismatch ? 'its checksum does not match: the archive is damaged' : null),
  };
}
