import { AppError } from '../base/appError';
import type { AnalyticChange, AnalyticView, EnvironmentView } from '../contracts/analytics';
import { lockTechniqueMappings } from '../storage/attack/techniqueMappings';
import { settingSubject } from '../storage/audit';
import type { Connection } from '../storage/client';
import { addSetting } from '../storage/settings';
import { lockSets } from '../storage/sigma/sets';
import { type Followed, followRelease } from './attack/followRelease';
import { ENVIRONMENT, propose } from './proposeChange';
import { readAnalytic } from './readAnalytics';
import { readCatalogue } from './readCatalogue';
import { readEnvironment } from './readEnvironment';
import { bodyOf } from './settingBodies';
import { activeDigest } from './sigma/activeRules';
import { queueSigmaRuns } from './sigma/queueRuns';
import { putInForce } from './triedChange';

type Saving = { readonly backtest: string; readonly note: string };

/**
 * Saves the change that a back-test tried, as the next version of an analytic's settings, and has all hosts
 * correlated again in the background. Throws as putInForce does, and `bad_request` for a back-test of another.
 */
export async function saveAnalytic(id: string, saving: Saving, by: string): Promise<AnalyticView> {
  await save(id, saving, by);
  return readAnalytic(id);
}

/** The same for the lists and severities of all analytics. */
export async function saveEnvironment(saving: Saving, by: string): Promise<EnvironmentView> {
  await save(ENVIRONMENT, saving, by);
  return readEnvironment();
}

async function save(id: string, { backtest, note }: Saving, by: string): Promise<void> {
  const known = (await readCatalogue()).definitions.map((definition) => definition.id);
  await putInForce(backtest, async (connection, { subject, change, effect }) => {
    if (subject !== id)
      throw new AppError('bad_request', `This back-test is of ${subject}, not of ${id.slice(0, 60)}.`);
    const { kind } = change;
    if (kind === 'baseline')
      throw new AppError('bad_request', 'A baseline is saved among the baselines: POST /api/v1/baselines.');
    const body = bodyOf(change);
    const version = await addSetting(connection, { subject, kind, body, note, effect, savedBy: by });
    if (kind === 'environment') await runSigmaAgain(connection, change);
    const followed = kind === 'definition' ? await followFor(connection, [...known, subject], by) : {};
    return {
      result: undefined,
      inForce: true,
      note: {
        by,
        action: kind === 'environment' ? 'environment.saved' : 'analytic.saved',
        subject: settingSubject(subject),
        details: { version, kind, backtest: Number(backtest), ...effect, ...followed, note },
      },
    };
  });
}

/** Has Sigma's rules run again where one in force takes values from a list that the change gives others. */
async function runSigmaAgain(connection: Connection, change: AnalyticChange): Promise<void> {
  await lockSets(connection);
  const { lists } = propose(ENVIRONMENT, change, await readCatalogue()).catalogue;
  if ((await activeDigest(connection, lists)) !== (await activeDigest(connection)))
    await queueSigmaRuns(connection);
}

/** Maps a definition that is new to what the newest release of ATT&CK says of its id; told where anything came or went. */
async function followFor(
  connection: Connection,
  analytics: readonly string[],
  by: string,
): Promise<Partial<Followed>> {
  await lockTechniqueMappings(connection);
  const followed = await followRelease(connection, [...new Set(analytics)], by);
  return followed.mapped + followed.unmapped > 0 ? followed : {};
}
