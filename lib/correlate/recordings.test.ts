import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeFiles } from '../cli/analyzeFiles';
import { loadCatalogue } from '../cli/loadCatalogue';
import type { AnalyzeDocument } from '../contracts/analyze';

type FoundFinding = AnalyzeDocument['findings'][number];
type Expected = {
  readonly analytic: string;
  readonly acceptable_verdicts: readonly string[];
  readonly host?: string;
  readonly trigger?: { readonly pid?: number; readonly process_guid?: string; readonly image?: string };
};
type Labelled = {
  readonly file: string;
  readonly expect: readonly Expected[];
  readonly none_for: readonly string[];
};

/** Public attack recordings, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const LABELS = path.join(DATA, 'LABELS.json');
const labelled: readonly Labelled[] = existsSync(LABELS)
  ? (JSON.parse(readFileSync(LABELS, 'utf8')) as { datasets: readonly Labelled[] }).datasets.filter(
      ({ file }) => existsSync(path.join(DATA, file)),
    )
  : [];
if (labelled.length === 0)
  process.stdout.write('skipped labelled recordings: no folder ../shared/data beside the project\n');

/** Scores that ANALYTICS B.7 works out by hand; LethalHTA without the points for its inbound connection, as labelled. */
const SCORES: Readonly<Record<string, number>> = {
  'mordor/cmd_mshta_vbscript_execute_psh.zip': 73,
  'mordor/psh_mshta_html_application_execution.zip': 65,
  'evtx/LM_DCOM_MSHTA_LethalHTA_Sysmon_3_1.evtx': 60,
  'evtx/exec_persist_rundll32_mshta_scheduledtask_sysmon_1_3_11.evtx': 95,
};

describe.runIf(labelled.length > 0)('labelled recordings', () => {
  it.each(labelled.map((one) => [one.file, one] as const))(
    'judges %s as labelled',
    { timeout: 120_000 },
    async (file, label) => {
      const { document } = await analyzeFiles([path.join(DATA, file)], {
        catalogue: await loadCatalogue(),
        onProgress: () => undefined,
      });
      const findings = document.findings.filter((finding) => !finding.suppressed);
      for (const expected of label.expect) {
        const found = findings.filter((finding) => isTriggered(finding, expected));
        const verdicts = found.length === 0 ? ['none'] : found.map((finding) => finding.status);
        const acceptable = expected.acceptable_verdicts;
        expect(
          verdicts.filter((verdict) => acceptable.includes(verdict)),
          `${expected.analytic}: ${verdicts.join()}`,
        ).not.toEqual([]);
        const score = SCORES[file];
        if (score !== undefined) expect(found[0]?.score).toBe(score);
      }
      const wrong = findings.filter((finding) => label.none_for.includes(finding.analytic));
      expect(wrong.map((finding) => `${finding.analytic} ${finding.score} ${finding.headline}`)).toEqual([]);
    },
  );
});

/** The trigger is the finding's anchor, or a process that the finding holds (a dropper's payload, say). */
function isTriggered(finding: FoundFinding, expected: Expected): boolean {
  if (finding.analytic !== expected.analytic) return false;
  const guid = expected.trigger?.process_guid?.replace(/[{}]/g, '').toLowerCase();
  if (guid !== undefined && finding.anchor.entityId === guid) return true;
  if (guid === undefined && finding.anchor.pid === expected.trigger?.pid) return true;
  const image = expected.trigger?.image?.toLowerCase();
  return finding.stages.some((stage) =>
    stage.events.some((event) => event.image !== null && event.image.toLowerCase() === image),
  );
}
