import type { Digest } from './digest';

/** One entry of a chain: what it says, the hash of the entry before, and the hash of both. */
export type ChainEntry = {
  /** Counts from 1 without gaps. */
  readonly id: number;
  readonly text: string;
  readonly previous: string;
  readonly hash: string;
};

/** Where a chain breaks first, and how. */
export type ChainBreak = {
  readonly id: number;
  /**
   * `removed`: entries are missing before this one. `changed`: it does not say what was hashed. `reordered`: it was
   * written at another place. `unlinked`: it is whole in itself but does not follow the one before it.
   */
  readonly how: 'removed' | 'changed' | 'reordered' | 'unlinked';
  /** `reordered`: the place it was written at. `removed`: the first that is missing. */
  readonly place?: number;
};

/** The end of a chain: id and hash of its last entry. */
export type ChainHead = { readonly id: number; readonly hash: string };

/** The head of a chain without entries. */
export const NO_ENTRIES: ChainHead = { id: 0, hash: '0'.repeat(64) };

/** Places around an entry that are tried to tell one that was moved from one that was changed. */
const PLACES_TRIED = 1000;

/** The hash of an entry: SHA-256 over the hash before, a line feed, and the text. */
export function entryHash({ previous, text }: Pick<ChainEntry, 'previous' | 'text'>, digest: Digest): string {
  return digest(`${previous}\n${text}`);
}

/**
 * Where the next entry breaks the chain that ends in `head`; undefined when it continues it. `textAt` gives the text
 * the entry would have had at another place, for entries whose text holds their id.
 */
export function chainBreak(
  head: ChainHead,
  entry: ChainEntry,
  digest: Digest,
  textAt?: (entry: ChainEntry, id: number) => string,
): ChainBreak | undefined {
  const { id } = entry;
  const isWhole = entryHash(entry, digest) === entry.hash;
  if (isWhole && id === head.id + 1 && entry.previous === head.hash) return undefined;
  if (!isWhole) {
    const place = textAt === undefined ? undefined : placeOf(entry, digest, textAt);
    return place === undefined ? { id, how: 'changed' } : { id, how: 'reordered', place };
  }
  return id === head.id + 1 ? { id, how: 'unlinked' } : { id, how: 'removed', place: head.id + 1 };
}

function placeOf(
  entry: ChainEntry,
  digest: Digest,
  textAt: (entry: ChainEntry, id: number) => string,
): number | undefined {
  for (let away = 1; away <= PLACES_TRIED; away++) {
    for (const id of [entry.id + away, entry.id - away]) {
      if (id < 1) continue;
      const moved = { previous: entry.previous, text: textAt(entry, id) };
      if (entryHash(moved, digest) === entry.hash) return id;
    }
  }
  return undefined;
}
