import { sampleBytes } from '../sample/sampleRecording';
import { type ReceivedImport, receiveImport } from './receiveImport';

/** Imports the invented recording that ships with the product, through the same door as any other file. */
export async function importSample(options: {
  readonly wait: boolean;
  readonly by?: string;
}): Promise<ReceivedImport> {
  const bytes = sampleBytes();
  async function* content(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return receiveImport(content(), { name: 'sequela-sample.json', format: 'auto', ...options });
}
