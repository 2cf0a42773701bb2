import { PUSH_USAGE, parsePushArguments } from './pushArguments';
import { pushFolder } from './pushFolder';
import { runCommand } from './runCommand';
import { terminalText } from './terminalText';

const DONE = 0;

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

await runCommand('push', main);
