import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readVelociraptor } from './windows/shapes/velociraptor';

/** Velociraptor's event log artifacts, and whoever else keeps EventData as an object beside System's names. */
export const windowsVelociraptor: ExportFormat = {
  id: 'velociraptor',
  title: 'Velociraptor event logs (JSON)',
  layouts: ['json', 'lines'],
  shape: 'System.EventID beside EventData',
  fits,
  marks: ['"System"', '"EventID"', '"EventData"'],
  normalise: windowsNormaliser(readVelociraptor),
};

function fits(record: VendorRecord): boolean {
  const { System } = record;
  if (isObject(System)) return System.EventID !== undefined && record.Event === undefined;
  return (
    isObject(record.EventData) &&
    record.EventID !== undefined &&
    record.TimeGenerated === undefined &&
    record.RuleTitle === undefined &&
    record._time === undefined
  );
}
