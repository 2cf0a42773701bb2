import { AppError } from '../base/appError';

export const PUSH_USAGE =
  'usage: SEQUELA_API_KEY=… npm run -s push -- FOLDER [--url http://127.0.0.1:3000] [--once] [--every SECONDS]';

/** What the command line asks for. */
export type PushArguments = {
  readonly folder: string;
  /** Address of the server, without a slash at its end. */
  readonly url: string;
  readonly once: boolean;
  /** Milliseconds between two looks at the folder, and how long a file must have stood still. */
  readonly everyMs: number;
  readonly help: boolean;
};

/** Reads the arguments after the script's name. Throws AppError bad_request for anything it does not know. */
export function parsePushArguments(words: readonly string[]): PushArguments {
  const folders: string[] = [];
  let [url, every, once, help] = ['http://127.0.0.1:3000', '5', false, false];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const [name, given] = splitOption(word);
    if (!word.startsWith('-')) folders.push(word);
    else if (name === '--once') once = true;
    else if (name === '--help' || name === '-h') help = true;
    else if (name === '--url') url = given ?? words[++i] ?? '';
    else if (name === '--every') every = given ?? words[++i] ?? '';
    else throw new AppError('bad_request', `unknown option ${word}; ${PUSH_USAGE}`);
  }
  const [folder, ...more] = folders;
  if (!help && (folder === undefined || more.length > 0))
    throw new AppError('bad_request', `name one folder; ${PUSH_USAGE}`);
  const seconds = Number(every);
  if (!(seconds >= 0.05 && seconds <= 86_400))
    throw new AppError('bad_request', `--every needs a number of seconds; ${PUSH_USAGE}`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new AppError('bad_request', `--url needs an address such as http://127.0.0.1:3000; ${PUSH_USAGE}`);
  return { folder: folder ?? '', url: url.replace(/\/+$/, ''), once, everyMs: seconds * 1000, help };
}

/** `--url=x` as its name and what it was given. */
function splitOption(word: string): readonly [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}
