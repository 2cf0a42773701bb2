import type { MatchedPart, RuleMatch } from '../../sigma/hit';
import { fieldsOf } from '../../sigma/sources/hitFacts';
import { ensureHosts } from '../../storage/hosts';
import { type NewHit, saveHits } from '../../storage/sigma/hitsWrite';
import type { ActiveRules } from './activeRules';
import type { MatchedRecord } from './matchImportRecords';

/** Fields that every hit keeps: what people say is normal by. */
const KEPT_FIELDS = [
  'Image',
  'ParentImage',
  'CommandLine',
  'ParentCommandLine',
  'User',
  'TargetFilename',
  'TargetObject',
  'Details',
  'ImageLoaded',
  'DestinationIp',
  'DestinationHostname',
  'QueryName',
  'PipeName',
  'SourceImage',
  'TargetImage',
  'EventID',
];
const VALUE_LENGTH = 4_000;
const TEXT_LENGTH = 8_192;
const EXPECTED_LENGTH = 1_000;

/** Hits of one import: a rule that hits everything must not take the place of all others. */
const MOST_HITS = 1_000_000;
const MOST_OF_A_RULE = 100_000;

/** Hits of one statement. */
const BATCH = 500;
/** Hits held in memory before more are tried: a piece of an upload may hold very many. */
const MOST_HELD = 2_000;
const MAX_INT4 = 2_147_483_647;

/** Rows before their hosts are numbered. */
type Draft = Omit<NewHit, 'hostId'> & { readonly host: string };

/** Collects hits and stores them in batches under a run that does not count yet. */
export function createHitWriter(
  importId: number,
  run: number,
  active: ActiveRules,
  correlated: ReadonlyMap<string, readonly string[]>,
) {
  const ofRule = new Map<number, number>();
  let drafts: Draft[] = [];
  let [kept, left] = [0, 0];

  function take(ruleId: number): boolean {
    const hits = ofRule.get(ruleId) ?? 0;
    if (kept >= MOST_HITS || hits >= MOST_OF_A_RULE) {
      left++;
      return false;
    }
    ofRule.set(ruleId, hits + 1);
    kept++;
    return true;
  }

  /** Stores what was collected, if it is enough for a batch; all of it with `rest`. */
  async function flush(rest = false): Promise<void> {
    while (drafts.length >= (rest ? 1 : BATCH)) {
      const batch = drafts.slice(0, BATCH);
      drafts = drafts.slice(BATCH);
      const hosts = await ensureHosts(batch.map(({ host }) => host));
      const rows = batch.flatMap(({ host, ...hit }) => {
        const hostId = hosts.get(host);
        return hostId === undefined ? [] : [{ ...hit, hostId }];
      });
      await saveHits(importId, run, rows);
    }
  }

  return {
    /** Collects a record's hits; a promise where many are held and have to be stored first. */
    add(found: MatchedRecord): Promise<void> | undefined {
      for (const match of found.matches) {
        const ruleId = active.idOf(match.rule);
        if (take(ruleId))
          drafts.push(draftOf(found, match, ruleId, active.silent.has(ruleId), fieldsFor(match, correlated)));
      }
      return drafts.length >= MOST_HELD ? flush() : undefined;
    },
    flush,
    /** What was left out, for people; null when nothing was. */
    remark: (): string | null =>
      left === 0
        ? null
        : `Of one import at most ${MOST_OF_A_RULE.toLocaleString('en')} hits of a rule are kept, and ${MOST_HITS.toLocaleString('en')} in all: ${left.toLocaleString('en')} more were counted and left out.`,
  };
}

function draftOf(
  { member, index, record, isEvent, eventId, facts }: MatchedRecord,
  match: RuleMatch,
  ruleId: number,
  silent: boolean,
  names: readonly string[],
): Draft {
  const matched = match.explain();
  return {
    ...{ host: facts.host, eventId, ruleId, isEvent, silent, time: facts.time, member },
    recordIndex: index,
    source: record.source.title.slice(0, EXPECTED_LENGTH),
    entityId: facts.entityId?.slice(0, EXPECTED_LENGTH) ?? null,
    pid: pidOf(facts.pid),
    image: facts.image?.slice(0, TEXT_LENGTH) ?? null,
    commandLine: facts.commandLine?.slice(0, TEXT_LENGTH) ?? null,
    userName: facts.user?.slice(0, TEXT_LENGTH) ?? null,
    matched: matched.map((part) => ({ ...part, expected: part.expected.slice(0, EXPECTED_LENGTH) })),
    fields: cut(fieldsOf(record, [...new Set([...names, ...fieldsIn(matched)])])),
  };
}

/** A number a vendor wrote beyond what a pid can be is none. */
function pidOf(pid: number | undefined): number | null {
  return pid !== undefined && Number.isInteger(pid) && Math.abs(pid) <= MAX_INT4 ? pid : null;
}

function fieldsFor(
  { rule }: RuleMatch,
  correlated: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const named = rule.name === undefined ? [] : (correlated.get(rule.name) ?? []);
  return [...KEPT_FIELDS, ...(correlated.get(rule.id) ?? []), ...named];
}

function fieldsIn(matched: readonly MatchedPart[]): readonly string[] {
  return matched.flatMap(({ field }) => (field === undefined ? [] : [field]));
}

function cut(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.slice(0, VALUE_LENGTH)]),
  );
}
