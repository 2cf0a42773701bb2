import { AppError } from '../base/appError';

export const USAGE =
  'usage: npm run -s analyze -- FILE… [--json] [--format ID] [--mapping FILE]… [--password TEXT]';

/** What the command line asks for. */
export type Arguments = {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly format: string;
  /** Files with exported mappings, to be read with beside the formats we know. */
  readonly mappings: readonly string[];
  /** Opens encrypted archives. */
  readonly password?: string;
  readonly help: boolean;
};

/** Reads the arguments after the script's name. Throws AppError bad_request for anything it does not know. */
export function parseArguments(words: readonly string[]): Arguments {
  const files: string[] = [];
  const mappings: string[] = [];
  let json = false;
  let help = false;
  let format = 'auto';
  let password: string | undefined;
  let onlyFiles = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (onlyFiles || !word.startsWith('-')) files.push(word);
    else if (word === '--') onlyFiles = true;
    else if (word === '--json') json = true;
    else if (word === '--help' || word === '-h') help = true;
    else if (word.startsWith('--format=')) format = word.slice('--format='.length);
    else if (word === '--format') {
      i++;
      format = words[i] ?? '';
    } else if (word.startsWith('--mapping=')) mappings.push(word.slice('--mapping='.length));
    else if (word === '--mapping') {
      i++;
      mappings.push(words[i] ?? '');
    } else if (word.startsWith('--password=')) password = word.slice('--password='.length);
    else if (word === '--password') {
      i++;
      password = words[i] ?? '';
    } else throw new AppError('bad_request', `unknown option ${word}; ${USAGE}`);
  }
  if (!help && files.length === 0) throw new AppError('bad_request', `no file given; ${USAGE}`);
  if (format === '') throw new AppError('bad_request', `--format needs the id of a format; ${USAGE}`);
  if (mappings.includes('')) throw new AppError('bad_request', `--mapping needs a file; ${USAGE}`);
  if (password === '') throw new AppError('bad_request', `--password needs a text; ${USAGE}`);
  return { files, json, format, mappings, help, ...(password === undefined ? {} : { password }) };
}
