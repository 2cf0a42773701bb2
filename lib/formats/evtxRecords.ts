import type { DecodedRecord, RecordDecoder } from './exportFormat';
import { eventRecord, renderElement } from './windows/eventElement';
import { CHUNK_BYTES, readChunk } from './windows/evtx/chunkRecords';

/**
 * Cuts a Windows event log file (.evtx) into records, one 64 KiB chunk at a time: memory is flat whatever
 * the file's size. The file's header is not asked: logs copied from a running machine have it wrong.
 * `offset` and `length` are the binary record's; `raw` is its event as XML text.
 */
export function createEvtxDecoder(): RecordDecoder {
  const held = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let skip = FILE_HEADER_BYTES;
  let offset = FILE_HEADER_BYTES;
  let index = 0;

  const readHeld = (records: DecodedRecord[]): void => {
    for (const record of readChunk(held.subarray(0, filled))) {
      const place = { index: index++, offset: offset + record.offset, length: record.length };
      if (record.event === undefined) {
        const raw = held.slice(record.offset, record.offset + record.length);
        records.push({ ...place, raw, refused: record.refused });
      } else {
        const raw = ENCODER.encode(renderElement(record.event));
        records.push({ ...place, raw, value: eventRecord(record.event, 'evtx') });
      }
    }
    offset += filled;
    filled = 0;
  };

  return {
    push(chunk) {
      const records: DecodedRecord[] = [];
      let at = Math.min(skip, chunk.length);
      skip -= at;
      while (at < chunk.length) {
        const taken = Math.min(CHUNK_BYTES - filled, chunk.length - at);
        held.set(chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === CHUNK_BYTES) readHeld(records);
      }
      return records;
    },
    end() {
      if (skip > 0) return { records: [], problem: 'the event log file is cut off within its header' };
      const records: DecodedRecord[] = [];
      const cut = filled > 0;
      if (cut) readHeld(records);
      return cut ? { records, problem: 'the event log file is cut off within a chunk' } : { records };
    },
  };
}

const FILE_HEADER_BYTES = 4096;
const ENCODER = new TextEncoder();
