import { AppError } from '../../base/appError';
import { caseSubject } from '../audit';
import { type Connection, pool } from '../client';
import { refuseUnfit } from '../refuseUnfit';
import { changeCase, type HeldCase, noItem } from './changeCase';

export type TaskState = 'open' | 'done' | 'skipped';

/** Something to be done for a case. */
export type StoredTask = {
  readonly id: number;
  readonly caseId: number;
  readonly text: string;
  readonly state: TaskState;
  /** What came of it; empty while nothing did. */
  readonly outcome: string;
  readonly assignee: string | null;
  readonly dueAt: Date | null;
  /** The step of a finding's runbook it was born from. */
  readonly findingId: string | null;
  readonly step: number | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly revision: number;
};

const TASK = `t.id, t.case_id AS "caseId", t.text, t.state, t.outcome, t.assignee, t.due_at AS "dueAt",
  t.finding_id AS "findingId", t.step, t.created_by AS "createdBy", t.created_at AS "createdAt",
  t.ended_by AS "endedBy", t.ended_at AS "endedAt", t.revision`;

/** Tasks of cases, oldest first. */
export async function loadTasks(family: readonly number[]): Promise<readonly StoredTask[]> {
  const { rows } = await pool().query<StoredTask>(
    `SELECT ${TASK} FROM case_tasks t WHERE t.case_id = ANY($1::int[]) ORDER BY t.id`,
    [family],
  );
  return rows;
}

export type NewTask = Pick<StoredTask, 'text' | 'assignee' | 'dueAt'>;

/** Adds a task. Throws as `changeCase` does, and `bad_request` for an assignee who cannot do it. */
export async function addTask(caseId: number, task: NewTask, by: string): Promise<StoredTask> {
  return changeCase(caseId, by, async (held) => {
    const { connection } = held;
    if (task.assignee !== null) await refuseUnfit(task.assignee, 'cases.write', 'assignee', connection);
    const { rows } = await connection.query<{ id: number }>(
      `INSERT INTO case_tasks (case_id, text, assignee, due_at, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [caseId, task.text, task.assignee, task.dueAt, by],
    );
    const added = await taskOrRefuse(connection, caseId, [caseId], rows[0]?.id ?? 0);
    held.audit('case.task_added', { task: added.id, assignee: added.assignee });
    tellAssignee(held, added);
    return added;
  });
}

/** A step of a runbook as a task; `step` counts from 0. */
export type RunbookTask = { readonly step: number; readonly text: string };

/**
 * Makes tasks of a finding's runbook in the case the finding stands in, each step once: one that is there stays as it
 * is. Returns the tasks of these steps, in order. Throws as `changeCase` does, and `not_found` for a finding that does
 * not stand in the case.
 */
export async function addRunbookTasks(
  caseId: number,
  findingId: string,
  steps: readonly RunbookTask[],
  by: string,
): Promise<readonly StoredTask[]> {
  return changeCase(caseId, by, async ({ connection, family, audit }) => {
    const { rows: items } = await connection.query<{ caseId: number }>(
      `SELECT case_id AS "caseId" FROM case_items WHERE kind = 'finding' AND ref = $1 AND case_id = ANY($2::int[])`,
      [findingId, family],
    );
    // With the finding the tasks go where it goes when merged cases are taken apart.
    const own = items[0]?.caseId;
    if (own === undefined) throw new AppError('not_found', `This finding does not stand in case ${caseId}.`);
    const { rowCount } = await connection.query(
      `INSERT INTO case_tasks (case_id, text, finding_id, step, created_by)
       SELECT $1, s.text, $2, s.step, $3 FROM unnest($4::int[], $5::text[]) AS s(step, text) ORDER BY s.step
       ON CONFLICT (case_id, finding_id, step) DO NOTHING`,
      [own, findingId, by, steps.map((step) => step.step), steps.map((step) => step.text)],
    );
    if (rowCount !== null && rowCount > 0)
      audit('case.task_added', { tasks: rowCount, finding: findingId }, own);
    const { rows } = await connection.query<StoredTask>(
      `SELECT ${TASK} FROM case_tasks t WHERE t.case_id = $1 AND t.finding_id = $2 AND t.step = ANY($3::int[]) ORDER BY t.step`,
      [own, findingId, steps.map((step) => step.step)],
    );
    return rows;
  });
}

/** What a person changes of a task; what is absent stays. */
export type TaskChange = {
  readonly revision: number;
  readonly text?: string;
  readonly state?: TaskState;
  readonly outcome?: string;
  readonly assignee?: string | null;
  readonly dueAt?: Date | null;
};

/**
 * Changes, ends or opens again a task that still is as it was seen. Throws `not_found`, `conflict`, and `bad_request` for
 * an assignee who cannot do it.
 */
export async function changeTask(
  caseId: number,
  taskId: number,
  change: TaskChange,
  by: string,
): Promise<StoredTask> {
  return changeCase(caseId, by, async (held) => {
    const { connection, family } = held;
    const before = await taskOrRefuse(connection, caseId, family, taskId);
    if (before.revision !== change.revision) throw await changedMeanwhile(connection, before);
    const assignee = change.assignee === undefined ? before.assignee : change.assignee;
    if (assignee !== null && assignee !== before.assignee)
      await refuseUnfit(assignee, 'cases.write', 'assignee', connection);
    const state = change.state ?? before.state;
    const ended = state !== 'open';
    await connection.query(
      `UPDATE case_tasks SET text = $2, state = $3, outcome = $4, assignee = $5, due_at = $6, revision = revision + 1,
         ended_by = CASE WHEN NOT $7 THEN NULL WHEN state = $3 THEN ended_by ELSE $8 END,
         ended_at = CASE WHEN NOT $7 THEN NULL WHEN state = $3 THEN ended_at ELSE clock_timestamp() END
       WHERE id = $1`,
      [
        taskId,
        change.text ?? before.text,
        state,
        change.outcome ?? before.outcome,
        assignee,
        change.dueAt === undefined ? before.dueAt : change.dueAt,
        ended,
        by,
      ],
    );
    const after = await taskOrRefuse(connection, caseId, family, taskId);
    const moved = state !== before.state;
    held.audit(
      moved ? (ended ? 'case.task_ended' : 'case.task_reopened') : 'case.task_changed',
      {
        task: taskId,
        ...(moved ? { state } : {}),
        ...(assignee === before.assignee ? {} : { assignee }),
        ...(after.text === before.text ? {} : { text: true }),
        ...(after.outcome === before.outcome ? {} : { outcome: true }),
        ...(after.dueAt?.getTime() === before.dueAt?.getTime()
          ? {}
          : { due: after.dueAt?.toISOString() ?? null }),
      },
      before.caseId,
    );
    if (assignee !== before.assignee) tellAssignee(held, after);
    return after;
  });
}

/** The refusal that says who changed a task. */
async function changedMeanwhile(connection: Connection, task: StoredTask): Promise<AppError> {
  const { rows } = await connection.query<{ by: string }>(
    `SELECT by FROM audit WHERE subject = $1 AND action LIKE 'case.task\\_%' AND details->'task' = to_jsonb($2::int)
     ORDER BY id DESC LIMIT 1`,
    [caseSubject(task.caseId), task.id],
  );
  const by = rows[0]?.by;
  return new AppError(
    'conflict',
    `${by ?? 'Somebody'} changed this task since you saw it. Look at it as it is now, then do it again.`,
    { revision: task.revision, ...(by === undefined ? {} : { by }) },
  );
}

async function taskOrRefuse(
  connection: Connection,
  caseId: number,
  family: readonly number[],
  taskId: number,
): Promise<StoredTask> {
  const { rows } = await connection.query<StoredTask>(
    `SELECT ${TASK} FROM case_tasks t WHERE t.id = $1 AND t.case_id = ANY($2::int[]) FOR UPDATE`,
    [taskId, family],
  );
  const task = rows[0];
  if (task === undefined) throw noItem(caseId, 'task', taskId);
  return task;
}

function tellAssignee({ tell, row }: HeldCase, task: StoredTask): void {
  if (task.assignee === null) return;
  tell({
    person: task.assignee,
    kind: 'task.assigned',
    subject: `task:${task.id}`,
    text: `A task of case ${row.id} is yours now: ${task.text}`,
  });
}
