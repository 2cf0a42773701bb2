import { AppError } from '../base/appError';
import { regroupHosts } from '../storage/hosts';
import { failImport, finishImports, loadImport, loadMembers, startCorrelating } from '../storage/imports';
import { type ParseOptions, parseImport } from './parseImport';

/**
 * The work of one import: parse what is not parsed yet, decide which names are one host, queue correlation
 * of every host that changed. Runs again from the last committed batch whatever stopped it, and twice does
 * no harm. What the upload itself is to blame for ends the import in words; anything else is thrown, so
 * that the queue tries again.
 */
export async function runImport(importId: number, options: ParseOptions): Promise<void> {
  const thisImport = await loadImport(importId);
  if (thisImport === undefined || thisImport.state === 'done' || thisImport.state === 'failed') return;
  if (thisImport.state === 'parsing') {
    try {
      await parseImport(thisImport, options);
      await refuseIfNothingWasRead(importId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await failImport(importId, { message: error.message, detail: detailOf(error) });
      // What was stored before the trouble is evidence like any other.
      await regroupHosts();
      return;
    }
  }
  await regroupHosts();
  await startCorrelating(importId);
  await finishImports();
}

/** Words for an import that could not be finished after all attempts. */
export async function giveUpImport(importId: number, error: unknown): Promise<void> {
  await failImport(importId, {
    message:
      'The import stopped on an internal error and several attempts did not help. What was read until then is stored; import the file again to go on.',
    detail: error instanceof Error ? error.message : String(error),
  });
}

async function refuseIfNothingWasRead(importId: number): Promise<void> {
  const members = await loadMembers(importId);
  const problem = members.find((member) => member.problem !== null)?.problem;
  if (problem == null || members.some((member) => member.read > 0)) return;
  throw new AppError('unknown_format', problem);
}

function detailOf(error: AppError): string | null {
  return Object.keys(error.details).length === 0 ? null : JSON.stringify(error.details);
}
