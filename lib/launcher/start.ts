/** `npm start`: the whole product from one command. See `launch` for what it does and in which order. */
import { constants } from 'node:os';
import path from 'node:path';
import { launch } from './launch';
import { theProduct } from './product';
import { Refusal, readSettings } from './settings';

const root = path.resolve(import.meta.dirname, '../..');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  if (signal in constants.signals) process.on(signal, () => stop.abort());
}
// Whoever read our output may go away (a closed terminal, `| head`); that is no reason to stop.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

const say = (line: string) => console.log(line);
try {
  const settings = readSettings(process.env, process.argv.slice(2), root);
  process.exitCode = await launch(settings, theProduct(root, settings), stop.signal, say);
} catch (error) {
  say(error instanceof Refusal ? error.message : String((error as Error).stack));
  process.exitCode = 1;
}
process.exit();
