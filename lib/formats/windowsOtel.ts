import type { ExportFormat } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { isOtel, readOtel } from './windows/shapes/otel';

/** Windows events as OpenTelemetry's receiver and Vector's source name them. */
export const windowsOtel: ExportFormat = {
  id: 'otel-windows',
  title: 'OpenTelemetry, Vector Windows event logs (JSON)',
  layouts: ['json', 'lines'],
  shape: 'event_id beside channel and computer',
  fits: isOtel,
  marks: ['"event_id"', '"channel"', '"computer"'],
  normalise: windowsNormaliser(readOtel),
};
