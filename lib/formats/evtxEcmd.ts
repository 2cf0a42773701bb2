import type { ExportFormat } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { isEvtxEcmd, readEvtxEcmd } from './windows/shapes/evtxEcmd';

/** EvtxECmd's output of event log files. */
export const evtxEcmd: ExportFormat = {
  id: 'evtxecmd',
  title: 'EvtxECmd (CSV, JSON)',
  layouts: ['json', 'csv'],
  shape: 'EventId and Channel beside Payload',
  fits: isEvtxEcmd,
  marks: ['"EventId"', '"PayloadData1"'],
  normalise: windowsNormaliser(readEvtxEcmd),
};
