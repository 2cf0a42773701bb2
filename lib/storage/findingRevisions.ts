import type { Finding } from '../findings/finding';
import { addAudits, findingSubject } from './audit';
import { type Connection, pool } from './client';
import { type StagePip, severityOf } from './findingRows';
import { jsonText } from './jsonText';
import { notify } from './notifications';

/** Who changes findings when no person does. */
export const PRODUCT = 'sequela';

/** What of a finding later data can change, as the queue shows it. `severity` is its stored number. */
export type FindingState = {
  readonly strip: readonly StagePip[];
  readonly status: Finding['status'];
  readonly severity: number;
  readonly score: number;
  /** Of the analytic. */
  readonly version: string;
  readonly suppressed: boolean;
  readonly stale: boolean;
};

export type StateChange = {
  readonly what: 'stage' | 'status' | 'severity' | 'score' | 'version' | 'suppressed' | 'stale';
  readonly stage: string | null;
  readonly title: string | null;
  readonly before: string;
  readonly after: string;
};

/** A stage that only one of two states has. */
const MISSING = 'not asked';

/** What changed from one state of a finding to another, stages first; empty when nothing that is shown did. */
export function changesBetween(before: FindingState, after: FindingState): readonly StateChange[] {
  const plain = (what: StateChange['what'], was: string, is: string): StateChange[] =>
    was === is ? [] : [{ what, stage: null, title: null, before: was, after: is }];
  const yes = (held: boolean) => (held ? 'yes' : 'no');
  return [
    ...stageChanges(before.strip, after.strip),
    ...plain('status', before.status, after.status),
    ...plain('severity', severityOf(before.severity), severityOf(after.severity)),
    ...plain('score', String(before.score), String(after.score)),
    ...plain('version', before.version, after.version),
    ...plain('suppressed', yes(before.suppressed), yes(after.suppressed)),
    ...plain('stale', yes(before.stale), yes(after.stale)),
  ];
}

function stageChanges(before: readonly StagePip[], after: readonly StagePip[]): StateChange[] {
  const was = new Map(before.map((pip) => [pip.id, pip]));
  const is = new Map(after.map((pip) => [pip.id, pip]));
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old?.state === now?.state) return [];
    return [
      {
        what: 'stage' as const,
        stage: id,
        title: now?.title ?? old?.title ?? id,
        before: old?.state ?? MISSING,
        after: now?.state ?? MISSING,
      },
    ];
  });
}

/**
 * What took away what a verdict rested on, in words ("Callback: blind → matched"); undefined while it stands. A stage
 * that a new version of the analytic asks for, or asks for no more, only counts when it matched.
 */
export function whyReopened(
  basis: Pick<FindingState, 'strip' | 'status'>,
  now: Pick<FindingState, 'strip' | 'status'>,
): string | undefined {
  const stages = stageChanges(basis.strip, now.strip)
    .filter(({ before, after }) =>
      before === MISSING ? after === 'matched' : after !== MISSING || before === 'matched',
    )
    .map(({ title, before, after }) => `${title}: ${before} → ${after}`);
  const status = basis.status === now.status ? [] : [`status: ${basis.status} → ${now.status}`];
  const all = [...stages, ...status];
  return all.length === 0 ? undefined : all.join('; ');
}

/** A change of a finding by data, to be kept. `revision` is the one it made. */
export type NewRevision = {
  readonly findingId: string;
  readonly revision: number;
  readonly before: FindingState;
  readonly after: FindingState;
  readonly reopened: boolean;
};

/** Keeps what data changed. */
export async function addRevisions(connection: Connection, revisions: readonly NewRevision[]): Promise<void> {
  if (revisions.length === 0) return;
  await connection.query({
    name: 'add_revisions',
    text: `INSERT INTO finding_revisions (finding_id, revision, before, after, reopened)
      SELECT g."findingId", g.revision, g.before, g.after, g.reopened
      FROM jsonb_to_recordset($1::jsonb) AS g("findingId" text, revision int, before jsonb, after jsonb, reopened bool)
      ON CONFLICT (finding_id, revision) DO UPDATE SET before = excluded.before, after = excluded.after, reopened = excluded.reopened, at = now()`,
    values: [jsonText(revisions)],
  });
}

export type StoredRevision = {
  readonly revision: number;
  readonly at: Date;
  readonly before: FindingState;
  readonly after: FindingState;
  readonly reopened: boolean;
};

/** Everything that later data changed in a finding, newest first. */
export async function loadRevisions(findingId: string): Promise<readonly StoredRevision[]> {
  const { rows } = await pool().query<StoredRevision>(
    'SELECT revision, at, before, after, reopened FROM finding_revisions WHERE finding_id = $1 ORDER BY revision DESC',
    [findingId],
  );
  return rows;
}

/** That data took a verdict out of force, or that the stages came back to what it rested on before anybody decided again. */
export type Reopening = {
  readonly findingId: string;
  readonly what: 'reopened' | 'restored';
  readonly headline: string;
  readonly why: string;
  /** Whom to tell: the assignee and the verdict's author. */
  readonly people: readonly string[];
};

/** Tells people and the audit trail; to be called last in the transaction that wrote the findings. */
export async function announceReopenings(
  connection: Connection,
  reopenings: readonly Reopening[],
): Promise<void> {
  await notify(
    connection,
    reopenings.flatMap(({ findingId, what, headline, why, people }) =>
      people.map((person) => ({
        person,
        kind: what === 'reopened' ? ('finding.reopened' as const) : ('finding.changed' as const),
        subject: findingSubject(findingId),
        by: null,
        text:
          what === 'reopened' ? `Open again (${why}): ${headline}` : `Closed as before (${why}): ${headline}`,
        link: `/findings/${encodeURIComponent(findingId)}`,
      })),
    ),
  );
  await addAudits(
    connection,
    reopenings.map(({ findingId, what, why }) => ({
      by: PRODUCT,
      action: `finding.${what}` as const,
      subject: findingSubject(findingId),
      details: { why },
    })),
  );
}
