/** What is kept of a hit: hits stand in order of time, then of the record, so that the order of files changes nothing. */
export type Timed = { readonly time: number; readonly eventId: string };

/** The first hits in order of time of each of many groups, in so much room as all of them have together. */
export type FirstHits<Hit extends Timed> = {
  /** Takes a hit of a group; `make` is called only where it is among the first as far as is known. */
  readonly take: (group: string, of: Timed, make: () => Hit) => void;
  /** The first of a group, each record once. */
  readonly of: (group: string) => readonly Hit[];
  readonly all: () => readonly Hit[];
  /** Hits that had no room. */
  readonly lost: () => number;
};

type Group<Hit> = {
  hits: Hit[];
  /** The last that has room, once there are as many as have: what comes after it has none. */
  last: Timed | undefined;
};

/**
 * Keeps at most `each` hits of a group and `all` over all groups: where that is too little, the largest groups are cut,
 * all to the same length, so that a rule that hits everything never takes the room of one that hits once. Of more
 * groups than `all` those that come later have no room.
 */
export function createFirstHits<Hit extends Timed>(most: {
  readonly each: number;
  readonly all: number;
}): FirstHits<Hit> {
  const groups = new Map<string, Group<Hit>>();
  let room = Math.min(most.each, most.all);
  let kept = 0;
  let lost = 0;
  const trim = (group: Group<Hit>, length: number): void => {
    const { hits } = group;
    const first = distinct(hits.sort(inTime));
    const left = first.slice(0, length);
    kept -= hits.length - left.length;
    lost += first.length - left.length;
    group.hits = left;
    group.last = left.length >= length ? left.at(-1) : undefined;
  };
  const settle = (): void => {
    for (const group of groups.values()) trim(group, room);
    if (kept <= most.all) return;
    room = fairLength(
      [...groups.values()].map(({ hits }) => hits.length),
      most.all,
    );
    for (const group of groups.values()) trim(group, room);
  };
  return {
    take: (name, of, make) => {
      const known = groups.get(name);
      const isFull = known === undefined ? groups.size >= most.all : isBehind(of, known.last);
      if (isFull) {
        lost++;
        return;
      }
      const group = known ?? { hits: [], last: undefined };
      groups.set(name, group);
      group.hits.push(make());
      kept++;
      if (group.hits.length >= 2 * room + SLACK) trim(group, room);
      if (kept >= most.all + most.all / 4 + SLACK) settle();
    },
    of: (name) => {
      settle();
      return groups.get(name)?.hits ?? [];
    },
    all: () => {
      settle();
      return [...groups.values()].flatMap(({ hits }) => hits);
    },
    lost: () => {
      settle();
      return lost;
    },
  };
}

/** Hits beyond the room before a group is sorted and cut: sorting for every hit would be slow. */
const SLACK = 64;

/** The greatest length that groups can be cut to so that all of them have room: at least 1. */
export function fairLength(lengths: readonly number[], room: number): number {
  const ascending = [...lengths].sort((a, b) => a - b);
  let left = room;
  for (const [i, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - i));
    if (length > share) return Math.max(1, share);
    left -= length;
  }
  return Math.max(1, ascending.at(-1) ?? 1);
}

/** Hits in order, without those of a record that is there already. */
function distinct<Hit extends Timed>(sorted: readonly Hit[]): Hit[] {
  return sorted.filter(({ eventId }, i) => sorted[i - 1]?.eventId !== eventId);
}

function isBehind(of: Timed, last: Timed | undefined): boolean {
  return last !== undefined && inTime(last, of) < 0;
}

/** Order of time, then of the record. */
export function inTime(a: Timed, b: Timed): number {
  return a.time - b.time || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);
}
