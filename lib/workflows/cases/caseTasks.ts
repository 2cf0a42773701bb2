import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { cutText } from '../../base/cutText';
import { parseMicros } from '../../base/time';
import type { addRunbookTasksBody, addTaskBody, CaseTask, changeTaskBody } from '../../contracts/cases';
import type { RunbookView } from '../../contracts/findings';
import { findingsInCase } from '../../storage/cases/caseItems';
import { addRunbookTasks, addTask, changeTask } from '../../storage/cases/caseTasks';
import { changeableOrRefuse } from '../../storage/cases/changeCase';
import { readRunbook } from '../readRunbook';
import { toCaseTask } from './caseViews';

/** Adds a task. Throws as `addTask` does. */
export async function addCaseTask(
  caseId: number,
  { text, assignee, dueAt }: z.output<typeof addTaskBody>,
  by: string,
): Promise<CaseTask> {
  return toCaseTask(
    await addTask(caseId, { text, assignee: assignee?.trim() || null, dueAt: dateOf(dueAt) }, by),
  );
}

/**
 * Makes tasks of steps of a finding's runbook: of those named, else of those the data does not answer. Throws
 * `not_found` for a finding that does not stand in the case, `bad_request` for a step its runbook has not.
 */
export async function addTasksOfRunbook(
  caseId: number,
  { findingId, steps }: z.output<typeof addRunbookTasksBody>,
  by: string,
): Promise<{ items: CaseTask[] }> {
  await changeableOrRefuse(caseId);
  // Looked at again when the tasks are made; reading a runbook asks many questions of the events.
  if (!(await findingsInCase(caseId)).includes(findingId))
    throw new AppError('not_found', `This finding does not stand in case ${caseId}.`);
  const runbook = await readRunbook(findingId);
  const chosen = steps === undefined ? unanswered(runbook) : [...new Set(steps)].sort((a, b) => a - b);
  const tasks = chosen.map((step) => {
    const text = runbook.steps[step]?.text.trim();
    if (text === undefined || text === '')
      throw new AppError('bad_request', `The runbook of this finding has no step ${step + 1}.`, {
        errors: [{ path: 'steps', message: 'not a step of the runbook' }],
      });
    return { step, text: cutText(text, TEXT) };
  });
  return { items: (await addRunbookTasks(caseId, findingId, tasks, by)).map(toCaseTask) };
}

const TEXT = 2000;

/** Steps, from 0, that the data cannot answer: for a person, or blind. */
function unanswered({ steps }: RunbookView): readonly number[] {
  return steps.flatMap(({ state, text }, step) => (state === 'answered' || text.trim() === '' ? [] : [step]));
}

/** Changes, ends or opens again a task. Throws as `changeTask` does, and `bad_request` for a due time that is none. */
export async function changeCaseTask(
  caseId: number,
  taskId: number,
  body: z.output<typeof changeTaskBody>,
  by: string,
): Promise<CaseTask> {
  const { revision, text, state, outcome, assignee, dueAt } = body;
  const task = await changeTask(
    caseId,
    taskId,
    {
      revision,
      ...(text === undefined ? {} : { text }),
      ...(state === undefined ? {} : { state }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(assignee === undefined ? {} : { assignee: assignee?.trim() || null }),
      ...(dueAt === undefined ? {} : { dueAt: dateOf(dueAt) }),
    },
    by,
  );
  return toCaseTask(task);
}

function dateOf(text: string | null): Date | null {
  if (text === null) return null;
  const time = parseMicros(text);
  if (time === undefined)
    throw new AppError('bad_request', '"dueAt" is not a time such as 2026-11-20T09:00:00Z.', {
      errors: [{ path: 'dueAt', message: 'not an ISO 8601 time' }],
    });
  return new Date(Math.floor(time / 1000));
}
