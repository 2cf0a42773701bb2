import { addAudits, findingSubject } from './audit';
import { type BulkItem, endBulkAct, type StoredAct, withBulkAct } from './bulkActs';
import type { Connection } from './client';
import { addActivity, type HeldFinding, holdFindings, touchFindings } from './decisions';
import { describeLatest, type Latest } from './latestChange';
import { notify } from './notifications';
import { addVerdicts } from './verdicts';

export type UndoOutcome =
  | 'not_found'
  | 'of_another'
  | 'undone_before'
  | 'too_late'
  | {
      readonly undone: readonly string[];
      /** Changed since, and left alone; without a latest change when it is gone. */
      readonly kept: readonly { readonly id: string; readonly latest?: Latest }[];
    };

/**
 * Puts back what stood before an act about many findings, of those that nobody and nothing changed since. Only whoever
 * did it may, and only for ten minutes. History keeps both: the act's verdict, and what was put back.
 */
export async function undoDecisions(actId: number, by: string): Promise<UndoOutcome> {
  return withBulkAct(actId, async (connection, act) => {
    if (act === undefined) return 'not_found';
    if (act.by !== by) return 'of_another';
    if (act.undone) return 'undone_before';
    if (!act.recent) return 'too_late';
    const held = await holdFindings(
      connection,
      act.items.map(({ id }) => id),
    );
    const back = act.items.filter(({ id, left }) => held.get(id)?.revision === left);
    const changed = act.items.filter(({ id, left }) => held.has(id) && held.get(id)?.revision !== left);
    const latest = await describeLatest(
      connection,
      changed.map(({ id }) => id),
    );
    if (back.length > 0) await putBack(connection, act, back, held);
    await endBulkAct(connection, actId);
    await addAudits(
      connection,
      back.map(({ id, left, before }) => ({
        by,
        action: 'finding.undone',
        subject: findingSubject(id),
        details: {
          ...{ bulk: actId, what: act.what, verdict: before.verdict, assignee: before.assignee },
          revision: left,
        },
      })),
    );
    const gone = act.items.filter(({ id }) => !held.has(id)).map(({ id }) => ({ id }));
    return {
      undone: back.map(({ id }) => id),
      kept: [...latest.map((one) => ({ id: one.id, latest: one })), ...gone],
    };
  });
}

async function putBack(
  connection: Connection,
  act: StoredAct,
  items: readonly BulkItem[],
  held: ReadonlyMap<string, HeldFinding>,
): Promise<void> {
  const ids = items.map(({ id }) => id);
  if (act.what === 'verdict') {
    await addVerdicts(
      connection,
      items.map(({ id, before }) => ({
        findingId: id,
        value: before.verdict,
        reason: `Put back by undoing.${before.verdictReason === '' ? '' : ` ${before.verdictReason}`}`,
        by: act.by,
        blindStages: [],
        blindAcknowledged: false,
      })),
      act.id,
    );
  }
  await connection.query(
    `UPDATE decisions d SET verdict = g.before->>'verdict', verdict_reason = g.before->>'verdictReason', verdict_by = g.before->>'verdictBy',
       verdict_at = (g.before->>'verdictAt')::timestamptz, verdict_id = (g.before->>'verdictId')::bigint, assignee = g.before->>'assignee',
       reopened_at = (g.before->>'reopenedAt')::timestamptz, reopened_why = g.before->>'reopenedWhy'
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, before jsonb) WHERE d.finding_id = g.id`,
    [JSON.stringify(items)],
  );
  await touchFindings(connection, ids);
  await addActivity(
    connection,
    ids,
    act.by,
    `undid what was done to ${act.items.length} at once: ${act.text}`,
  );
  await notify(
    connection,
    items.flatMap(({ id, before }) => {
      const finding = held.get(id);
      // Of an assignment those who were given it: it is theirs no more.
      const person = finding?.assignee ?? null;
      return finding === undefined ||
        person === null ||
        (act.what === 'assignee' && person === before.assignee)
        ? []
        : [
            {
              person,
              kind: 'finding.changed' as const,
              subject: findingSubject(id),
              by: act.by,
              text: `${act.by} undid: ${act.text}: ${finding.headline}`,
              link: `/findings/${encodeURIComponent(id)}`,
            },
          ];
    }),
  );
}
