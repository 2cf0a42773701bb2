import { AppError } from '../base/appError';

export const VALIDATE_USAGE = `usage: npm run -s validate -- [FOLDER] [--json | --markdown] [--write DIR] [--only PREFIX]

FOLDER      holds recordings and their LABELS.json
--json      the scorecard for machines
--markdown  the scorecard as docs/VALIDATION.md has it
--write DIR writes the generated recordings with their LABELS.json to DIR and does nothing else
--only P    of the generated recordings, only those whose name begins with P

Exit code: 0 all as labelled, or different for a stated reason; 1 differences; 2 bad input.`;

export type ValidateArguments = {
  readonly folder?: string;
  readonly shape: 'people' | 'json' | 'markdown';
  readonly write?: string;
  readonly only: string;
  readonly help: boolean;
};

/** Reads the arguments after the script's name. Throws AppError bad_request for anything it does not know. */
export function parseValidateArguments(words: readonly string[]): ValidateArguments {
  let folder: string | undefined;
  let shape: ValidateArguments['shape'] = 'people';
  let write: string | undefined;
  let only = '';
  let help = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--json' || word === '--markdown') shape = word === '--json' ? 'json' : 'markdown';
    else if (word === '--help' || word === '-h') help = true;
    else if (word === '--write') {
      i++;
      write = words[i] ?? '';
    } else if (word === '--only') {
      i++;
      only = words[i] ?? '';
    } else if (word.startsWith('-'))
      throw new AppError('bad_request', `unknown option ${word}; ${VALIDATE_USAGE}`);
    else if (folder !== undefined)
      throw new AppError('bad_request', `one folder at a time; ${VALIDATE_USAGE}`);
    else folder = word;
  }
  if (write === '') throw new AppError('bad_request', `--write needs a folder; ${VALIDATE_USAGE}`);
  return {
    shape,
    only,
    help,
    ...(folder === undefined ? {} : { folder }),
    ...(write === undefined ? {} : { write }),
  };
}
