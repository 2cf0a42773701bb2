/** Number of the UTC hour since 1970 → events of one kind in it. Hours with none may be left out. */
export type KindHours = ReadonlyMap<number, number>;

/** Hours, `toHour` exclusive, without a kind, and how many events of it the host's rhythm would have brought. */
export type RhythmSilence = { readonly fromHour: number; readonly toHour: number; readonly expected: number };

/** A host has a rhythm in a kind once the kind came on this many days. */
const LEAST_DAYS = 7;

/** Fewer events than this may well be missing by chance. */
const LEAST_EXPECTED = 20;

/**
 * What comes in bursts has many events and yet is absent most of the time: an absence counts only where, by how
 * often the kind came at these hours of the day, it happens less than once in a thousand times.
 */
const LEAST_SURPRISE = Math.log(1000);

const HOURS_PER_DAY = 24;

/**
 * When a host that recorded other things (`alive`: hours with events of any kind) did not record this kind although
 * by its own rhythm it should have. The rhythm is the mean per hour of the day over the host's other hours. All
 * hours between two in which the kind came, or after its last, are judged together; what is told of them are the
 * stretches in which the host was alive, in order and apart, so that a night with the machine off is in none. There
 * is none before the kind first came, nor of a kind that came on fewer than seven days.
 */
export function rhythmSilences(kind: KindHours, alive: ReadonlySet<number>): readonly RhythmSilence[] {
  const came = [...kind].filter(([, events]) => events > 0).sort(([a], [b]) => a - b);
  const first = came[0]?.[0];
  if (first === undefined || daysOf(came) < LEAST_DAYS) return [];
  const rhythm = createRhythm(came, alive);
  const empty = [...alive].filter((hour) => hour > first && !rhythm.cameAt(hour)).sort((a, b) => a - b);
  const found: RhythmSilence[] = [];
  let at = 0;
  for (let i = 1; i <= came.length; i++) {
    const next = came[i]?.[0] ?? Number.POSITIVE_INFINITY;
    const gap: number[] = [];
    for (let hour = empty[at]; hour !== undefined && hour < next; hour = empty[++at]) gap.push(hour);
    for (const silence of judge(gap, rhythm)) found.push(silence);
  }
  return found;
}

function daysOf(came: readonly (readonly [number, number])[]): number {
  return new Set(came.map(([hour]) => Math.floor(hour / HOURS_PER_DAY))).size;
}

type Rhythm = {
  /** By hour of the day: hours in which the host recorded anything, those with the kind, events of the kind. */
  readonly alive: readonly number[];
  readonly with: readonly number[];
  readonly events: readonly number[];
  readonly cameAt: (hour: number) => boolean;
};

function createRhythm(came: readonly (readonly [number, number])[], alive: ReadonlySet<number>): Rhythm {
  const zeros = () => Array<number>(HOURS_PER_DAY).fill(0);
  const rhythm = { alive: zeros(), with: zeros(), events: zeros() };
  const add = (counts: number[], hour: number, n: number) => {
    const slot = slotOf(hour);
    counts[slot] = (counts[slot] ?? 0) + n;
  };
  const hours = new Set<number>();
  for (const [hour, events] of came) {
    hours.add(hour);
    add(rhythm.alive, hour, 1);
    add(rhythm.with, hour, 1);
    add(rhythm.events, hour, events);
  }
  for (const hour of alive) if (!hours.has(hour)) add(rhythm.alive, hour, 1);
  return { ...rhythm, cameAt: (hour) => hours.has(hour) };
}

/** The stretches of a gap (its alive hours, in order) if it is a silence; none if it may be chance. */
function judge(gap: readonly number[], rhythm: Rhythm): readonly RhythmSilence[] {
  const own = Array<number>(HOURS_PER_DAY).fill(0);
  for (const hour of gap) own[slotOf(hour)] = (own[slotOf(hour)] ?? 0) + 1;
  const mean = Array<number>(HOURS_PER_DAY).fill(0);
  let expected = 0;
  let surprise = 0;
  for (let slot = 0; slot < HOURS_PER_DAY; slot++) {
    const missed = own[slot] ?? 0;
    const others = (rhythm.alive[slot] ?? 0) - missed;
    if (missed === 0 || others <= 0) continue;
    mean[slot] = (rhythm.events[slot] ?? 0) / others;
    expected += missed * (mean[slot] ?? 0);
    // One more hour without it than there were, so that what always came yet is not thought certain.
    surprise -= missed * Math.log(1 - (rhythm.with[slot] ?? 0) / (others + 1));
  }
  if (expected < LEAST_EXPECTED || surprise < LEAST_SURPRISE) return [];
  const stretches: { fromHour: number; toHour: number; expected: number }[] = [];
  for (const hour of gap) {
    const last = stretches.at(-1);
    const due = mean[slotOf(hour)] ?? 0;
    if (last?.toHour === hour) {
      last.toHour++;
      last.expected += due;
    } else stretches.push({ fromHour: hour, toHour: hour + 1, expected: due });
  }
  return stretches;
}

/** Hour of the UTC day; before 1970 too. */
function slotOf(hour: number): number {
  return ((hour % HOURS_PER_DAY) + HOURS_PER_DAY) % HOURS_PER_DAY;
}
