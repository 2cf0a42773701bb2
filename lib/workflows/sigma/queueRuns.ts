import { namesRules } from '../../correlate/namesRules';
import type { Connection } from '../../storage/client';
import { queueHostsOf } from '../../storage/hosts';
import { lockSigma } from '../../storage/sigma/runsLock';
import { queueSigmaPasses } from '../../storage/sigma/runsQueue';
import { readCatalogue } from '../readCatalogue';

/**
 * Has the rules in force run over everything that is stored, import by import in one line, and correlations worked out
 * after them; where none is in force any more, takes all hits out instead. Within the transaction that changed which
 * rules are in force.
 */
export async function queueSigmaRuns(connection: Connection): Promise<void> {
  await lockSigma(connection);
  // A stage that names a rule is blind or not by whether the rule is in force, hits or no hits. Before the passes: hosts
  // are locked before jobs are, as correlation does it.
  if (namesRules((await readCatalogue()).catalogue)) await queueHostsOf(connection);
  await queueSigmaPasses(connection);
}
