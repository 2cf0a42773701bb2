import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import { EVENT_KINDS, type EventKind } from '../../events/endpointEvent';
import { pool } from '../../storage/client';
import { readCatalogue } from '../readCatalogue';

/** For tests: for how long a stage was visible, partial and blind, microseconds. */
export type Counted = { visible: bigint; partial: bigint; blind: bigint };

/** For tests: one host's stages, counted from its events alone. */
export type RecountedHost = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** From a microsecond until before another, for a stage. */
  readonly count: (stage: string, from: number, to: number) => Counted;
};

const SECOND = 1_000_000;
const HOUR = 3_600_000_000;

type Event = {
  readonly host: number;
  readonly time: number;
  readonly kind: EventKind;
  readonly channel: string;
  readonly image: string | null;
  readonly commandLine: string | null;
  readonly filePath: string | null;
};

/** A stage as the shipped file says it, read here without the product's own reader. */
type RawStage = {
  readonly name: string;
  readonly needs: readonly string[];
  readonly essential: readonly string[];
  readonly fields: readonly string[];
  readonly kinds: readonly string[];
  readonly relations: readonly string[];
};

/**
 * For tests: counts coverage of every host anew from the stored events and processes, in another way than the product
 * does: each stretch between two moments at which anything can change is judged by itself.
 */
export async function recount(): Promise<readonly RecountedHost[]> {
  const { catalogue } = await readCatalogue();
  const loaded = kindsNeeded(catalogue).map((kind) => EVENT_KINDS.indexOf(kind));
  const { rows } = await pool().query<Omit<Event, 'kind'> & { kind: number; name: string }>(
    `SELECT h.canonical_id AS host, c.name, e.time, e.kind, ch.name AS channel, e.process_executable AS image,
       e.process_command_line AS "commandLine", e.file_path AS "filePath"
     FROM events e JOIN hosts h ON h.id = e.host_id JOIN hosts c ON c.id = h.canonical_id
       JOIN channels ch ON ch.id = e.channel_id WHERE e.kind = ANY($1::smallint[]) ORDER BY e.time`,
    [loaded],
  );
  const stages = await rawStages();
  const hosts = groupBy(
    rows.map((row) => ({ ...row, kind: EVENT_KINDS[row.kind] ?? 'process_start' })),
    ({ host }) => host,
  );
  return Promise.all(
    [...hosts].map(async ([id, events]) => {
      const lineage = await shareOfKnownParents(id);
      return recountHost(events[0]?.name ?? '', events, stages, lineage);
    }),
  );
}

function recountHost(
  name: string,
  events: readonly Event[],
  stages: readonly RawStage[],
  lineage: number,
): RecountedHost {
  const [first, last] = [events[0]?.time ?? 0, events.at(-1)?.time ?? 0];
  const kinds = new Set(events.map(({ kind }) => kind));
  const heard = new Set(events.map(({ time }) => hourOf(time)));
  const boots = new Set(
    events
      .filter(({ kind, image }) => kind === 'process_start' && /\\(smss|wininit)\.exe$/i.test(image ?? ''))
      .map(({ time }) => hourOf(time)),
  );
  const nextHeard = (hour: number): number => {
    let next = hour;
    while (!heard.has(next)) next++;
    return next;
  };
  const isOff = (time: number): boolean =>
    time < last && !heard.has(hourOf(time)) && boots.has(nextHeard(hourOf(time)));
  const channels = new Map(
    [...groupBy(events, ({ channel }) => channel)].map(([channel, own]) => [
      channel,
      {
        from: own[0]?.time ?? 0,
        to: own.at(-1)?.time ?? 0,
        hours: new Set(own.map(({ time }) => hourOf(time))),
      },
    ]),
  );
  const channelsOf = new Map(
    [...groupBy(events, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      [...new Set(own.map(({ channel }) => channel))],
    ]),
  );
  /** Whether a channel told nothing at a moment in which it could have. */
  const isDeaf = (channel: string, time: number): boolean => {
    const own = channels.get(channel);
    return own === undefined || time < own.from || time > own.to || !own.hours.has(hourOf(time));
  };
  const isBlindTo = (kind: EventKind, time: number): boolean =>
    (channelsOf.get(kind) ?? []).every((channel) => isDeaf(channel, Math.min(time, last)));
  const moments = new Set([first, last, last + SECOND]);
  for (const { from, to } of channels.values()) moments.add(from).add(to);
  for (let hour = hourOf(first); hour <= hourOf(last) + 1; hour++) moments.add(hour * HOUR);
  const states = new Map(stages.map((stage) => [stage.name, judge(stage, events, kinds, lineage)]));
  const needs = new Map(stages.map((stage) => [stage.name, stage.needs as readonly EventKind[]]));
  return {
    name,
    first,
    last,
    count(stage, from, to) {
      const counted: Counted = { visible: 0n, partial: 0n, blind: 0n };
      const cuts = [...moments, from, to]
        .filter((at) => at >= Math.max(from, first) && at <= Math.min(to, last + SECOND))
        .sort((a, b) => a - b);
      for (let i = 1; i < cuts.length; i++) {
        const [begin, end] = [cuts[i - 1] ?? 0, cuts[i] ?? 0];
        if (begin === end || isOff(middle(begin, end))) continue;
        const state = states.get(stage) ?? 'blind';
        const isBlind =
          state === 'blind' || (needs.get(stage) ?? []).some((kind) => isBlindTo(kind, middle(begin, end)));
        counted[isBlind ? 'blind' : state] += BigInt(end - begin);
      }
      return counted;
    },
  };
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function middle(begin: number, end: number): number {
  return begin + (end - begin) / 2;
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR);
}

const BROWSERS = ['chrome.exe', 'msedge.exe', 'firefox.exe'];
const SCRIPTS = ['wscript.exe', 'cscript.exe', 'mshta.exe', 'powershell.exe', 'cmd.exe', 'rundll32.exe'];
const nameOf = (image: string | null): string => (image ?? '').toLowerCase().split('\\').at(-1) ?? '';

/** What proves that a kind is recorded for what a stage is about, in words of our own. */
const WITNESSES: Readonly<Record<string, (event: Event) => boolean>> = {
  'AN1407/svg_arrival': ({ kind, filePath }) =>
    (kind === 'file_create' || kind === 'file_stream') && /\\downloads\\|\.svgz?$/i.test(filePath ?? ''),
  'AN1407/callback': ({ kind, image }) =>
    kind === 'network_connect' && [...BROWSERS, ...SCRIPTS].includes(nameOf(image)),
  'AN1407/credential_collection': ({ kind, filePath }) =>
    kind === 'file_access' && /\\(login data|cookies|web data|logins\.json|key4\.db)/i.test(filePath ?? ''),
};

const RARE = [
  'alert',
  'app_crash',
  'bits_transfer',
  'dpapi_use',
  'log_clear',
  'remote_thread',
  'sensor_change',
  'service_install',
  'task_create',
  // Not in a log of Windows.
  'file_rename',
];
const ALONG =
  /^(child_of|descendant_of|parent_of|ancestor_of|com_broker_of|opened_by_ancestor_of|written_by_ancestor_of)$/;

function judge(
  { name, needs, essential, fields, kinds, relations }: RawStage,
  events: readonly Event[],
  came: ReadonlySet<EventKind>,
  lineage: number,
): keyof Counted {
  const has = (kind: string): boolean => came.has(kind as EventKind);
  if (!needs.every(has)) return 'blind';
  const share = (): number => {
    const own = events.filter(({ kind }) => needs.includes(kind));
    return own.filter(({ commandLine }) => commandLine !== null).length / own.length;
  };
  if (essential.length > 0 && share() < 0.05) return 'blind';
  const doubts = [
    fields.length > 0 && share() < 0.95,
    WITNESSES[name] !== undefined && !events.some(WITNESSES[name]),
    relations.some((relation) => ALONG.test(relation)) && lineage < 0.9,
    kinds.some((kind) => !RARE.includes(kind) && !has(kind)),
  ];
  return doubts.some((doubt) => doubt) ? 'partial' : 'visible';
}

async function shareOfKnownParents(host: number): Promise<number> {
  const { rows } = await pool().query<{ share: number | null }>(
    `SELECT (count(*) FILTER (WHERE link_strength = 'exact' OR requested_by IS NOT NULL
         OR (link_strength = 'broken' AND parent_id IS NOT NULL)))::float8 / nullif(count(*), 0) AS share
     FROM processes WHERE host_id = $1 AND NOT imputed`,
    [host],
  );
  return rows[0]?.share ?? 1;
}

const listOf = (value: unknown): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];

async function rawStages(): Promise<readonly RawStage[]> {
  const folder = path.join(process.cwd(), 'lib/analytics/catalogue');
  const names = (await readdir(folder)).filter((name) => /^an\d+\.yaml$/.test(name));
  const files = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return files.flatMap((text) => {
    const file = parse(text) as { id: string; stages: Record<string, unknown>[] };
    return file.stages.map((stage): RawStage => {
      const telemetry = stage.telemetry as Record<string, unknown>;
      const ways = (stage.any as Record<string, unknown>[] | undefined) ?? [stage];
      const relations = ways.flatMap(({ relation }) =>
        (Array.isArray(relation) ? relation : relation === undefined ? [] : [relation]).flatMap((one) =>
          Object.keys(one as object),
        ),
      );
      const onTheWay = relations.some((relation) => /^(names_derived_file|derived_from)$/.test(relation));
      const kinds = ways.flatMap(({ on }) => listOf(on ?? stage.on));
      return {
        name: `${file.id}/${String(stage.id)}`,
        needs: listOf(telemetry.needs),
        essential: listOf(telemetry.essential),
        fields: listOf(telemetry.fields),
        kinds: onTheWay ? [...kinds, 'file_create', 'file_stream'] : kinds,
        relations,
      };
    });
  });
}
