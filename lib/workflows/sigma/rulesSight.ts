import type { SigmaRuleDetail, SigmaRuleRow } from '../../contracts/sigmaRules';
import type { SigmaSource } from '../../sigma/record';
import type { Logsource, SigmaRule } from '../../sigma/rule';
import { logsourceText } from '../../sigma/sources/logsource';
import { type HostSource, sightOfRule } from '../../sigma/sources/sight';
import { sourceOfKey } from '../../sigma/sources/sigmaRecord';
import { remembered } from '../../storage/remembered';
import { loadHostSources } from '../../storage/sigma/hostSources';
import { runsStamp } from '../../storage/sigma/rulesList';
import { type ActiveRules, readActiveRules } from './activeRules';
import { isUsable, parsedRules, type RulePlace } from './parsedRules';

type Counts = SigmaRuleRow['hosts'];
type Host = { readonly id: number; readonly name: string };
/** Hosts alike, and what came of the first of them. */
type Alike = { readonly sources: readonly HostSource[]; readonly hosts: readonly Host[] };

/** What is known of the hosts' records, ready to judge rules by. */
export type Fleet = {
  /** Hosts that a rule cannot tell apart: the same classes of records it is about, the same of its fields filled. */
  readonly alike: (rule: Pick<SigmaRule, 'logsource' | 'fields'>) => readonly Alike[];
  readonly isEmpty: boolean;
  /** What was counted of rules already. */
  readonly counts: Map<string, Counts>;
};

/** More records than this of a class say that a field which none filled is not filled there at all (lib/sigma/sources/sight). */
const MANY = 20;

/** The hosts that runs have looked at, as they are now. */
export async function readFleet(): Promise<Fleet> {
  return remembered(`sigma fleet ${await runsStamp()}`, async () => createFleet(await loadHostSources()));
}

/** On how many hosts each of these rules can be decided, in part or not at all; a rule is left out where its text cannot be read. */
export async function countSights(rules: readonly RulePlace[]): Promise<ReadonlyMap<number, Counts>> {
  const [fleet, active] = await Promise.all([readFleet(), readActiveRules()]);
  if (fleet.isEmpty) return new Map();
  const keyOf = (id: number): string => `${active.digest} ${id}`;
  const missing = rules.filter(({ id }) => !fleet.counts.has(keyOf(id)));
  for (const [id, judged] of await rulesToJudge(missing, active))
    fleet.counts.set(keyOf(id), count(fleet, judged));
  return new Map(
    rules.flatMap(({ id }) => {
      const counts = fleet.counts.get(keyOf(id));
      return counts === undefined ? [] : [[id, counts] as const];
    }),
  );
}

/** How well a rule can be decided on each host: where it cannot at all first, then by name. */
export async function readSight(place: RulePlace): Promise<SigmaRuleDetail['sight']> {
  const [fleet, active] = await Promise.all([readFleet(), readActiveRules()]);
  const judged = (await rulesToJudge([place], active)).get(place.id);
  if (judged === undefined) return [];
  const sights = fleet.alike(judged.rule).flatMap(({ sources, hosts }) => {
    const { state, why } = sightOfRule(judged.rule, judged.through(sources));
    return hosts.map(({ id, name }) => ({ host: { id: String(id), name }, state, why }));
  });
  return sights.sort(
    (a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state) || (a.host.name < b.host.name ? -1 : 1),
  );
}

const WORST = ['blind', 'partial', 'visible'];

/** A detection, and how it looks at what is known of a host's records. */
type Judged = {
  readonly rule: SigmaRule;
  readonly through: (sources: readonly HostSource[]) => readonly HostSource[];
};

/** Detections by the rows of their texts: with their filters where they run, else as they stand. */
async function rulesToJudge(
  places: readonly RulePlace[],
  active: ActiveRules,
): Promise<ReadonlyMap<number, Judged>> {
  const running = new Map(active.rules.map((rule) => [active.idOf(rule), rule]));
  const parsed = await parsedRules(places.filter(({ id }) => !running.has(id)));
  const isAsked = createAsked(active.rules);
  return new Map(
    places.flatMap(({ id }) => {
      const runs = running.get(id);
      if (runs !== undefined) return [[id, { rule: runs, through: (sources) => sources }] as const];
      const rule = parsed.get(id);
      if (!isUsable(rule) || rule.kind !== 'detection') return [];
      return [[id, { rule, through: (sources) => unasked(rule, sources, isAsked) }] as const];
    }),
  );
}

/** Whether a rule that runs asks for a field of a class of records: only of those it is noted whether they were filled. */
function createAsked(rules: readonly SigmaRule[]): (source: SigmaSource, field: string) => boolean {
  const asked = new Map<SigmaSource, ReadonlySet<string>>();
  return (source, field) => {
    const fields =
      asked.get(source) ??
      new Set(rules.flatMap((rule) => (source.takes(rule.logsource) ? rule.fields : [])));
    asked.set(source, fields);
    return fields.has(field);
  };
}

/** What a rule that does not run would see: fields that nobody looked for count as filled. */
function unasked(
  rule: SigmaRule,
  sources: readonly HostSource[],
  isAsked: ReturnType<typeof createAsked>,
): readonly HostSource[] {
  return sources.map((one) => {
    const more = rule.fields.filter((field) => !isAsked(one.source, field));
    return more.length === 0 ? one : { ...one, fields: new Set([...one.fields, ...more]) };
  });
}

function count(fleet: Fleet, { rule, through }: Judged): Counts {
  const counts = { visible: 0, partial: 0, blind: 0 };
  for (const { sources, hosts } of fleet.alike(rule))
    counts[sightOfRule(rule, through(sources)).state] += hosts.length;
  return counts;
}

/** Groups kept by what rules ask for: some hundreds of ways, whatever the number of rules. */
const WAYS_MAX = 2_000;

/** A host, and those of its classes of records that a log source is about. */
type Concerned = {
  readonly host: Host;
  readonly sources: readonly { readonly key: string; readonly ofHost: HostSource }[];
};

/** Puts hosts that are alike together, once per way of asking: thousands of rules ask in some hundreds. */
export function createFleet(rows: Awaited<ReturnType<typeof loadHostSources>>): Fleet {
  const hosts: readonly Concerned[] = rows.map(({ id, name, sources }) => ({
    host: { id, name },
    sources: sources.flatMap(({ source: key, records, fields }) => {
      const source = sourceOfKey(key);
      return source === undefined ? [] : [{ key, ofHost: { source, records, fields: new Set(fields) } }];
    }),
  }));
  const concerned = new Map<string, readonly Concerned[]>();
  const known = new Map<string, readonly Alike[]>();
  return {
    alike({ logsource, fields }) {
      const about = logsourceText(logsource);
      const way = JSON.stringify([about, fields]);
      const found = known.get(way);
      if (found !== undefined) return found;
      const own = concerned.get(about) ?? hosts.map((host) => concernedBy(logsource, host));
      concerned.set(about, own);
      const alike = groupAlike(own, fields);
      if (known.size >= WAYS_MAX) known.clear();
      known.set(way, alike);
      return alike;
    },
    isEmpty: hosts.length === 0,
    counts: new Map(),
  };
}

function concernedBy(logsource: Logsource, { host, sources }: Concerned): Concerned {
  return { host, sources: sources.filter(({ ofHost }) => ofHost.source.takes(logsource)) };
}

/** Hosts with the same classes of records, few or many, and the same of these fields filled. */
function groupAlike(hosts: readonly Concerned[], fields: readonly string[]): readonly Alike[] {
  const groups = new Map<string, { sources: readonly HostSource[]; hosts: Host[] }>();
  for (const { host, sources } of hosts) {
    const signature = sources
      .map(({ key, ofHost }) => {
        const filled = fields.map((field) => (ofHost.fields.has(field) ? '1' : '0')).join('');
        return `${key} ${Math.min(ofHost.records, MANY)} ${filled}`;
      })
      .join('\n');
    const alike = groups.get(signature) ?? { sources: sources.map(({ ofHost }) => ofHost), hosts: [] };
    groups.set(signature, alike);
    alike.hosts.push(host);
  }
  return [...groups.values()];
}
