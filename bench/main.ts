/** `npm run bench`: measures the product on recordings of several sizes, beside floors measured in the same run. */
import os from 'node:os';
import { needSizes, readArguments, sizeName } from './arguments';
import { compareGrowth, compareHostile, compareSize } from './compare';
import { compareCoverage, type MeasuredCoverage, measureCoverage } from './compareCoverage';
import { compareQueue, measureQueue } from './compareQueue';
import { compareScreens, type MeasuredScreens, measureScreens } from './compareScreens';
import { compareSigma, type MeasuredSigma, measureSigma } from './compareSigma';
import { corpusOf } from './corpus';
import { startServer } from './database';
import type { HostileAnswer, HostileTask } from './hostile';
import { runMeasurement } from './measurement';
import { emptyResults, measureSize, type SizeResults } from './measureSize';
import type { QueueAnswer } from './queue';
import { type Line, printTable, reaches, writeResults } from './report';

const started = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.error(`${seconds.padStart(5)} s  ${line}`);
};

const { sizes, parts, repeats } = readArguments(process.argv.slice(2));
const server = await startServer();
let hostile: HostileAnswer | undefined;
let screens: MeasuredScreens | undefined;
let queue: QueueAnswer | undefined;
let coverage: MeasuredCoverage | undefined;
let sigma: MeasuredSigma | undefined;
process.once('SIGINT', () => void server.stop().then(() => process.exit(130)));
const measured: { readonly events: number; readonly results: SizeResults }[] = [];
try {
  if (parts.has('hostile')) {
    say('hostile shapes');
    hostile = await runMeasurement<HostileTask, HostileAnswer>('hostile.ts', { scale: 1 });
  }
  if (parts.has('screens')) screens = await measureScreens(server, say);
  if (parts.has('queue')) queue = await measureQueue(server, say);
  if (parts.has('coverage')) coverage = await measureCoverage(server, say);
  if (parts.has('sigma')) sigma = await measureSigma(await corpusOf(sizes[0] ?? 100_000, say), say);
  for (const events of needSizes(parts) ? sizes : []) {
    const corpus = await corpusOf(events, say);
    const results = emptyResults(corpus);
    measured.push({ events, results });
    const rounds = repeats ?? (events <= 200_000 ? 3 : 1);
    await measureSize(corpus, parts, rounds, server, results, (part) => say(`${sizeName(events)}  ${part}`));
  }
} catch (error) {
  process.exitCode = 1;
  console.error(error);
} finally {
  await server.stop();
}
const lines: readonly Line[] = [
  ...measured.flatMap((one, i) => {
    const before = measured[i - 1];
    const growth = before === undefined ? [] : compareGrowth(before, one);
    return [...compareSize(one.events, one.results), ...growth];
  }),
  ...(hostile === undefined ? [] : compareHostile(hostile)),
  ...(screens === undefined ? [] : compareScreens(screens)),
  ...(queue === undefined ? [] : compareQueue(queue)),
  ...(coverage === undefined ? [] : compareCoverage(coverage)),
  ...(sigma === undefined ? [] : compareSigma(sigma)),
];
printTable(lines);
const [load = 0] = os.loadavg();
if (load > os.availableParallelism() + 2)
  console.log(
    `\nOther programs were busy on this machine (load ${load.toFixed(1)}): trust CPU more than rates.`,
  );
const file = writeResults({
  at: new Date().toISOString(),
  machine: {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model,
    memoryBytes: os.totalmem(),
    node: process.version,
    loadAverage: os.loadavg(),
  },
  lines: lines.map((line) => ({ ...line, reached: reaches(line) })),
  measured,
  hostile,
  screens,
  queue,
  coverage,
  sigma,
});
console.log(`\n${file}; goals missed: ${lines.filter((line) => reaches(line) === false).length}`);
