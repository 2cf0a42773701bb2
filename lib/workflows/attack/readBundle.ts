import { createHash } from 'node:crypto';
import { createBundleHead, notBundle } from '../../attack/bundleHead';
import { createRelease, type Release, type ReleaseReader } from '../../attack/release';
import { AppError } from '../../base/appError';
import type { Digest } from '../../base/digest';
import { createBudget } from '../../containers/budget';
import { inflate } from '../../containers/inflate';
import { isGzip, isZip, peek } from '../../containers/magic';
import { parseObject } from '../../formats/jsonSink';
import { createJsonSplitter } from '../../formats/jsonSplitter';

/** A release as it was read, with the hash of the bundle's own bytes: the same whether it came packed or not. */
export type ReadBundle = { readonly release: Release; readonly sha256: string; readonly bytes: number };

/** All domains of ATT&CK together have some 70 MB. */
const BUNDLE_BYTES_MAX = 200_000_000;
/** The longest object of a release lists all the others, 3 MB of them. */
const OBJECT_BYTES_MAX = 16_000_000;
const CLOSE_BRACE = 125;

const sha256Of: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Reads a STIX bundle as it streams in, plain or gzip, one object at a time. Throws `bad_request` for what is no bundle
 * of ATT&CK or breaks off, and `too_large` beyond `limit` bytes, unpacked.
 */
export async function readBundle(
  source: AsyncIterable<Uint8Array>,
  limit = BUNDLE_BYTES_MAX,
): Promise<ReadBundle> {
  const { bytes: content, problem } = await unpacked(source, limit);
  const hash = createHash('sha256');
  const release = createRelease(sha256Of);
  const cut = createCutter(release);
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    hash.update(chunk);
    cut.push(chunk);
  }
  const damage = problem();
  if (damage !== null) throw new AppError('bad_request', `The file could not be unpacked: ${damage}.`);
  cut.end();
  return { release: release.end(), sha256: hash.digest('hex'), bytes };
}

async function unpacked(
  source: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array>; readonly problem: () => string | null }> {
  const { head, bytes } = await peek(flow(source), 8);
  if (isZip(head))
    throw new AppError(
      'bad_request',
      'This is a ZIP archive: unpack it and send the enterprise-attack.json in it.',
    );
  if (!isGzip(head)) return { bytes, problem: () => null };
  // What is unpacked is counted where it is read; inflating ends soon after that.
  const limits = { entries: 1, bytes: 2 * limit, ratio: 1_000, ratioFrom: limit };
  return inflate(bytes, 'gzip', createBudget(limits, limit));
}

async function* flow(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}

/** Cuts a bundle into its objects for a reader. Holds the beginning, or one object. */
function createCutter(release: ReleaseReader): {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
} {
  const head = createBundleHead();
  /** Bare values since the last object: behind the last one stand the bundle's other members. */
  let strays = 0;
  const objects = createJsonSplitter(
    {
      value(raw) {
        const value = raw.length > OBJECT_BYTES_MAX ? undefined : parseObject(raw, 'utf-8');
        if (typeof value === 'string') throw broken(value);
        for (; strays > 0; strays--) release.skip();
        if (value === undefined) release.skip();
        else release.add(value);
      },
      refuse(_raw, _offset, reason) {
        // A bare value is no object; everything else is damage.
        if (reason !== 'not a JSON object') throw broken(reason);
        strays++;
      },
    },
    'utf-8',
    0,
    true,
  );
  let found = false;
  let last = 0;
  return {
    push(chunk) {
      last = chunk.findLast((byte) => byte > 32) ?? last;
      const rest = found ? chunk : head.push(chunk);
      if (rest === undefined) return;
      found = true;
      objects.push(rest);
    },
    end() {
      if (!found) throw notBundle('it has no list of objects');
      if (objects.end() !== undefined || last !== CLOSE_BRACE) throw broken('the file ends too early');
    },
  };
}

function broken(why: string): AppError {
  return new AppError('bad_request', `The bundle is damaged (${why.slice(0, 200)}). Nothing of it was kept.`);
}

function tooLarge(limit: number): AppError {
  return new AppError(
    'too_large',
    `The bundle has more than ${limit / 1_000_000} MB: it is no release of ATT&CK.`,
  );
}
