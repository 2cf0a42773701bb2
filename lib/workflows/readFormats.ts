import type { FormatList } from '../contracts/formats';
import { loadFormats } from './mappingFormats';

/** Every format an import can be read as, saved mappings among them, in order of title. */
export async function readFormats(): Promise<FormatList> {
  return {
    items: (await loadFormats())
      .map(({ id, title }) => ({ id, title }))
      .sort((a, b) => (a.title < b.title ? -1 : 1)),
  };
}
