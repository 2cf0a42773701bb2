import { namesRules } from '../../correlate/namesRules';
import { transaction } from '../../storage/client';
import { queueChangedHosts } from '../../storage/hosts';
import { hostsOfImport } from '../../storage/sigma/hostSigma';
import { markHosts } from '../../storage/sigma/runsLock';
import { readCatalogue } from '../readCatalogue';

/**
 * After a pass over an import that nobody waits for: has its hosts correlated again where a definition asks for rules,
 * whatever they hit. Until then none could be decided there.
 */
export async function judgeAgain(importId: number): Promise<void> {
  if (!namesRules((await readCatalogue()).catalogue)) return;
  await transaction(async (connection) => {
    await markHosts(connection, await hostsOfImport(connection, importId));
    await queueChangedHosts(connection);
  });
}
