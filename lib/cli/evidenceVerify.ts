import { AppError } from '../base/appError';
import { checkPack } from '../evidence/checkPack';
import { readPack } from './evidenceVerifyRead';
import { digest } from './readFiles';
import { runCommand } from './runCommand';
import { terminalText } from './terminalText';

const USAGE = 'usage: npm run -s evidence:verify -- PACK.zip';
const HOLDS = 0;
const DOES_NOT_HOLD = 1;

/**
 * `npm run -s evidence:verify -- PACK.zip`: whether an evidence pack is as it was made, and whether its findings come
 * out of its records again. One line per check; exit code 0, 1 when one does not hold, 2 when it is no pack.
 */
async function main(words: readonly string[]): Promise<number> {
  const [file] = words;
  if (file === '--help' || file === '-h') {
    process.stdout.write(`${USAGE}\n`);
    return HOLDS;
  }
  if (file === undefined || words.length !== 1 || file.startsWith('-'))
    throw new AppError('bad_request', USAGE);
  const checks = checkPack(await readPack(file), digest);
  for (const { ok, text } of checks) process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${terminalText(text)}\n`);
  const failed = checks.filter(({ ok }) => !ok).length;
  process.stdout.write(
    failed === 0
      ? 'The pack holds.\n'
      : `The pack does not hold: ${failed} of ${checks.length} checks failed.\n`,
  );
  return failed === 0 ? HOLDS : DOES_NOT_HOLD;
}

await runCommand('evidence:verify', main);
