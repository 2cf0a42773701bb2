import { type RecordDecoder, SAMPLE_BYTES } from './exportFormat';
import { concat } from './jsonSink';

/** The decoder for a file, and how many of its first bytes it does not get (a byte order mark, say). */
export type Chosen = { readonly decoder: RecordDecoder; readonly skip: number };

/**
 * A decoder that is chosen by the file's beginning: holds back bytes until there are 64 KiB, or no more, shows
 * them to `choose`, and from then on hands everything to what it chose.
 */
export function afterSample(choose: (sample: Uint8Array) => Chosen): RecordDecoder {
  let head: Uint8Array[] = [];
  let headBytes = 0;
  let running: RecordDecoder | undefined;

  const start = (): readonly [RecordDecoder, Uint8Array] => {
    const bytes = head.length === 1 && head[0] !== undefined ? head[0] : concat(head, headBytes);
    head = [];
    const { decoder, skip } = choose(bytes.subarray(0, SAMPLE_BYTES));
    running = decoder;
    return [decoder, bytes.subarray(skip)];
  };

  return {
    push(chunk) {
      if (running !== undefined) return running.push(chunk);
      head.push(chunk);
      headBytes += chunk.length;
      if (headBytes < SAMPLE_BYTES) return [];
      const [decoder, bytes] = start();
      return decoder.push(bytes);
    },
    end() {
      if (running !== undefined) return running.end();
      const [decoder, bytes] = start();
      const records = [...decoder.push(bytes)];
      const end = decoder.end();
      return { ...end, records: [...records, ...end.records] };
    },
  };
}
