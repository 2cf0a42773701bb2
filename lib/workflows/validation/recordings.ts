import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { canonicalJson } from '../../base/canonicalJson';
import type { ValidationRecording, validationRecordingList } from '../../contracts/validation';
import { addAudit, recordingSubject } from '../../storage/audit';
import { transaction } from '../../storage/client';
import { jsonText } from '../../storage/jsonText';
import {
  dropRecording,
  listRecordings,
  loadRecording,
  lockRecording,
  type StoredRecording,
  saveLabels,
  saveRecording,
} from '../../storage/validation/recordings';
import { type DatasetLabel, labelFile } from '../../validation/labels';
import { readCatalogue } from '../readCatalogue';
import { toFileName } from '../receiveImport';
import { parseRecordingLabel } from './recordingLabels';
import { SHIPPED_RECORDINGS } from './shippedRecordings';

/** Largest recording taken, as it is sent: 64 MiB. */
export const RECORDING_BYTES_MAX = 64 * 2 ** 20;
const NAME = 300;

const compress = promisify<Buffer, Buffer>(gzip);

/** Uploaded recordings, oldest first, and how many ship with the application. */
export async function readRecordings(): Promise<z.input<typeof validationRecordingList>> {
  const recordings = await listRecordings();
  return { items: recordings.map(toView), shipped: SHIPPED_RECORDINGS.length };
}

/**
 * Keeps a recording to validate by, with its label; the same bytes again replace name and label (`created` false). It
 * becomes no import: no event and no finding of it is ever stored. Throws `bad_request` for a label that cannot be
 * used, `too_large`, `bad_input` for no bytes at all, `conflict` when there are too many.
 */
export async function addRecording(
  given: { readonly name: string; readonly labels: string },
  content: AsyncIterable<Uint8Array>,
  by: string,
): Promise<{ readonly recording: ValidationRecording; readonly created: boolean }> {
  const name = toFileName(given.name).slice(0, NAME);
  const { definitions } = await readCatalogue();
  // Before the bytes: a mistake in the label costs nobody an upload.
  const labels = parseRecordingLabel(given.labels, name, definitions);
  const bytes = await collect(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const packed = await compress(bytes);
  return transaction(async (connection) => {
    const { id, created, before } = await saveRecording(connection, {
      name,
      sha256,
      bytes: bytes.length,
      labels,
      addedBy: by,
      content: packed,
    });
    const recording = await loadRecording(id, connection);
    if (recording === undefined) throw new Error(`recording ${id} is gone`);
    await addAudit(connection, {
      by,
      action: created ? 'validation.recording_added' : 'validation.recording_labelled',
      subject: recordingSubject(id),
      details: {
        name,
        sha256,
        bytes: bytes.length,
        label: labelHash(labels),
        ...(created ? {} : { labelBefore: labelHash(before) }),
      },
    });
    return { recording: toView(recording), created };
  });
}

/** Replaces what a recording is labelled as. Throws `not_found`, and `bad_request` for a label that cannot be used. */
export async function relabelRecording(id: string, text: string, by: string): Promise<ValidationRecording> {
  const { definitions } = await readCatalogue();
  return transaction(async (connection) => {
    const recording = await lockRecording(connection, Number(id));
    if (recording === undefined) throw noRecording(id);
    const labels = parseRecordingLabel(text, recording.name, definitions);
    if (!(await saveLabels(connection, recording.id, labels))) throw noRecording(id);
    await addAudit(connection, {
      by,
      action: 'validation.recording_labelled',
      subject: recordingSubject(recording.id),
      details: {
        name: recording.name,
        sha256: recording.sha256,
        bytes: recording.bytes,
        label: labelHash(labels),
        labelBefore: labelHash(recording.labels),
      },
    });
    return toView({ ...recording, labels });
  });
}

/** Takes a recording out of later runs; reports that name it stay. Throws `not_found`. */
export async function removeRecording(id: string, by: string): Promise<{ done: true }> {
  await transaction(async (connection) => {
    const dropped = await dropRecording(connection, Number(id), by);
    if (dropped === undefined) throw noRecording(id);
    await addAudit(connection, {
      by,
      action: 'validation.recording_removed',
      subject: recordingSubject(Number(id)),
      details: { name: dropped.name, sha256: dropped.sha256 },
    });
  });
  return { done: true };
}

/** The label of a stored recording. It was checked when it was given; a shape of an earlier version throws. */
export function storedLabel({ name, labels }: Pick<StoredRecording, 'name' | 'labels'>): DatasetLabel {
  const [label] = labelFile.parse({ datasets: [labels] }).datasets;
  if (label === undefined) throw new Error(`no label of ${name}`);
  return label;
}

/** SHA-256 of a whole label as canonical JSON, as it is kept. */
function labelHash(labels: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(jsonText(labels))))
    .digest('hex');
}

function toView(recording: StoredRecording): ValidationRecording {
  const { expect, none_for, title } = storedLabel(recording);
  return {
    id: String(recording.id),
    name: recording.name,
    sha256: recording.sha256,
    bytes: recording.bytes,
    addedBy: recording.addedBy,
    addedAt: recording.addedAt.toISOString(),
    expects: [
      ...expect.map(({ analytic, verdict, stages }) => ({ analytic, verdict, stages: stages.length })),
      ...none_for.map((analytic) => ({ analytic, verdict: 'none' as const, stages: 0 })),
    ],
    title: title ?? null,
  };
}

function noRecording(id: string): AppError {
  return new AppError('not_found', `There is no recording ${id}.`);
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > RECORDING_BYTES_MAX)
      throw new AppError(
        'too_large',
        `A recording to validate by is at most ${RECORDING_BYTES_MAX / 2 ** 20} MiB: cut it down to the hours around what it is labelled for, or send it compressed.`,
        { limit: RECORDING_BYTES_MAX },
      );
    parts.push(part);
  }
  if (bytes === 0)
    throw new AppError('bad_input', 'There are no bytes in it: send the file itself as the body.');
  return Buffer.concat(parts, bytes);
}
