import { createCsvDecoder } from './csvRecords';
import { createEvtxDecoder } from './evtxRecords';
import { type RecordDecoder, SAMPLE_BYTES } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { concat } from './jsonSink';
import { type Layout, sniffLayout } from './layout';
import { createLineDecoder } from './lineRecords';
import { createXmlDecoder } from './xmlRecords';

/** Cuts any file into records: looks at its first 64 KiB and takes the decoder of the layout it finds there. */
export function createRecordDecoder(): RecordDecoder {
  let head: Uint8Array[] = [];
  let headBytes = 0;
  let running: RecordDecoder | undefined;

  const start = (): { readonly decoder: RecordDecoder; readonly bytes: Uint8Array } => {
    const bytes = head.length === 1 && head[0] !== undefined ? head[0] : concat(head, headBytes);
    head = [];
    const decoder = DECODERS[sniffLayout(bytes.subarray(0, SAMPLE_BYTES)).layout]();
    running = decoder;
    return { decoder, bytes };
  };

  return {
    push(chunk) {
      if (running !== undefined) return running.push(chunk);
      head.push(chunk);
      headBytes += chunk.length;
      if (headBytes < SAMPLE_BYTES) return [];
      const { decoder, bytes } = start();
      return decoder.push(bytes);
    },
    end() {
      if (running !== undefined) return running.end();
      const { decoder, bytes } = start();
      const records = [...decoder.push(bytes)];
      const end = decoder.end();
      return { ...end, records: [...records, ...end.records] };
    },
  };
}

const DECODERS: Readonly<Record<Layout, () => RecordDecoder>> = {
  json: createJsonDecoder,
  csv: createCsvDecoder,
  xml: createXmlDecoder,
  evtx: createEvtxDecoder,
  lines: createLineDecoder,
};
