import { describe, expect, it } from 'vitest';
import type { UploadRecord, UploadStep } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import { createBatchDraft } from './batchDraft';
import { nodeDigest } from './nodeDigest';

const refused = (index: number, raw: Uint8Array): UploadRecord => ({
  place: { file: 'a.json', index },
  offset: 0,
  length: 100,
  raw,
  outcome: { outcome: 'quarantined', reason: 'not understood' },
});

const stepOf = (records: readonly UploadRecord[]): UploadStep => ({
  step: 'batch',
  member: 'a.json',
  format: 'ecs',
  records,
  progress: { bytesRead: 1, bytesTotal: 1 },
});

describe('a batch while it is filled', () => {
  it('keeps the bytes that refused records share once, however many they are', () => {
    const raw = Buffer.alloc(20_000, 'x');
    const records = Array.from({ length: 4_000 }, (_, i) => refused(i, raw));
    const step = stepOf(records);
    const draft = createBatchDraft(createIdentifier(nodeDigest));
    for (const [part, record] of records.entries()) draft.add(0, step, record, { part, parts: 4_000 });
    const kept = new Set(draft.quarantined.map((row) => row.bytes));
    expect(draft.quarantined).toHaveLength(4_000);
    expect(kept.size).toBe(1);
    expect(draft.quarantined[0]?.bytes).toHaveLength(8_192);
    expect(draft.isFull()).toBe(false);
  });

  it('copies them, since the reader may reuse the memory for its next batch', () => {
    const raw = Buffer.from('first');
    const draft = createBatchDraft(createIdentifier(nodeDigest));
    const record = refused(0, raw);
    draft.add(0, stepOf([record]), record, { part: 0, parts: 1 });
    raw.write('other');
    const next = refused(1, raw);
    draft.add(0, stepOf([next]), next, { part: 0, parts: 1 });
    expect(draft.quarantined.map((row) => Buffer.from(row.bytes).toString())).toEqual(['first', 'other']);
  });

  it('is full when what it keeps of refused records would no longer be small', () => {
    const draft = createBatchDraft(createIdentifier(nodeDigest));
    const records = Array.from({ length: 3_200 }, (_, i) => refused(i, Buffer.alloc(8_192, i % 256)));
    const step = stepOf(records);
    for (const record of records) draft.add(0, step, record, { part: 0, parts: 1 });
    expect(draft.isFull()).toBe(true);
  });
});
