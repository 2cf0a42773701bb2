import { AppError } from '../base/appError';
import { terminalText } from './terminalText';

/** Exit code of every command for input it cannot use. */
const BAD_INPUT = 2;

/**
 * Runs a command with the arguments it was given and leaves with the code it answers. What a person can mend is one
 * line on stderr that begins with the command's name, and exit code 2; anything else is a defect and is thrown.
 */
export async function runCommand(
  name: string,
  main: (args: readonly string[]) => Promise<number>,
): Promise<void> {
  // A reader that closes the pipe early (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${name}: ${terminalText(error.message)}\n`);
    process.exitCode = BAD_INPUT;
  }
}
