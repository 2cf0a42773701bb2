import fs from 'node:fs';
import { shortHostName } from '../lib/events/hostName';
import type { Finding } from '../lib/findings/finding';
import { closeStorage, pool } from '../lib/storage/client';
import type { CorpusTruth, Planted } from './corpus';
import { answer } from './measurement';

export type TruthTask = { readonly truthFile: string };
export type TruthAnswer = {
  readonly planted: number;
  readonly found: number;
  /** Found chains by analytic, as `found/planted`. */
  readonly byAnalytic: Readonly<Record<string, string>>;
  readonly missing: readonly Planted[];
  /** Look-alikes that the database holds. */
  readonly lookAlikes: number;
  /** Complete findings that rest on a look-alike. */
  readonly decoys: readonly string[];
  /** Complete findings of something else that name a look-alike among their processes. */
  readonly named: number;
  readonly complete: Readonly<Record<string, number>>;
};

/** What build-corpus.mjs writes into its look-alikes, and nothing else carries. */
const LOOK_ALIKES: Readonly<Record<string, RegExp>> = {
  AN1397: /mshta\.exe http:\/\/intranet\/\d+\.hta/i,
  AN1314: /\\inv\d+\.docx/i,
  AN1407: /\\icon\d+\.svg/i,
};

/** Holds the stored findings against what was planted: every chain found, no look-alike complete. */
await answer(async ({ truthFile }: TruthTask): Promise<TruthAnswer> => {
  const truth = JSON.parse(fs.readFileSync(truthFile, 'utf8')) as CorpusTruth;
  const { rows } = await pool().query<{ body: Finding }>(
    "SELECT body FROM findings WHERE status = 'complete'",
  );
  const lookAlikes = await loadLookAlikes(truth);
  await closeStorage();
  const complete = rows.map((row) => row.body);
  const unsuppressed = complete.filter((finding) => !finding.suppressed);
  const resting = unsuppressed.filter((finding) => restsOnLookAlike(finding, lookAlikes));
  const naming = new Map<string, Finding[]>();
  for (const finding of complete)
    for (const id of processesOf(finding)) naming.set(id, [...(naming.get(id) ?? []), finding]);

  const missing: Planted[] = [];
  const tally = new Map<string, { found: number; planted: number }>();
  for (const planted of truth.planted) {
    const [analytic, host, , ids] = planted;
    const count = tally.get(analytic) ?? { found: 0, planted: 0 };
    tally.set(analytic, count);
    count.planted++;
    const found = [ids]
      .flat()
      .some((id) =>
        naming
          .get(id.replace(/[{}]/g, '').toLowerCase())
          ?.some(
            (finding) =>
              finding.analytic === analytic &&
              shortHostName(finding.host) === shortHostName(host.toLowerCase()),
          ),
      );
    if (found) count.found++;
    else missing.push(planted);
  }
  return {
    planted: truth.planted.length,
    found: truth.planted.length - missing.length,
    byAnalytic: Object.fromEntries(
      [...tally].map(([analytic, { found, planted }]) => [analytic, `${found}/${planted}`]),
    ),
    missing: missing.slice(0, 10),
    lookAlikes: lookAlikes.examined,
    decoys: resting.map((finding) => `${finding.analytic} ${finding.host}: ${finding.headline}`),
    named: unsuppressed.filter((finding) => namesLookAlike(finding, lookAlikes) && !resting.includes(finding))
      .length,
    complete: countBy(complete),
  };
});

function processesOf(finding: Finding): ReadonlySet<string> {
  const events = finding.stages.flatMap((stage) => stage.events.flatMap((event) => event.entityId ?? []));
  return new Set(
    [
      ...events,
      ...finding.path,
      ...(finding.anchor.entityId === undefined ? [] : [finding.anchor.entityId]),
    ].map(String),
  );
}

type LookAlikes = {
  /** By analytic: the look-alikes' processes and all that descend from them. */
  readonly families: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many look-alikes the database holds: none would make the check an empty one. */
  readonly examined: number;
};

/** The look-alikes as they are stored: by the ids the builder names, else by what it wrote into them. */
async function loadLookAlikes(truth: CorpusTruth): Promise<LookAlikes> {
  const { rows } = await pool().query<{ id: string; parent: string | null; command: string | null }>(
    'SELECT entity_id AS id, parent_id AS parent, command_line AS command FROM processes',
  );
  const children = new Map<string, string[]>();
  for (const { id, parent } of rows)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  const families = new Map<string, Set<string>>();
  let examined = 0;
  for (const [analytic, pattern] of Object.entries(LOOK_ALIKES)) {
    const named = (truth.decoys ?? []).flatMap((decoy) => (decoy.analytic === analytic ? decoy.process : []));
    const written = rows.flatMap(({ id, command }) => (command !== null && pattern.test(command) ? id : []));
    const family = new Set<string>();
    const waiting = [...named, ...written];
    examined += waiting.length;
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (family.has(id)) continue;
      family.add(id);
      waiting.push(...(children.get(id) ?? []));
    }
    families.set(analytic, family);
  }
  const files = await pool().query<{ path: string }>(
    "SELECT DISTINCT file_path AS path FROM events WHERE file_path ILIKE '%.svg'",
  );
  examined += files.rows.filter(({ path }) => LOOK_ALIKES.AN1407?.test(path) === true).length;
  return { families, examined };
}

/**
 * A finding rests on a look-alike when one of its required stages is matched by nothing else: by what the
 * look-alike or a process below it did. Merely naming one beside a real chain is counted apart.
 */
function restsOnLookAlike(finding: Finding, { families }: LookAlikes): boolean {
  return finding.stages.some(
    (stage) =>
      stage.required &&
      stage.state === 'matched' &&
      stage.events.length > 0 &&
      stage.events.every((event) => isOfLookAlike(finding.analytic, event, families)),
  );
}

function namesLookAlike(finding: Finding, { families }: LookAlikes): boolean {
  const family = families.get(finding.analytic);
  return [...processesOf(finding)].some((id) => family?.has(id) === true);
}

function isOfLookAlike(
  analytic: string,
  event: Finding['stages'][number]['events'][number],
  families: LookAlikes['families'],
): boolean {
  if (event.entityId !== undefined && families.get(analytic)?.has(event.entityId) === true) return true;
  return analytic === 'AN1407' && event.path !== undefined && LOOK_ALIKES.AN1407?.test(event.path) === true;
}

function countBy(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { analytic } of findings) counts[analytic] = (counts[analytic] ?? 0) + 1;
  return counts;
}
