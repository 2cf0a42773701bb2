import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/appError';
import type { ImportView, ReparseBody } from '../contracts/imports';
import { hostsWaiting } from '../storage/hosts';
import {
  askCancel,
  askDelete,
  askReparse,
  askRereadQuarantine,
  type ChangeOutcome,
} from '../storage/importChanges';
import { loadImportForWork } from '../storage/imports';
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
  await refuseUnknownFormats(body);
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

/** Deletes an import. With `wait`, answers once its events are gone and every finding was worked out again. */
export async function deleteImport(
  id: number,
  options: ChangeOptions,
): Promise<{ id: string; deleting: true }> {
  refuse(await askDelete(id, options.by), id, 'It cannot be deleted now.');
  const isThere = async () => (await loadImportForWork(id)) !== undefined || (await hostsWaiting()) > 0;
  while (options.wait && options.signal?.aborted !== true && (await isThere())) await sleep(LOOK_MS);
  return { id: String(id), deleting: true };
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

async function refuseUnknownFormats({ format, memberFormats = {} }: ReparseBody): Promise<void> {
  const known = new Set(['auto', ...(await loadFormats()).map((one) => one.id)]);
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
