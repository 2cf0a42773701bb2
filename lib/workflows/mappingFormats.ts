import { FORMATS } from '../formats';
import type { ExportFormat } from '../formats/exportFormat';
import { mappedFormats } from '../formats/mapping/mappedFormat';
import { parseMapping } from '../formats/mapping/parseMapping';
import { listMappings } from '../storage/mappings';

/** The formats of all saved mappings, the more particular first; what an upload is read with beside the registry. */
export async function loadMappingFormats(): Promise<readonly ExportFormat[]> {
  const stored = await listMappings();
  // One that an earlier version of Sequela saved and this one cannot read must not keep others from being used.
  const readable = stored.map(({ body }) => parseMapping(body, true).mapping);
  return mappedFormats(readable.filter((mapping) => mapping !== undefined));
}

/** Every format an import can be read as: the registry's, then the saved mappings'. */
export async function loadFormats(): Promise<readonly ExportFormat[]> {
  return [...FORMATS, ...(await loadMappingFormats())];
}
