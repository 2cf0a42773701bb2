import type { SigmaProgress } from '../../contracts/sigmaProgress';
import { addAudit } from '../../storage/audit';
import { transaction } from '../../storage/client';
import { remembered } from '../../storage/remembered';
import { countHits } from '../../storage/sigma/hits';
import { sigmaStanding } from '../../storage/sigma/runsProgress';
import { forgetCatalogues } from '../../storage/sigma/runsQueue';
import { readActiveRules } from './activeRules';
import { queueSigmaRuns } from './queueRuns';

/** How far the rules have come over what is stored. */
export async function readSigmaProgress(): Promise<SigmaProgress> {
  const [{ rules, silent, idOf }, standing, hits] = await Promise.all([
    readActiveRules(),
    sigmaStanding(),
    // Asked again and again while passes run; no screen needs it to the last hit.
    remembered('sigma hits', () => countHits({ baseline: 'open' })),
  ]);
  return {
    rules: rules.filter((rule) => !silent.has(idOf(rule))).length,
    ...standing,
    failed: standing.failed.map((one) => ({ ...one, importId: String(one.importId) })),
    hits,
  };
}

/** Has the rules run over everything stored again, also where they were run already. */
export async function rerunSigma(by: string): Promise<SigmaProgress> {
  await transaction(async (connection) => {
    await queueSigmaRuns(connection);
    await forgetCatalogues(connection);
    await addAudit(connection, { by, action: 'sigma.rerun', subject: 'sigma', details: {} });
  });
  return readSigmaProgress();
}
