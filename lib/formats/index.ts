import { evtxDumpJson } from './evtxDumpJson';
import type { ExportFormat } from './exportFormat';
import { windowsFlatJson } from './windowsFlatJson';
import { winlogbeat } from './winlogbeat';
import { winlogbeat6 } from './winlogbeat6';

/** Every format we read. Adding one is its file and a line here; order does not matter, confidence decides. */
export const FORMATS: readonly ExportFormat[] = [evtxDumpJson, windowsFlatJson, winlogbeat, winlogbeat6];

/** The format of an id, or undefined. */
export function formatById(id: string): ExportFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
