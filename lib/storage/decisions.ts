import { type AuditNote, addAudits, findingSubject } from './audit';
import { addBulkAct, type BulkItem, type Standing } from './bulkActs';
import { type Connection, prisma, transaction } from './client';
import type { StagePip, VerdictValue } from './findingRows';
import { describeLatest, type Latest } from './latestChange';
import { type Note, notify } from './notifications';
import { addVerdicts, blindRequired } from './verdicts';

export type ActivityEntry = { readonly at: Date; readonly by: string; readonly text: string };

/** What people did about a finding, and what data did to their verdicts, oldest first. */
export async function loadActivity(findingId: string): Promise<readonly ActivityEntry[]> {
  return prisma().activity.findMany({
    where: { findingId },
    orderBy: { id: 'asc' },
    select: { at: true, by: true, text: true },
  });
}

/** What a person decides about findings; `text` tells it in the activity, after the person's name. */
export type Decision = {
  readonly by: string;
  readonly text: string;
} & (
  | {
      readonly what: 'verdict';
      /** Null takes it back. */
      readonly value: VerdictValue | null;
      readonly reason: string;
      readonly blindAcknowledged: boolean;
    }
  | { readonly what: 'assignee'; readonly assignee: string | null }
);

/** A finding as the person saw it; without a revision whatever it is now. */
export type Seen = { readonly id: string; readonly revision?: number | undefined };

/** A finding that was left as it is, and why. */
export type Refused = { readonly id: string } & (
  | { readonly code: 'not_found' }
  | { readonly code: 'conflict'; readonly latest: Latest }
  | { readonly code: 'blind_unacknowledged'; readonly blind: readonly StagePip[] }
);

export type DecisionOutcome = {
  /** Number of the act, when it was one about many and anything was done. */
  readonly bulkId: number | null;
  readonly done: readonly string[];
  readonly refused: readonly Refused[];
};

/**
 * Records one decision about findings in one transaction: verdict and assignee, history, activity, notifications and
 * audit. What somebody or new data changed since it was seen is left as it is, and so is a false positive that rests on
 * a blind stage without the person saying so. With `bulk` it can be undone as one act.
 */
export async function decideFindings(
  seen: readonly Seen[],
  decision: Decision,
  bulk: boolean,
): Promise<DecisionOutcome> {
  return transaction(async (connection) => {
    const wanted = [...new Map(seen.map((one) => [one.id, one])).values()];
    const held = await holdFindings(
      connection,
      wanted.map(({ id }) => id),
    );
    const { taken, refused } = await sort(connection, wanted, held, decision);
    if (taken.length === 0) return { bulkId: null, done: [], refused };
    const bulkId = bulk ? await addBulkAct(connection, toAct(decision, taken, wanted.length)) : undefined;
    await write(connection, taken, decision, bulkId);
    const ids = taken.map(({ id }) => id);
    await touchFindings(connection, ids);
    await addActivity(connection, ids, decision.by, decision.text);
    await notify(
      connection,
      taken.flatMap((finding) => notesOf(finding, decision)),
    );
    await addAudits(
      connection,
      taken.map((finding) => auditOf(finding, decision, bulkId)),
    );
    return { bulkId: bulkId ?? null, done: ids, refused };
  });
}

/** A finding whose row this transaction holds. */
export type HeldFinding = Standing & {
  readonly id: string;
  readonly revision: number;
  readonly strip: readonly StagePip[];
  readonly headline: string;
};

/** Holds the rows of findings until the transaction ends, in order of id, so that two acts at once wait for each other; by id. */
export async function holdFindings(
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HeldFinding>> {
  await connection.query({
    name: 'hold_findings',
    text: 'SELECT id FROM findings WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE',
    values: [ids],
  });
  // Read only now: what was decided while this waited counts.
  const { rows } = await connection.query<HeldFinding>({
    name: 'held_findings',
    text: `SELECT f.id, f.revision, f.strip, f.headline, d.verdict, coalesce(d.verdict_reason, '') AS "verdictReason",
        d.verdict_by AS "verdictBy", d.verdict_at AS "verdictAt", d.verdict_id AS "verdictId", d.assignee,
        d.reopened_at AS "reopenedAt", d.reopened_why AS "reopenedWhy"
      FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id WHERE f.id = ANY($1::text[]) ORDER BY f.id`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Says that findings changed: whoever saw them before saw something else. */
export async function touchFindings(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.query('UPDATE findings SET revision = revision + 1 WHERE id = ANY($1::text[])', [ids]);
}

/** Adds the same line to the activity of findings. */
export async function addActivity(
  connection: Connection,
  ids: readonly string[],
  by: string,
  text: string,
): Promise<void> {
  await connection.query(
    'INSERT INTO activity (finding_id, by, text) SELECT id, $2, $3 FROM unnest($1::text[]) AS g(id)',
    [ids, by, text],
  );
}

async function sort(
  connection: Connection,
  wanted: readonly Seen[],
  held: ReadonlyMap<string, HeldFinding>,
  decision: Decision,
): Promise<{ readonly taken: readonly HeldFinding[]; readonly refused: readonly Refused[] }> {
  const taken: HeldFinding[] = [];
  const refused: Refused[] = [];
  const changed: string[] = [];
  for (const { id, revision } of wanted) {
    const finding = held.get(id);
    const blind = finding === undefined ? [] : blindFor(finding, decision);
    if (finding === undefined) refused.push({ id, code: 'not_found' });
    else if (revision !== undefined && revision !== finding.revision) changed.push(id);
    else if (blind.length > 0) refused.push({ id, code: 'blind_unacknowledged', blind });
    else taken.push(finding);
  }
  const latest = await describeLatest(connection, changed);
  return {
    taken: taken.sort((a, b) => (a.id < b.id ? -1 : 1)),
    refused: [...refused, ...latest.map((one) => ({ id: one.id, code: 'conflict' as const, latest: one }))],
  };
}

function blindFor({ strip }: HeldFinding, decision: Decision): readonly StagePip[] {
  if (decision.what !== 'verdict' || decision.value !== 'false_positive' || decision.blindAcknowledged)
    return [];
  return blindRequired(strip);
}

async function write(
  connection: Connection,
  taken: readonly HeldFinding[],
  decision: Decision,
  bulkId: number | undefined,
): Promise<void> {
  const ids = taken.map(({ id }) => id);
  if (decision.what === 'assignee') {
    await connection.query(
      `INSERT INTO decisions (finding_id, assignee) SELECT id, $2 FROM unnest($1::text[]) AS g(id)
       ON CONFLICT (finding_id) DO UPDATE SET assignee = excluded.assignee`,
      [ids, decision.assignee],
    );
    return;
  }
  const { value, reason, by, blindAcknowledged } = decision;
  const verdicts = taken.map(({ id, strip }) => {
    const blindStages = blindRequired(strip).map((pip) => pip.id);
    // Said of a finding where nothing was blind, it says nothing.
    return {
      findingId: id,
      value,
      reason,
      by,
      blindStages,
      blindAcknowledged: blindAcknowledged && blindStages.length > 0,
    };
  });
  const verdictIds = await addVerdicts(connection, verdicts, bulkId);
  await connection.query(
    `INSERT INTO decisions (finding_id, verdict, verdict_reason, verdict_by, verdict_at, verdict_id)
     SELECT id, $3::text, $4, CASE WHEN $3::text IS NOT NULL THEN $5 END, CASE WHEN $3::text IS NOT NULL THEN now() END,
       CASE WHEN $3::text IS NOT NULL THEN verdict_id END
     FROM unnest($1::text[], $2::bigint[]) AS g(id, verdict_id)
     ON CONFLICT (finding_id) DO UPDATE SET verdict = excluded.verdict, verdict_reason = excluded.verdict_reason,
       verdict_by = excluded.verdict_by, verdict_at = excluded.verdict_at, verdict_id = excluded.verdict_id,
       reopened_at = NULL, reopened_why = NULL`,
    [ids, ids.map((id) => verdictIds.get(id) ?? null), value, value === null ? '' : reason, by],
  );
}

/** Whom to tell: who is given it, whose it was, and whose verdict it was. */
function notesOf(finding: HeldFinding, decision: Decision): readonly Note[] {
  const { by, text } = decision;
  const note = (person: string, kind: Note['kind'], said: string): Note => ({
    person,
    kind,
    subject: findingSubject(finding.id),
    by,
    text: `${said}: ${finding.headline}`,
    link: `/findings/${encodeURIComponent(finding.id)}`,
  });
  const given = decision.what === 'assignee' ? decision.assignee : null;
  const others = [
    finding.assignee,
    decision.what === 'verdict' && finding.verdict !== null ? finding.verdictBy : null,
  ].filter((person): person is string => person !== null && person !== given);
  return [
    ...(given === null ? [] : [note(given, 'finding.assigned', `${by} ${text}`)]),
    ...[...new Set(others)].map((person) => note(person, 'finding.changed', `${by} ${text}`)),
  ];
}

function auditOf(finding: HeldFinding, decision: Decision, bulkId: number | undefined): AuditNote {
  const seen = { revision: finding.revision, ...(bulkId === undefined ? {} : { bulk: bulkId }) };
  const subject = findingSubject(finding.id);
  if (decision.what === 'assignee') {
    const details = { assignee: decision.assignee, before: finding.assignee, ...seen };
    return { by: decision.by, action: 'finding.assigned', subject, details };
  }
  const { value, reason, blindAcknowledged } = decision;
  const details = { verdict: value, before: finding.verdict, reason, blindAcknowledged, ...seen };
  return { by: decision.by, action: 'finding.verdict', subject, details };
}

function toAct(decision: Decision, taken: readonly HeldFinding[], asked: number) {
  const items = taken.map(
    ({
      id,
      revision,
      verdict,
      verdictReason,
      verdictBy,
      verdictAt,
      verdictId,
      assignee,
      reopenedAt,
      reopenedWhy,
    }): BulkItem => ({
      id,
      left: revision + 1,
      before: { verdict, verdictReason, verdictBy, verdictAt, verdictId, assignee, reopenedAt, reopenedWhy },
    }),
  );
  return { by: decision.by, what: decision.what, text: decision.text, items, asked };
}
