import { afterSample } from './afterSample';
import { createCsvDecoder } from './csvRecords';
import { createEvtxDecoder } from './evtxRecords';
import type { RecordDecoder } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { type Layout, sniffLayout } from './layout';
import { createLineDecoder } from './lineRecords';
import { createXmlDecoder } from './xmlRecords';

/** Cuts any file into records: looks at its first 64 KiB and takes the decoder of the layout it finds there. */
export function createRecordDecoder(): RecordDecoder {
  return afterSample((sample) => ({ decoder: DECODERS[sniffLayout(sample).layout](), skip: 0 }));
}

const DECODERS: Readonly<Record<Layout, () => RecordDecoder>> = {
  json: createJsonDecoder,
  csv: createCsvDecoder,
  xml: createXmlDecoder,
  evtx: createEvtxDecoder,
  lines: createLineDecoder,
};
