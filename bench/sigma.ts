import fs from 'node:fs';
import path from 'node:path';
import { readUpload } from '../lib/containers/readUpload';
import { compileRules } from '../lib/sigma/compileRules';
import { createEngine, type EngineWork } from '../lib/sigma/engine/engine';
import { judgeRule } from '../lib/sigma/judge';
import { parseSigma } from '../lib/sigma/parse/parseSigma';
import type { SigmaRecord } from '../lib/sigma/record';
import type { SigmaRule } from '../lib/sigma/rule';
import { sigmaRecordOf } from '../lib/sigma/sources/sigmaRecord';
import { answer } from './measurement';
import { madeUpRules } from './sigmaRules';
import { measured, median, peakBytes, type Usage } from './usage';

/**
 * `engine`: records are read first, and only matching is measured. `pass`: records are read, normalised and, unless
 * `rules` is 0, matched. `rules`: how many made-up rules; `folder`: rules of a folder instead, again and again under
 * other ids until there are so many.
 */
export type SigmaTask = {
  readonly how: 'engine' | 'pass';
  readonly file: string;
  readonly rules: number;
  readonly folder?: string;
};
export type SigmaAnswer = Usage & {
  readonly rules: number;
  readonly records: number;
  readonly work: EngineWork;
  /** Compiling the rules: text to engine. */
  readonly compileSeconds: number;
  /** Records on which the engine was compared with trying every rule, and those on which it differed. */
  readonly compared: number;
  readonly differed: number;
  readonly peakBytes: number;
};

/** Records held in memory for the engine alone; a compared one costs thousands of times a matched one. */
const HELD = 20_000;
const WARM = 30_000;
const COMPARED_EACH = 200;
const ROUNDS = 5;

/** What Sigma rules cost over a recording. */
await answer(async (task: SigmaTask): Promise<SigmaAnswer> => {
  const compiling = await measured(() => {
    const rules = rulesOf(task);
    return { rules, engine: createEngine(rules) };
  });
  const { rules, engine } = compiling.result;
  const base = { rules: rules.length, compileSeconds: compiling.usage.cpuSeconds };
  if (task.how === 'pass') {
    // An import is parsed by the same process before its rules run; V8 then knows how long records live. Without that it
    // takes the records of the first batch, during which indexes are built, for long-lived ones, and pays for it.
    let warm = 0;
    await eachRecord(task.file, () => ++warm < WARM);
    let records = 0;
    const { usage } = await measured(() =>
      eachRecord(task.file, (record) => {
        records++;
        if (rules.length > 0) engine.match(record);
        return true;
      }),
    );
    return {
      ...base,
      ...usage,
      records,
      work: engine.work(),
      compared: 0,
      differed: 0,
      peakBytes: peakBytes(),
    };
  }
  const held: SigmaRecord[] = [];
  await eachRecord(task.file, (record) => held.push(record) < HELD);
  const { compared, differed } = compare(rules, engine, held);
  // Once beforehand, so that indexes stand and code is compiled.
  for (const record of held) engine.match(record);
  const before = engine.work();
  const rounds: Usage[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { usage } = await measured(() => {
      for (const record of held) engine.match(record);
    });
    rounds.push(usage);
  }
  return {
    ...base,
    wallSeconds: median(rounds.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(rounds.map(({ cpuSeconds }) => cpuSeconds)),
    records: held.length,
    work: difference(engine.work(), before),
    compared,
    differed,
    peakBytes: peakBytes(),
  };
});

async function eachRecord(file: string, take: (record: SigmaRecord) => boolean): Promise<void> {
  for await (const step of readUpload(file, { name: 'recording.ndjson' })) {
    if (step.step !== 'batch') continue;
    for (const { outcome } of step.records) {
      const record = sigmaRecordOf(outcome);
      if (record !== undefined && !take(record)) return;
    }
  }
}

function compare(
  rules: readonly SigmaRule[],
  engine: ReturnType<typeof createEngine>,
  held: readonly SigmaRecord[],
): { compared: number; differed: number } {
  const chosen = held.filter((_, i) => i % COMPARED_EACH === 0);
  const differed = chosen.filter((record) => {
    const found = engine.match(record).map(({ rule }) => rule.id);
    const expected = rules.filter((rule) => judgeRule(rule, record) === true).map(({ id }) => id);
    return found.join() !== expected.join();
  });
  return { compared: chosen.length, differed: differed.length };
}

function rulesOf({ rules: count, folder }: SigmaTask): readonly SigmaRule[] {
  if (count === 0) return [];
  const texts = folder === undefined ? madeUpRules(count) : textsOf(folder);
  const { rules } = compileRules(texts.flatMap((text, i) => parseSigma(text, `${i}.yml`).documents));
  // Copies of a rule have tests of their own, as so many different rules would.
  return Array.from({ length: count }, (_, i): SigmaRule | undefined => {
    const rule = rules[i % rules.length];
    return rule === undefined || i < rules.length ? rule : { ...rule, id: `${rule.id} ${i}` };
  }).filter((rule) => rule !== undefined);
}

function textsOf(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
}

/** What was done since; tables are as they are. */
function difference(now: EngineWork, before: EngineWork): EngineWork {
  return {
    records: now.records - before.records,
    candidates: now.candidates - before.candidates,
    ruleRecords: now.ruleRecords - before.ruleRecords,
    testsJudged: now.testsJudged - before.testsJudged,
    matches: now.matches - before.matches,
    indexBytes: now.indexBytes,
  };
}
