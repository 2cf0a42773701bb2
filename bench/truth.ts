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
  /** Complete findings that rest on a look-alike. */
  readonly decoys: readonly string[];
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
  await closeStorage();
  const complete = rows.map((row) => row.body);
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
    decoys: decoysAmong(complete, truth),
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

function decoysAmong(complete: readonly Finding[], truth: CorpusTruth): readonly string[] {
  const named = new Set((truth.decoys ?? []).map(({ analytic, process }) => `${analytic} ${process}`));
  return complete
    .filter((finding) => !finding.suppressed)
    .filter(
      (finding) => named.has(`${finding.analytic} ${finding.anchor.entityId}`) || restsOnLookAlike(finding),
    )
    .map((finding) => `${finding.analytic} ${finding.host}: ${finding.headline}`);
}

/** The anchor is what a chain begins with; where it is a look-alike, nothing that follows is its doing. */
function restsOnLookAlike(finding: Finding): boolean {
  const pattern = LOOK_ALIKES[finding.analytic];
  if (pattern === undefined) return false;
  if (finding.analytic !== 'AN1407') return pattern.test(finding.anchor.commandLine ?? '');
  const arrivals = finding.stages[0]?.events ?? [];
  return arrivals.length > 0 && arrivals.every((event) => pattern.test(event.path ?? ''));
}

function countBy(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { analytic } of findings) counts[analytic] = (counts[analytic] ?? 0) + 1;
  return counts;
}
