import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/appError';
import type { ImportView, ReparseBody } from '../contracts/imports';
import {
  askCancel,
  askDelete,
  askReparse,
  askRereadQuarantine,
  type ChangeOutcome,
} from '../storage/importChanges';
import { loadImport, loadImportForWork } from '../storage/imports';
import { areWaiting, hostsTouched } from '../storage/removal';
import { loadFormats } from './mappingFormats';
import { readImport } from './readImports';
import { untilOver } from './receiveImport';

/** Who asks, and whether to answer only once the work is done. */
export type ChangeOptions = {
  readonly by: string;
  readonly wait: boolean;
  readonly signal?: AbortSignal;
};

const LOOK_MS = 50;

/**
 * Has an import read again from its stored upload: all of it with the formats and the password given, or
 * only its quarantine. Throws `bad_request` for a format there is not, and for an import that was opened with
 * a password when none is given; `conflict` while it cannot be done.
 */
export async function reparseImport(
  id: number,
  body: ReparseBody,
  options: ChangeOptions,
): Promise<ImportView> {
  const formats = await knownFormats();
  refuseUnknownFormats(body, formats);
  await refuseLostFormats(id, body, formats);
  if (body.only === 'quarantined') {
    if (body.format !== undefined || body.memberFormats !== undefined) {
      throw new AppError(
        'bad_request',
        'Another format changes every record: read the whole import again, not only its quarantine.',
      );
    }
    refuse(
      await askRereadQuarantine(id, body.password, options.by),
      id,
      'It is still being worked on. Its quarantine can be read again once that is over.',
    );
  } else {
    const { format, memberFormats, password } = body;
    const reading = {
      ...(format === undefined ? {} : { format }),
      ...(memberFormats === undefined ? {} : { memberFormats }),
      ...(password === undefined ? {} : { password }),
    };
    refuse(await askReparse(id, reading, options.by), id, 'It cannot be read again now.');
  }
  if (options.wait) await untilOver(id, options.signal);
  return readImport(id);
}

/** Stops an import that is in progress. Throws `conflict` when there is nothing to stop. */
export async function cancelImport(id: number, options: ChangeOptions): Promise<ImportView> {
  refuse(await askCancel(id, options.by), id, 'There is nothing to cancel: it is not being read.');
  if (options.wait) await untilOver(id, options.signal);
  return readImport(id);
}

/** Other imports may keep this one's hosts busy for as long as they come in; nobody waits for that. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Deletes an import. With `wait`, answers once its events are gone and the findings of its hosts were worked
 * out again, or after two minutes, when the rest goes on without anyone waiting.
 */
export async function deleteImport(
  id: number,
  options: ChangeOptions,
): Promise<{ id: string; deleting: true }> {
  const hostIds = options.wait ? await hostsTouched(id) : [];
  refuse(await askDelete(id, options.by), id, 'It cannot be deleted now.');
  if (options.wait) await untilGone(id, hostIds, options.signal);
  return { id: String(id), deleting: true };
}

async function untilGone(id: number, hostIds: readonly number[], signal?: AbortSignal): Promise<void> {
  const end = performance.now() + LONGEST_WAIT_MS;
  while (signal?.aborted !== true && performance.now() < end) {
    if ((await loadImportForWork(id)) === undefined && !(await areWaiting(hostIds))) return;
    await sleep(LOOK_MS);
  }
}

function refuse(outcome: ChangeOutcome, id: number, busy: string): void {
  if (outcome === 'done') return;
  if (outcome === 'not_found') throw new AppError('not_found', `There is no import ${id}.`);
  if (outcome === 'busy') throw new AppError('conflict', busy);
  throw new AppError(
    'bad_request',
    'This import was opened with a password, which is not kept. Give it again to read the import again.',
    { errors: [{ path: 'password', message: 'needed' }] },
  );
}

/** What a format can be asked for as: the ids of all there are, and `auto`. */
async function knownFormats(): Promise<ReadonlySet<string>> {
  return new Set(['auto', ...(await loadFormats()).map((one) => one.id)]);
}

function refuseUnknownFormats({ format, memberFormats = {} }: ReparseBody, known: ReadonlySet<string>): void {
  const asked = [
    ...(format === undefined ? [] : [{ path: 'format', id: format }]),
    ...Object.entries(memberFormats).map(([name, id]) => ({ path: `memberFormats.${name}`, id })),
  ];
  const errors = asked
    .filter(({ id }) => !known.has(id))
    .map(({ path, id }) => ({ path, message: `no format is called ${JSON.stringify(id)}` }));
  const first = errors[0];
  if (first === undefined) return;
  throw new AppError('bad_request', `${first.message}; known are ${[...known].join(', ')}.`, { errors });
}

/**
 * Formats chosen earlier hold unless others are given now. One that is gone since (its mapping was deleted) would
 * end the import as failed, and a whole reading would have taken its events out before: `conflict`.
 */
async function refuseLostFormats(id: number, body: ReparseBody, known: ReadonlySet<string>): Promise<void> {
  const stored = await loadImport(id);
  if (stored === undefined) return;
  const wanted = [
    body.format ?? stored.requestedFormat,
    ...Object.values(body.memberFormats ?? stored.memberFormats),
  ];
  const lost = wanted.find((format) => !known.has(format));
  if (lost === undefined) return;
  const instead =
    body.only === 'quarantined'
      ? 'Read the whole import again with another format, or save the mapping again.'
      : 'Choose another format, or save the mapping again.';
  throw new AppError(
    'conflict',
    `This import is read as ${JSON.stringify(lost.slice(0, 80))}, a format there is no more. ${instead}`,
  );
}
