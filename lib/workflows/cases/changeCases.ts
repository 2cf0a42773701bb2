import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { cutText } from '../../base/cutText';
import type { addItemsBody, CaseDetail, changeCaseBody, createCaseBody } from '../../contracts/cases';
import type { Severity } from '../../contracts/scalars';
import { SIGMA_LEVELS } from '../../sigma/rule';
import { addItems, removeItems } from '../../storage/cases/caseItems';
import { insertCase, updateCase } from '../../storage/cases/cases';
import { mergeCases, unmergeCase } from '../../storage/cases/mergeCases';
import { SEVERITIES } from '../../storage/findingRows';
import { toAlertView } from '../readAlerts';
import { type FoundThings, findThings, type GivenThings, referTo } from './caseThings';
import { readCase } from './readCase';

const TITLE = 200;

/**
 * Opens a case with what is put into it. Without a title it is called by the first finding's headline, else by the first
 * alert's rule, else by the first hit's rule; without a severity it has the highest of them; without an owner it is who opens it. Throws `bad_request`
 * for a case of nothing without a title, `not_found`, and `conflict` for what stands in another case.
 */
export async function createCase(body: z.output<typeof createCaseBody>, by: string): Promise<CaseDetail> {
  const things = await findThings(body);
  const title = body.title ?? titleOf(things);
  if (title === undefined)
    throw new AppError('bad_request', 'Give the case a title: nothing is in it to be called by.', {
      errors: [{ path: 'title', message: 'is missing' }],
    });
  const id = await insertCase(
    {
      title,
      summary: body.summary,
      severity: body.severity ?? highestOf(things),
      owner: body.owner === undefined ? by : (body.owner?.trim() ?? null) || null,
      items: things.items,
      move: body.move,
    },
    by,
  );
  return readCase(id);
}

/** Changes a case as `updateCase` does, and tells how it is then. */
export async function changeCaseFacts(
  id: number,
  body: z.output<typeof changeCaseBody>,
  by: string,
): Promise<CaseDetail> {
  const { revision, title, summary, severity, owner, state, outcome } = body;
  await updateCase(
    id,
    {
      revision,
      ...(title === undefined ? {} : { title }),
      ...(summary === undefined ? {} : { summary }),
      ...(severity === undefined ? {} : { severity }),
      ...(owner === undefined ? {} : { owner: (owner?.trim() ?? null) || null }),
      ...(state === undefined ? {} : { state }),
      ...(outcome === undefined ? {} : { outcome }),
    },
    by,
  );
  return readCase(id);
}

/** Puts findings, alerts and hits into a case. Throws as `findThings` and `addItems` do. */
export async function addCaseThings(
  id: number,
  body: z.output<typeof addItemsBody>,
  by: string,
): Promise<CaseDetail> {
  const { items } = await findThings(body);
  await addItems(id, items, body.move, by);
  return readCase(id);
}

/** Takes findings, alerts and hits out of a case, also those that the data no longer gives. Throws as `removeItems` does. */
export async function removeCaseThings(id: number, body: GivenThings, by: string): Promise<CaseDetail> {
  await removeItems(id, referTo(body), by);
  return readCase(id);
}

/** Merges a case into another and tells how that is then. Throws as `mergeCases` does. */
export async function mergeCase(
  id: number,
  body: { readonly into: number; readonly revision: number },
  by: string,
): Promise<CaseDetail> {
  await mergeCases(id, body.into, body.revision, by);
  return readCase(body.into);
}

/** Takes a merged case out of the other and tells how it is then. Throws as `unmergeCase` does. */
export async function takeCaseApart(id: number, by: string): Promise<CaseDetail> {
  await unmergeCase(id, by);
  return readCase(id);
}

function titleOf({ findings, alerts, hits }: FoundThings): string | undefined {
  const words = (findings[0]?.headline ?? alerts[0]?.rule ?? hits[0]?.title)?.trim();
  return words === undefined || words === '' ? undefined : cutText(words, TITLE);
}

function highestOf({ findings, alerts, hits }: FoundThings): Severity {
  const known = [
    ...[...findings, ...alerts.map(toAlertView)].flatMap(({ severity }) => severity ?? []),
    // Sigma's words for how bad it is are ours.
    ...hits.map(({ level }) => SIGMA_LEVELS[level] ?? 'medium'),
  ];
  return (
    known.reduce<Severity | undefined>(
      (high, severity) =>
        high === undefined || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(high) ? severity : high,
      undefined,
    ) ?? 'medium'
  );
}
