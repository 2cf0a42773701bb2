import {
  boundKey,
  classOfKey,
  type HistoryClass,
  type HistoryKey,
  type HistoryRow,
} from '../analytics/history/history';
import { hashKey, imageKey, pairKey } from '../analytics/history/historyKeys';
import type { HostIndex } from '../analytics/host/hostIndex';
import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';

export type HostHistory = {
  /** Each key once, sorted. */
  readonly rows: readonly HistoryRow[];
  /** Classes of which the host has more keys than are kept: those first seen are. */
  readonly cut: readonly HistoryClass[];
};

/** Keys kept per class and host: far above what a real machine shows, below what a hostile file could fill. */
const MOST_KEYS = 50_000;

/**
 * The rows one host contributes to the environment's history: where it went, by what kind of program, who started
 * what, which images and hashes ran (lib/analytics/history/history.ts). Depends on its events alone. One pass.
 */
export function historyOf(index: HostIndex, digest: Digest): HostHistory {
  const book = createBook(digest);
  const startKeys = createStartKeys();
  for (const event of index.events) {
    if (event.kind === 'process_start') {
      const node = index.nodeOf(index.lineage.processOf(event));
      const image = event['process.executable'] ?? node?.image;
      const parent = index.nodeOf(node?.link.parentId)?.image ?? event['process.parent.executable'];
      for (const key of startKeys(parent, image)) book.add(key, event.time);
      book.add(hashKey(event['process.hash.sha256'] ?? node?.sha256), event.time);
    } else if (event.kind === 'network_connect' || event.kind === 'dns_query') {
      for (const key of index.destination(event).keys) book.add(key, event.time);
    }
  }
  return book.close();
}

type Keys = readonly (HistoryKey | undefined)[];

/** Programs and their parents come again and again; cutting up their paths is what a start costs here. */
const STARTS_KEPT = 20_000;

/** Keys of a start but for its hash, remembered by what it is of. */
function createStartKeys(): (parent: string | undefined, image: string | undefined) => Keys {
  const known = new Map<string | undefined, Map<string | undefined, Keys>>();
  let size = 0;
  return (parent, image) => {
    const remembered = known.get(image)?.get(parent);
    if (remembered !== undefined) return remembered;
    if (size++ >= STARTS_KEPT) {
      known.clear();
      size = 0;
    }
    const keys = [pairKey(parent, image), imageKey(image)];
    const byParent = known.get(image);
    if (byParent === undefined) known.set(image, new Map([[parent, keys]]));
    else byParent.set(parent, keys);
    return keys;
  };
}

type Entry = { first: Micros; last: Micros; times: number };

function createBook(digest: Digest): {
  readonly add: (key: HistoryKey | undefined, at: Micros) => void;
  readonly close: () => HostHistory;
} {
  const books = new Map<HistoryClass, Map<HistoryKey, Entry>>();
  const cut = new Set<HistoryClass>();
  return {
    add(key, at) {
      if (key === undefined) return;
      const bounded = boundKey(key, digest);
      const keyClass = classOfKey(bounded);
      let book = books.get(keyClass);
      if (book === undefined) {
        book = new Map();
        books.set(keyClass, book);
      }
      const entry = book.get(bounded);
      if (entry === undefined) {
        // Events come in time order: what is left out was first seen later than all that is kept.
        if (book.size < MOST_KEYS) book.set(bounded, { first: at, last: at, times: 1 });
        else cut.add(keyClass);
        return;
      }
      entry.times++;
      if (at > entry.last) entry.last = at;
      if (at < entry.first) entry.first = at;
    },
    close() {
      const rows: HistoryRow[] = [];
      for (const book of books.values()) for (const [key, entry] of book) rows.push({ key, ...entry });
      rows.sort((a, b) => (a.key < b.key ? -1 : 1));
      return { rows, cut: [...cut].sort() };
    },
  };
}
