import fs from 'node:fs';
import path from 'node:path';
import type { Part } from './arguments';
import { CACHE, type Corpus } from './corpus';
import type { CorrelateAnswer, CorrelateTask } from './correlate';
import type { Database, Server } from './database';
import type { DuckdbAnswer, DuckdbTask } from './duckdb';
import type { EvtxAnswer, EvtxTask } from './evtx';
import type { FloorAnswer, FloorTask } from './floor';
import type { ImportAnswer, ImportTask } from './import';
import { runMeasurement } from './measurement';
import type { NormalisedAnswer, NormalisedTask } from './normalised';
import type { ParseAnswer, ParseTask } from './parse';
import type { ReadsAnswer } from './reads';
import type { RerunAnswer } from './rerun';
import type { StoreAnswer, StoreTask } from './store';
import type { TruthAnswer, TruthTask } from './truth';

/** Everything measured on one recording; of repeats, each figure is a list in order of measuring. */
export type SizeResults = {
  readonly corpus: Pick<Corpus, 'source' | 'events' | 'bytes'>;
  json: ParseAnswer[];
  parse: ParseAnswer[];
  evtx: EvtxAnswer[];
  import: ImportAnswer[];
  floor: FloorAnswer[];
  bareFloor: FloorAnswer[];
  copy: FloorAnswer[];
  store: StoreAnswer[];
  correlate: CorrelateAnswer[];
  normalised?: NormalisedAnswer;
  correlateRows: CorrelateAnswer[];
  duckdb: DuckdbAnswer[];
  rerun?: RerunAnswer;
  reads?: ReadsAnswer;
  truth?: TruthAnswer;
};

/** Nothing measured yet. */
export function emptyResults(corpus: Corpus): SizeResults {
  return {
    corpus: { source: corpus.source, events: corpus.events, bytes: corpus.bytes },
    json: [],
    parse: [],
    evtx: [],
    import: [],
    floor: [],
    bareFloor: [],
    copy: [],
    store: [],
    correlate: [],
    correlateRows: [],
    duckdb: [],
  };
}

/**
 * Measures one recording into `results`, where what was measured stays should a later part fail. What is
 * compared is measured in turns, so that a busy moment falls on both.
 */
export async function measureSize(
  corpus: Corpus,
  parts: ReadonlySet<Part>,
  repeats: number,
  server: Server,
  results: SizeResults,
  say: (line: string) => void,
): Promise<void> {
  const folder = fs.mkdtempSync(path.join(CACHE, 'run-'));
  try {
    for (let round = 0; round < repeats; round++) {
      if (parts.has('parse') || parts.has('correlate')) await measureParse(corpus, results, say);
      if (parts.has('evtx')) {
        say('event log file');
        const task = { events: corpus.events };
        results.evtx.push(await runMeasurement<EvtxTask, EvtxAnswer>('evtx.ts', task));
      }
      if (needsImport(parts))
        await measureImport(corpus, folder, parts, results, server, say, round === repeats - 1);
      if (parts.has('correlate')) await measureCorrelate(corpus, folder, results, say);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function needsImport(parts: ReadonlySet<Part>): boolean {
  return (['import', 'store', 'rerun', 'reads', 'truth'] as const).some((part) => parts.has(part));
}

async function measureParse(
  { file }: Corpus,
  results: SizeResults,
  say: (line: string) => void,
): Promise<void> {
  say('parse');
  results.json.push(await runMeasurement<ParseTask, ParseAnswer>('parse.ts', { how: 'json', file }));
  results.parse.push(await runMeasurement<ParseTask, ParseAnswer>('parse.ts', { how: 'product', file }));
}

async function measureImport(
  corpus: Corpus,
  folder: string,
  parts: ReadonlySet<Part>,
  results: SizeResults,
  server: Server,
  say: (line: string) => void,
  last: boolean,
): Promise<void> {
  const { file, bytes } = corpus;
  const rowsFile = path.join(folder, 'rows.bin');
  const database = await server.create('bench_import');
  say('import');
  results.import.push(
    await runMeasurement<ImportTask, ImportAnswer>('import.ts', { file, bytes, rowsFile }, database.env),
  );
  if (parts.has('import')) {
    say('floor of the import');
    const task = { file, bytes, rowsFile };
    results.floor.push(await inFreshDatabase(server, (env) => runFloor({ how: 'whole', ...task }, env)));
    results.bareFloor.push(await inFreshDatabase(server, (env) => runFloor({ how: 'bare', ...task }, env)));
  }
  if (parts.has('store')) {
    say('store');
    results.store.push(
      await inFreshDatabase(server, (env) =>
        runMeasurement<StoreTask, StoreAnswer>('store.ts', { file }, env),
      ),
    );
    results.copy.push(
      await inFreshDatabase(server, (env) => runFloor({ how: 'copy', file, bytes, rowsFile }, env)),
    );
  }
  if (last) await measureStored(corpus, database, parts, results, say);
  await database.drop();
}

/** What is asked of a database that holds the recording. */
async function measureStored(
  { truthFile }: Corpus,
  { env }: Database,
  parts: ReadonlySet<Part>,
  results: SizeResults,
  say: (line: string) => void,
): Promise<void> {
  if (parts.has('truth')) {
    say('truth');
    results.truth = await runMeasurement<TruthTask, TruthAnswer>('truth.ts', { truthFile }, env);
  }
  if (parts.has('reads')) {
    say('reads');
    results.reads = await runMeasurement<null, ReadsAnswer>('reads.ts', null, env);
  }
  if (parts.has('rerun')) {
    say('rerun');
    results.rerun = await runMeasurement<null, RerunAnswer>('rerun.ts', null, env);
  }
}

async function measureCorrelate(
  { file }: Corpus,
  folder: string,
  results: SizeResults,
  say: (line: string) => void,
): Promise<void> {
  say('correlate');
  const rows = path.join(folder, 'rows');
  results.correlate.push(
    await runMeasurement<CorrelateTask, CorrelateAnswer>('correlate.ts', { how: 'memory', file }),
  );
  results.normalised ??= await runMeasurement<NormalisedTask, NormalisedAnswer>('normalised.ts', {
    file,
    folder: rows,
  });
  results.correlateRows.push(
    await runMeasurement<CorrelateTask, CorrelateAnswer>('correlate.ts', { how: 'rows', folder: rows }),
  );
  results.duckdb.push(await runMeasurement<DuckdbTask, DuckdbAnswer>('duckdb.ts', { folder: rows }));
}

function runFloor(task: FloorTask, env: Database['env']): Promise<FloorAnswer> {
  return runMeasurement<FloorTask, FloorAnswer>('floor.ts', task, env);
}

async function inFreshDatabase<Answer>(
  server: Server,
  work: (env: Database['env']) => Promise<Answer>,
): Promise<Answer> {
  const database = await server.create('bench_floor');
  try {
    return await work(database.env);
  } finally {
    await database.drop();
  }
}
