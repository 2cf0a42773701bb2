import { AppError } from '../base/appError';

export const USAGE = [
  'usage: npm run -s analyze -- FILE… [--json] [--sigma RULES]… [--format ID] [--mapping FILE]… [--password TEXT]',
  '--sigma: Sigma rules to try on every record: a folder, a ZIP or one file of YAML.',
  'Ends with 0: nothing to look at; 1: findings, or Sigma hits of level medium or above; 2: what was given cannot be used.',
].join('\n');

/** The first line of it, for a refusal. */
const [SHORT_USAGE = USAGE] = USAGE.split('\n');

/** What the command line asks for. */
export type Arguments = {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly format: string;
  /** Files with exported mappings, to be read with beside the formats we know. */
  readonly mappings: readonly string[];
  /** Folders, archives and files of Sigma rules. */
  readonly sigma: readonly string[];
  /** Opens encrypted archives. */
  readonly password?: string;
  readonly help: boolean;
};

/** Reads the arguments after the script's name. Throws AppError bad_request for anything it does not know. */
export function parseArguments(words: readonly string[]): Arguments {
  const files: string[] = [];
  const mappings: string[] = [];
  const sigma: string[] = [];
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
    } else if (word.startsWith('--sigma=')) sigma.push(word.slice('--sigma='.length));
    else if (word === '--sigma') {
      i++;
      sigma.push(words[i] ?? '');
    } else if (word.startsWith('--password=')) password = word.slice('--password='.length);
    else if (word === '--password') {
      i++;
      password = words[i] ?? '';
    } else throw new AppError('bad_request', `unknown option ${word}; ${SHORT_USAGE}`);
  }
  if (!help && files.length === 0) throw new AppError('bad_request', `no file given; ${SHORT_USAGE}`);
  if (format === '') throw new AppError('bad_request', `--format needs the id of a format; ${SHORT_USAGE}`);
  if (mappings.includes('')) throw new AppError('bad_request', `--mapping needs a file; ${SHORT_USAGE}`);
  if (sigma.includes(''))
    throw new AppError('bad_request', `--sigma needs a folder or file of rules; ${SHORT_USAGE}`);
  if (password === '') throw new AppError('bad_request', `--password needs a text; ${SHORT_USAGE}`);
  return { files, json, format, mappings, sigma, help, ...(password === undefined ? {} : { password }) };
}
