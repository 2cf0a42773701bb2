import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../base/appError';
import { namesRules } from '../../correlate/namesRules';
import { fieldsForCorrelations } from '../../sigma/correlation/correlationHit';
import { createEngine } from '../../sigma/engine/engine';
import { createFieldWatch, type FieldWatch } from '../../sigma/sources/fieldWatch';
import { ensureHosts } from '../../storage/hosts';
import { loadPassword, type StoredImport } from '../../storage/imports';
import { advanceSigmaRun, beginSigmaRun, finishSigmaRun } from '../../storage/sigma/runs';
import { saveSources } from '../../storage/sigma/sources';
import { readCatalogue } from '../readCatalogue';
import { type ParseOptions, withSpooledUpload } from '../spooledUpload';
import type { ActiveRules } from './activeRules';
import { createHitWriter } from './matchImportHits';
import { matchRecords } from './matchImportRecords';

/** A pass says this often how far it is, and looks whether it is still wanted. */
const TELL_MS = 1_000;

/**
 * Tries the rules in force on all records of an import, from its stored bytes, and makes what they hit the hits that
 * count. Whoever calls it holds the import's lock. Stopped anywhere it leaves what counted before, and starts from the
 * beginning when it is run again. An upload that breaks off gives what came before, with a remark; one of which nothing
 * can be read throws AppError. Throws ImportTakenOver when the import is to be cleared or read again, SigmaRunDropped when
 * no rule is in force any more. Memory is that of some batches of hits.
 */
export async function passOver(
  thisImport: StoredImport,
  active: ActiveRules,
  options: ParseOptions & { readonly queueHosts: boolean },
): Promise<void> {
  const { id, reading } = thisImport;
  const before = await beginSigmaRun(id, reading, active.digest);
  await refuseLockedAway(thisImport);
  const engine = createEngine(active.rules);
  const writer = createHitWriter(id, before + 1, active, fieldsForCorrelations(active.correlations));
  const watch = createFieldWatch(active.rules);
  let told = performance.now();
  let tried = 0;
  const broken = await untilBroken(
    () => tried > 0,
    () =>
      withSpooledUpload(thisImport, options, (steps) =>
        matchRecords(steps, engine, {
          seen: watch.see,
          matched: (found) => {
            watch.hit(found.record);
            return writer.add(found);
          },
          piece: async (sofar) => {
            tried = sofar;
            options.signal?.throwIfAborted();
            await writer.flush();
            if (performance.now() - told < TELL_MS) return;
            await advanceSigmaRun(id, reading, sofar);
            told = performance.now();
            // Others of this process get their turn.
            await sleep(0);
          },
        }),
      ),
  );
  await writer.flush(true);
  await keepSources(id, before + 1, watch);
  await finishSigmaRun({
    ...{ importId: id, reading, before, records: tried },
    catalogue: active.digest,
    remark: [broken, writer.remark()].filter((one) => one !== null).join(' ') || null,
    everyHost: namesRules((await readCatalogue()).catalogue),
    queueHosts: options.queueHosts,
  });
}

/** Reads an upload; says where it broke off, null when it was read to its end. Thrown unless `some` of it was read. */
async function untilBroken(some: () => boolean, read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || !some()) throw error;
    return `The rules were run over what could be read: ${error.message}`;
  }
}

/** A password is kept only until the reading it was given for has ended. */
async function refuseLockedAway({ id, name, encrypted }: StoredImport): Promise<void> {
  if (!encrypted || (await loadPassword(id)) !== undefined) return;
  throw new AppError(
    'bad_input',
    `${name} is encrypted and its password is not kept, so the rules could not be run over it again. Read the import again with its password: the rules run with it.`,
  );
}

async function keepSources(importId: number, run: number, watch: FieldWatch): Promise<void> {
  const seen = watch.seen();
  const hosts = await ensureHosts(seen.map(({ host }) => host));
  await saveSources(
    importId,
    run,
    seen.flatMap(({ host, source, records, fields }) => {
      const hostId = hosts.get(host);
      return hostId === undefined ? [] : [{ hostId, source: source.key, records, fields: [...fields] }];
    }),
  );
}
