import type { FindingDetail } from '../../contracts/findings';
import { VERDICT_WORD } from '../../contracts/scalars';
import type { SigmaHitView } from '../../contracts/sigmaHits';
import type { StoredItem } from '../../storage/cases/caseItems';
import type { StoredCaseEvidence } from '../../storage/evidenceCase';
import { SEVERITIES } from '../../storage/findingRows';
import type { Block } from './block';
import type { PackedAlert } from './caseAlertEvidence';

/** A hit by what it stands in a case as. */
type GoneHit = Pick<StoredItem, 'ref' | 'addedBy' | 'addedAt'>;

/** What stands in a case, as a pack tells of it. */
export type CaseThings = {
  readonly findings: readonly FindingDetail[];
  readonly alerts: readonly PackedAlert[];
  readonly hits: readonly SigmaHitView[];
  /** Hits that the data or the rules in force no longer give. */
  readonly goneHits: readonly GoneHit[];
};

/** A case's story as a document: what it is, its findings, alerts and hits, and what people wrote, decided and did. */
export function caseBlocks(
  stored: StoredCaseEvidence,
  { findings, alerts, hits, goneHits }: CaseThings,
): readonly Block[] {
  const { case: row, merged } = stored;
  return [
    { type: 'title', text: `Case ${row.id}: ${row.title}` },
    {
      type: 'facts',
      rows: [
        ['State', `${row.state.replace('_', ' ')} since ${row.stateAt.toISOString()}`],
        ['Severity', SEVERITIES[row.severity] ?? String(row.severity)],
        ['Owner', row.owner ?? 'nobody'],
        ['Outcome', wordOf(row.outcome)],
        ['Created', `${row.createdAt.toISOString()} by ${row.createdBy}`],
        ...merged.map(
          (one) => ['Merged into it', `case ${one.id}: ${one.title}, by ${one.mergedBy ?? ''}`] as const,
        ),
      ],
    },
    ...(row.summary === '' ? [] : [{ type: 'text', text: row.summary } as const]),
    { type: 'heading', text: `Findings (${findings.length})` },
    ...findings.flatMap(findingBlocksOf),
    ...part(`Alerts of products (${alerts.length})`, alerts.map(alertItem)),
    ...part(`Sigma hits (${hits.length})`, hits.map(hitItem)),
    ...part(`Sigma hits that the data no longer gives (${goneHits.length})`, goneHits.map(goneItem)),
    ...noteBlocks(stored),
    ...part(
      'Tasks',
      stored.tasks.map(
        (task) =>
          `${task.state}: ${task.text}${task.outcome === '' ? '' : `: ${task.outcome}`}${task.endedBy === null ? '' : ` (${task.endedBy})`}`,
      ),
    ),
    ...part(
      'Comments',
      stored.comments.map(
        (one) => `${one.at.toISOString()} ${one.by}: ${one.withdrawnAt === null ? one.text : '(withdrawn)'}`,
      ),
    ),
    ...part(
      'Indicators',
      stored.indicators.flatMap((one) =>
        one.withdrawnAt === null ? [`${one.type} ${one.value}${one.note === '' ? '' : `: ${one.note}`}`] : [],
      ),
    ),
    ...part(
      'Attachments',
      stored.attachments.map(
        (one) =>
          `${one.name}, ${one.bytes} bytes, SHA-256 ${one.sha256}, by ${one.by}, ${one.at.toISOString()}${one.withdrawnAt === null ? '' : ' (withdrawn)'}`,
      ),
    ),
    ...part(
      'Reviews',
      stored.reviews.map(
        (one) =>
          `Submitted by ${one.submittedBy}, ${one.submittedAt.toISOString()}${one.message === '' ? '' : `: ${one.message}`}. ${one.state.replace('_', ' ')}${one.decidedBy === null ? '' : ` by ${one.decidedBy}, ${one.decidedAt?.toISOString() ?? ''}`}${one.decision === '' ? '' : `: ${one.decision}`}`,
      ),
    ),
    ...part('Time worked', workItems(stored)),
  ];
}

function findingBlocksOf(finding: FindingDetail): readonly Block[] {
  const { verdict } = finding;
  return [
    { type: 'subheading', text: finding.headline },
    {
      type: 'quiet',
      text: `${finding.id}: ${finding.analytic} ${finding.analyticTitle}, ${finding.status}, ${finding.severity}, score ${finding.score}; ${finding.host}; ${finding.from} to ${finding.to}`,
    },
    {
      type: 'text',
      text: `Verdict: ${verdict === null ? 'none yet' : `${VERDICT_WORD[verdict.value]} by ${verdict.by}, ${verdict.at}. ${verdict.reason}`}`,
    },
    { type: 'list', items: finding.story.map(({ text }) => text) },
  ];
}

function alertItem(alert: PackedAlert): string {
  const { rule, product, host, from, to, verdict, verdictReason, verdictBy, verdictAt } = alert;
  const when = from === null || to === null ? 'the data no longer gives it' : `${from} to ${to}`;
  const said =
    verdict === null
      ? 'none yet'
      : `${VERDICT_WORD[verdict]} by ${verdictBy ?? ''}, ${verdictAt?.toISOString() ?? ''}. ${verdictReason}`;
  return `${rule}${product === '' ? '' : ` (${product}, ${alert.alert})`} on ${host}; ${when}. Verdict: ${said}`;
}

function hitItem({ rule, host, time, source, process, record }: SigmaHitView): string {
  const what = process.commandLine ?? process.image;
  const by = rule.author === '' ? '' : `, by ${rule.author}`;
  return `${rule.title} (${rule.level}, ${rule.ruleId}${by}) on ${host.name}; ${time}; ${source}${what === null ? '' : `: ${what}`}. Record ${record.index} of ${record.file}, import ${record.importId}`;
}

function goneItem({ ref, addedBy, addedAt }: GoneHit): string {
  return `Hit ${ref}, put here by ${addedBy}, ${addedAt.toISOString()}`;
}

function noteBlocks({ notes, versions }: StoredCaseEvidence): readonly Block[] {
  const shown = notes.flatMap((note) => {
    const text = versions.find(({ noteId, version }) => noteId === note.id && version === note.version);
    return text === undefined ? [] : [text];
  });
  if (shown.length === 0) return [];
  return [
    { type: 'heading', text: 'Notes' },
    ...shown.flatMap((note): readonly Block[] => [
      { type: 'subheading', text: note.title === '' ? 'Without a title' : note.title },
      { type: 'quiet', text: `Version ${note.version}, by ${note.by}, ${note.at.toISOString()}` },
      { type: 'text', text: note.body },
    ]),
  ];
}

function workItems({ work }: StoredCaseEvidence): readonly string[] {
  const seconds = new Map<string, number>();
  for (const one of work) seconds.set(one.person, (seconds.get(one.person) ?? 0) + one.seconds);
  return [...seconds].map(([person, sum]) => `${person}: ${Math.round(sum / 60)} min`);
}

function part(title: string, items: readonly string[]): readonly Block[] {
  return items.length === 0
    ? []
    : [
        { type: 'heading', text: title },
        { type: 'list', items },
      ];
}

function wordOf(outcome: string | null): string {
  return outcome === null ? 'none yet' : (VERDICT_WORD[outcome as keyof typeof VERDICT_WORD] ?? outcome);
}
