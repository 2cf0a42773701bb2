import type { ExportFormat } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { isGraylog, readGraylog } from './windows/shapes/graylog';

/** Windows events in GELF, and as Graylog's Beats input names them. */
export const windowsGraylog: ExportFormat = {
  id: 'graylog-windows',
  title: 'Graylog Windows events (GELF, Beats input)',
  layouts: ['json', 'csv', 'lines'],
  shape: '_EventID, or winlogbeat_ names',
  fits: isGraylog,
  marks: ['"_EventID"'],
  normalise: windowsNormaliser(readGraylog),
};
