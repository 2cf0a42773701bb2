import type { Finding } from '../findings/finding';
import type { Connection } from './client';
import {
  addRevisions,
  changesBetween,
  type FindingState,
  type NewRevision,
  PRODUCT,
  type Reopening,
  whyReopened,
} from './findingRevisions';
import type { StagePip, VerdictValue } from './findingRows';
import { jsonText } from './jsonText';

/** A stored finding before its host's correlation is written, and what people decided about it. */
export type KnownFinding = {
  readonly id: string;
  readonly headline: string;
  readonly state: FindingState;
  /** In force; null for none. */
  readonly verdict: VerdictValue | null;
  readonly verdictBy: string | null;
  readonly assignee: string | null;
  readonly reopened: boolean;
  /** The verdict in force or taken out of force, with what it rested on; null for none, and for one of an earlier version. */
  readonly basis: {
    readonly id: number;
    readonly value: VerdictValue;
    readonly by: string;
    readonly strip: readonly StagePip[];
    readonly status: Finding['status'];
  } | null;
};

/** A finding that a correlation changed. */
export type ChangedFinding = {
  readonly before: KnownFinding;
  readonly after: FindingState;
  readonly headline: string;
  /** The one the change made. */
  readonly revision: number;
};

/** Holds the stored findings of a host group and those found now, in order of id as every other writer, and gives what they are. */
export async function holdKnown(
  connection: Connection,
  memberIds: readonly number[],
  found: readonly string[],
): Promise<ReadonlyMap<string, KnownFinding>> {
  await connection.query({
    name: 'hold_known',
    text: 'SELECT id FROM findings WHERE host_id = ANY($1) OR id = ANY($2::text[]) ORDER BY id FOR UPDATE',
    values: [memberIds, found],
  });
  const { rows } = await connection.query<KnownFinding>({
    name: 'known_findings',
    text: `SELECT f.id, f.headline, jsonb_build_object('strip', f.strip, 'status', f.status, 'severity', f.severity, 'score', f.score,
        'version', f.analytic_version, 'suppressed', f.suppressed, 'stale', f.stale) AS state,
        d.verdict, d.verdict_by AS "verdictBy", d.assignee, d.reopened_at IS NOT NULL AS reopened,
        CASE WHEN v.value IS NOT NULL THEN jsonb_build_object('id', v.id, 'value', v.value, 'by', v.by, 'strip', v.stages, 'status', v.status) END AS basis
      FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id LEFT JOIN verdicts v ON v.id = d.verdict_id
      WHERE f.host_id = ANY($1) OR f.id = ANY($2::text[])`,
    values: [memberIds, found],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Keeps a revision of each finding whose shown state changed, takes verdicts out of force that rested on a stage whose
 * state is another now, and puts those back whose stages are again as they were before anybody decided anew. What the
 * data no longer gives is no news about what happened: it takes no verdict away.
 */
export async function followChanges(
  connection: Connection,
  changed: readonly ChangedFinding[],
): Promise<readonly Reopening[]> {
  const judged = changed.map((one) => ({ ...one, turn: turnOf(one) }));
  await addRevisions(
    connection,
    judged.flatMap(({ before, after, revision, turn }): NewRevision[] =>
      changesBetween(before.state, after).length === 0
        ? []
        : [
            {
              findingId: before.id,
              revision,
              before: before.state,
              after,
              reopened: turn?.what === 'reopened',
            },
          ],
    ),
  );
  const turned = judged.flatMap(({ before, headline, turn }) =>
    turn === undefined ? [] : [{ before, headline, turn }],
  );
  await takeOutOfForce(connection, turned);
  await putInForce(connection, turned);
  return turned.flatMap(({ before, headline, turn }): Reopening[] =>
    turn.what === 'other'
      ? []
      : [
          {
            findingId: before.id,
            what: turn.what,
            headline,
            why: turn.why,
            people: peopleOf(before),
          },
        ],
  );
}

/** Whom a turn of its verdict concerns: the assignee, and the verdict's author. */
function peopleOf({ assignee, basis, verdictBy }: KnownFinding): readonly string[] {
  const people = [assignee, basis?.by ?? verdictBy].filter((person) => person !== null);
  return [...new Set(people)];
}

/** `other`: still open again, for another reason than before. */
type Turn = { readonly what: 'reopened' | 'restored' | 'other'; readonly why: string };
type Turned = { readonly before: KnownFinding; readonly turn: Turn };

const AS_BEFORE = 'the stages are again what the verdict rested on';

function turnOf({ before, after }: ChangedFinding): Turn | undefined {
  if (after.stale) return undefined;
  const basis = before.basis ?? (before.verdict === null ? null : before.state);
  if (basis === null || (before.verdict === null && !before.reopened)) return undefined;
  const why = whyReopened(basis, after);
  if (before.verdict !== null) return why === undefined ? undefined : { what: 'reopened', why };
  return why === undefined ? { what: 'restored', why: AS_BEFORE } : { what: 'other', why };
}

async function takeOutOfForce(connection: Connection, turned: readonly Turned[]): Promise<void> {
  const out = turned.filter(({ turn }) => turn.what !== 'restored');
  if (out.length === 0) return;
  await keepEarlier(
    connection,
    out.filter(({ before }) => before.verdict !== null && before.basis === null),
  );
  // The verdict stays named, so that it can be put back; in force is only what stands in `verdict`.
  await connection.query(
    `UPDATE decisions d SET verdict = NULL, verdict_reason = '', verdict_by = NULL, verdict_at = NULL,
       reopened_at = coalesce(d.reopened_at, now()), reopened_why = g.why
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, why text) WHERE d.finding_id = g.id`,
    [jsonText(out.map(({ before, turn }) => ({ id: before.id, why: turn.why })))],
  );
  await note(
    connection,
    out.flatMap(({ before, turn }) =>
      turn.what === 'reopened' ? [{ id: before.id, text: `opened it again: ${turn.why}` }] : [],
    ),
  );
}

/** A verdict of before history was kept enters it now, as resting on what stood until this change. */
async function keepEarlier(connection: Connection, turned: readonly Turned[]): Promise<void> {
  if (turned.length === 0) return;
  await connection.query(
    `WITH kept AS (INSERT INTO verdicts (finding_id, value, reason, by, at, finding_revision, analytic_version, status, score, severity, stages, telemetry)
       SELECT d.finding_id, d.verdict, d.verdict_reason, coalesce(d.verdict_by, ''), coalesce(d.verdict_at, now()), 0, s->>'version',
         s->>'status', (s->>'score')::smallint, (s->>'severity')::smallint, s->'strip', '[]'
       FROM jsonb_to_recordset($1::jsonb) AS g(id text, s jsonb) JOIN decisions d ON d.finding_id = g.id
       RETURNING id, finding_id)
     UPDATE decisions d SET verdict_id = kept.id FROM kept WHERE d.finding_id = kept.finding_id`,
    [jsonText(turned.map(({ before }) => ({ id: before.id, s: before.state })))],
  );
}

async function putInForce(connection: Connection, turned: readonly Turned[]): Promise<void> {
  const back = turned.filter(({ turn }) => turn.what === 'restored');
  if (back.length === 0) return;
  await connection.query(
    `UPDATE decisions d SET verdict = v.value, verdict_reason = v.reason, verdict_by = v.by, verdict_at = v.at,
       reopened_at = NULL, reopened_why = NULL
     FROM verdicts v WHERE v.id = d.verdict_id AND d.finding_id = ANY($1::text[])`,
    [back.map(({ before }) => before.id)],
  );
  await note(
    connection,
    back.map(({ before }) => ({
      id: before.id,
      text: `closed it again: ${AS_BEFORE}, so the verdict of ${before.basis?.by ?? ''} stands`,
    })),
  );
}

async function note(
  connection: Connection,
  lines: readonly { readonly id: string; readonly text: string }[],
): Promise<void> {
  if (lines.length === 0) return;
  await connection.query(
    `INSERT INTO activity (finding_id, by, text) SELECT id, $2, text FROM jsonb_to_recordset($1::jsonb) AS g(id text, text text)`,
    [jsonText(lines), PRODUCT],
  );
}
