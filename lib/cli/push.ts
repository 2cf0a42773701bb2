import { AppError } from '../base/appError';
import { PUSH_USAGE, parsePushArguments } from './pushArguments';
import { pushFolder } from './pushFolder';
import { terminalText } from './terminalText';

const DONE = 0;
const BAD_INPUT = 2;

/** `npm run -s push -- FOLDER [--url …] [--once]`: sends a folder's exports to a server, and follows it. */
async function main(words: readonly string[]): Promise<number> {
  const { folder, url, once, everyMs, help } = parsePushArguments(words);
  if (help) {
    process.stdout.write(`${PUSH_USAGE}\n`);
    return DONE;
  }
  const [stop, abort] = [new AbortController(), new AbortController()];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The file in flight is finished; whoever asks again does not want to wait for it.
      if (stop.signal.aborted) abort.abort();
      else say('stopping after this file; once more breaks it off');
      stop.abort();
    });
  }
  const key = process.env.SEQUELA_API_KEY;
  await pushFolder({
    folder,
    server: { url, key: key === undefined || key === '' ? undefined : key },
    once,
    everyMs,
    say,
    stop: stop.signal,
    abort: abort.signal,
  });
  return DONE;
}

function say(line: string): void {
  process.stdout.write(`${terminalText(line)}\n`);
}

// A reader that closes the pipe early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`push: ${terminalText(error.message)}\n`);
  process.exitCode = BAD_INPUT;
}
