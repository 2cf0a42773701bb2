import type { ExportFormat } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readEvtxDump } from './windows/shapes/evtxDump';

/** A Windows event log as it lies on the machine, or as Event Viewer and wevtutil save it. */
export const evtxFile: ExportFormat = {
  id: 'evtx',
  title: 'Windows event log file (EVTX)',
  layouts: ['evtx'],
  shape: 'an event of an event log file',
  fits: (record) => record['#source'] === 'evtx',
  normalise: windowsNormaliser(readEvtxDump),
};
