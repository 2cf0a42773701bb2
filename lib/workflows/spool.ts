import { type FileHandle, open } from 'node:fs/promises';
import type { UploadRecord } from '../containers/upload';

/** An upload as a file on disk while it is read. */
export type Spool = {
  /**
   * Whether every one of these records (in file order, not empty) stands in the upload itself, byte for byte,
   * at its own offset. True for plain files, false for what had to be unpacked; decided by comparing, so
   * that an event's raw text can never come out wrong.
   */
  readonly holds: (records: readonly UploadRecord[]) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** Larger stretches are not compared but copied into a raw chunk. */
const COMPARE_BYTES = 16 * 1024 * 1024;

/** Opens a spooled upload for comparison. */
export async function openSpool(file: string): Promise<Spool> {
  const handle = await open(file, 'r');
  return { holds: (records) => holds(handle, records), close: () => handle.close() };
}

async function holds(handle: FileHandle, records: readonly UploadRecord[]): Promise<boolean> {
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined) return false;
  const length = last.offset + last.raw.length - first.offset;
  if (length < 0 || length > COMPARE_BYTES) return false;
  const stretch = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(stretch, 0, length, first.offset);
  if (bytesRead !== length) return false;
  return records.every((record, i) => {
    // Records that one vendor record holds share its bytes: compared once.
    if (record.raw === records[i - 1]?.raw && record.offset === records[i - 1]?.offset) return true;
    const at = record.offset - first.offset;
    return (
      at >= 0 &&
      at + record.raw.length <= length &&
      stretch.compare(record.raw, 0, record.raw.length, at, at + record.raw.length) === 0
    );
  });
}
