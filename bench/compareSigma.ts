import type { Corpus } from './corpus';
import { runMeasurement } from './measurement';
import type { Line } from './report';
import type { SigmaAnswer, SigmaTask } from './sigma';

/** The engine alone with few and with all rules, and the whole pass without and with rules. */
export type MeasuredSigma = {
  readonly few: SigmaAnswer;
  readonly all: SigmaAnswer;
  readonly bare: SigmaAnswer;
  readonly pass: SigmaAnswer;
  /** Rules of the folder SIGMA_RULES, repeated until there are as many; absent where it is not set. */
  readonly folder?: SigmaAnswer;
};

const FEW = 100;
const ALL = 1_500;

/** Runs each measurement in a process of its own. */
export async function measureSigma(corpus: Corpus, say: (line: string) => void): Promise<MeasuredSigma> {
  const run = (task: Omit<SigmaTask, 'file'>): Promise<SigmaAnswer> => {
    say(`sigma: ${task.how}, ${task.rules} rules${task.folder === undefined ? '' : ` of ${task.folder}`}`);
    return runMeasurement<SigmaTask, SigmaAnswer>('sigma.ts', { ...task, file: corpus.file });
  };
  const folder = process.env.SIGMA_RULES;
  return {
    few: await run({ how: 'engine', rules: FEW }),
    all: await run({ how: 'engine', rules: ALL }),
    bare: await run({ how: 'pass', rules: 0 }),
    pass: await run({ how: 'pass', rules: ALL }),
    ...(folder === undefined ? {} : { folder: await run({ how: 'engine', rules: ALL, folder }) }),
  };
}

/** Records of the engine by second of one core. */
const GOAL_RECORDS = 20_000;
/** Fifteen times the rules may cost at most so many times as much. */
const GOAL_GROWTH = 7.5;
const GOAL_BYTES = 512 * 1024 * 1024;

/** Every figure of Sigma beside its goal. */
export function compareSigma({ few, all, bare, pass, folder }: MeasuredSigma): readonly Line[] {
  const size = `${ALL} rules`;
  const engine = (what: string, one: SigmaAnswer): Line => ({
    size,
    what,
    figures: engineFigures(one),
    ratio: one.records / one.cpuSeconds,
    goal: { at: 'least', value: GOAL_RECORDS, unit: 'records/s' },
  });
  return [
    engine('sigma: engine', all),
    ...(folder === undefined ? [] : [engine('sigma: engine, rules of SIGMA_RULES', folder)]),
    {
      size,
      what: 'sigma: growth with rules',
      figures: `${micros(all)} µs a record, ${micros(few)} µs with ${few.rules} rules`,
      beside: `that with ${few.rules} rules`,
      ratio: all.cpuSeconds / few.cpuSeconds,
      goal: { at: 'most', value: GOAL_GROWTH },
    },
    {
      size,
      what: 'sigma: differs from trying every rule',
      figures: `${all.differed} of ${all.compared} records compared`,
      ratio: all.differed + few.differed + (folder?.differed ?? 0),
      goal: { at: 'most', value: 0, unit: 'records' },
    },
    {
      size,
      what: 'sigma: read, normalise and match',
      figures: `CPU ${pass.cpuSeconds.toFixed(1)} s, ${bare.cpuSeconds.toFixed(1)} s without rules (${pass.records.toLocaleString('en')} records)`,
      beside: 'read and normalise',
      ratio: pass.cpuSeconds / bare.cpuSeconds,
    },
    {
      size,
      what: 'sigma: whole pass',
      figures: `indexes ${megabytes(pass.work.indexBytes)} MB, peak ${megabytes(pass.peakBytes)} MB, rules compiled in ${pass.compileSeconds.toFixed(1)} s`,
      ratio: pass.records / pass.cpuSeconds,
      goal: { at: 'least', value: GOAL_RECORDS, unit: 'records/s' },
    },
    {
      size,
      what: 'sigma: peak memory',
      figures: `${megabytes(bare.peakBytes)} MB without rules`,
      ratio: pass.peakBytes / 1024 / 1024,
      goal: { at: 'most', value: GOAL_BYTES / 1024 / 1024, unit: 'MB' },
    },
  ];
}

function engineFigures({ work, records, cpuSeconds, rules }: SigmaAnswer): string {
  const each = (value: number) => (value / Math.max(1, work.records)).toFixed(2);
  const ruleRecords = (records * rules) / cpuSeconds / 1e6;
  return `${ruleRecords.toFixed(0)} M rule-records/s; a record: ${each(work.ruleRecords)} rules about it, ${each(work.candidates)} tried, ${each(work.matches)} match`;
}

const micros = ({ cpuSeconds, records }: SigmaAnswer): string => ((cpuSeconds / records) * 1e6).toFixed(1);
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
