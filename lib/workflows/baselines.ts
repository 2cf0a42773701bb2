import { type Actor, can, rolesWith } from '../access/can';
import { describeBaseline } from '../analytics/definition/describe';
import { parseBaseline } from '../analytics/definition/parseAnalytic';
import { AppError } from '../base/appError';
import { formatMicros, MICROS_PER_DAY, micros, parseMicros } from '../base/time';
import type { BaselineLoses } from '../contracts/analytics';
import { type BaselineOutlook, type BaselineView, baselineView } from '../contracts/baselines';
import { type AuditNote, addAudit, baselineSubject } from '../storage/audit';
import { listAudit } from '../storage/auditEntries';
import { verdictsOn } from '../storage/backtests';
import {
  addBaseline,
  approveBaseline as approve,
  type BaselineState,
  baselineReturns,
  listBaselines,
  revokeBaseline as revoke,
  type StoredBaseline,
} from '../storage/baselines';
import { type Connection, transaction } from '../storage/client';
import { queueHostsOf } from '../storage/hosts';
import { LOCK_CLASS, lockTransaction } from '../storage/locks';
import { handlesOfRoles, notify } from '../storage/notifications';
import { isOutOfSight } from './backtestCompare';
import { truePositivesUnder } from './proposeBaseline';
import { type InForce, readCatalogue } from './readCatalogue';
import { type BacktestResult, putInForce, type Saved, type TriedChange } from './triedChange';

/** Baselines, newest first, of one analytic or in one state if asked for. */
export async function readBaselines(filter: {
  readonly analytic?: string | undefined;
  readonly state?: BaselineState | undefined;
  readonly limit?: number | undefined;
}): Promise<{ items: BaselineView[] }> {
  const [baselines, inForce] = await Promise.all([listBaselines(filter), readCatalogue()]);
  return { items: baselines.map((baseline) => toView(baseline, inForce)) };
}

/** One baseline. Throws `not_found`. */
export async function readBaseline(id: number): Promise<BaselineView> {
  return toView(await storedBaseline(id), await readCatalogue());
}

/** One baseline as it is kept, read by the connection given. Throws `not_found`. */
async function storedBaseline(id: number, connection?: Connection): Promise<StoredBaseline> {
  const [found] = await listBaselines({ id }, connection);
  if (found === undefined) throw new AppError('not_found', `There is no baseline ${id}.`);
  return found;
}

type Saving = { readonly backtest: string; readonly note: string; readonly acceptLoss: boolean };

/**
 * Saves the baseline that a back-test tried, and has all hosts correlated again in the background. One that loses true
 * positives or recorded attacks is refused (`conflict`, naming them) unless its loss is accepted; then, and when its
 * author may only propose, it waits for a second person. Throws as putInForce does.
 */
export async function createBaseline(saving: Saving, actor: Actor): Promise<BaselineView> {
  const id = await putInForce(saving.backtest, (connection, tried) =>
    saveTried(connection, tried, saving, actor),
  );
  return readBaseline(id);
}

async function saveTried(
  connection: Connection,
  { subject, change, effect, result }: TriedChange,
  { note, acceptLoss }: Saving,
  actor: Actor,
): Promise<Saved<number>> {
  if (change.kind !== 'baseline')
    throw new AppError('bad_request', `This back-test is of settings of ${subject}, not of a baseline.`);
  const { title, when, points, reason, owner, finding = null } = change;
  // Read as the trial read it: another reading of the same text would end on another day.
  const until = parseMicros(change.expiresAt);
  if (until === undefined) throw new AppError('bad_request', `expiresAt is no time: ${change.expiresAt}`);
  const loses = await losesNow(connection, result);
  const count = loses.truePositivesTotal + loses.attacks.length;
  if (count > 0 && !acceptLoss)
    throw new AppError(
      'conflict',
      `${lossSentence(loses)} Narrow it; or save it as it is and have a second person approve it.`,
      {
        truePositives: loses.truePositives.map(({ id }) => id),
        attacks: loses.attacks.map(({ recording }) => recording),
      },
    );
  const needsApproval = count > 0 || !can(actor, 'baselines.write');
  const baselineId = await addBaseline(connection, {
    ...{ analytic: subject, title, when, points, reason, owner, effect, loses, needsApproval },
    createdBy: actor.name,
    expiresAt: new Date(until / 1000),
    findingId: finding,
  });
  if (needsApproval) await askForApproval(connection, baselineId, title, actor.name);
  return {
    result: baselineId,
    inForce: !needsApproval,
    note: {
      by: actor.name,
      action: 'baseline.created',
      subject: baselineSubject(baselineId),
      details: {
        ...{ analytic: subject, title, owner, expiresAt: change.expiresAt, ...effect, note, needsApproval },
        losesTruePositives: loses.truePositivesTotal,
        losesAttacks: loses.attacks.length,
      },
    },
  };
}

/**
 * Puts a waiting baseline in force. Throws `not_found`; `forbidden` when one made it oneself; `conflict` when it does not
 * wait (any more), or covers findings that were called true positive since it was saved.
 */
export async function approveBaseline(id: string, note: string, actor: Actor): Promise<BaselineView> {
  const baseline = await readBaseline(Number(id));
  if (baseline.createdBy === actor.name)
    throw new AppError('forbidden', 'Whoever made a baseline cannot approve it. Ask a second person.');
  if (baseline.state !== 'waiting') throw notWaiting(baseline);
  await refuseNewLosses(baseline);
  await transaction(async (connection) => {
    await lockTransaction(connection, LOCK_CLASS.settings, 0);
    if (!(await approve(connection, Number(id), actor.name)))
      throw notWaiting(await storedBaseline(Number(id), connection));
    await queueHostsOf(connection);
    await addAudit(connection, aboutBaseline(baseline, 'baseline.approved', actor.name, { note }));
  });
  return readBaseline(Number(id));
}

/**
 * Takes a baseline back; what it covered comes back. Who may only propose takes back what they made and nobody approved.
 * Throws `not_found`, `forbidden`, and `conflict` when it was revoked before.
 */
export async function revokeBaseline(id: string, reason: string, actor: Actor): Promise<BaselineView> {
  await transaction(async (connection) => {
    await lockTransaction(connection, LOCK_CLASS.settings, 0);
    // Read only now: an approval that this waited for put it in force.
    const baseline = await storedBaseline(Number(id), connection);
    const isOwnProposal = baseline.createdBy === actor.name && baseline.state === 'waiting';
    if (!can(actor, 'baselines.write') && !isOwnProposal)
      throw new AppError(
        'forbidden',
        `The role ${actor.role} can only take back baselines of its own that nobody approved yet.`,
      );
    if (!(await revoke(connection, Number(id), actor.name, reason)))
      throw new AppError('conflict', 'This baseline was revoked already.');
    // One that nobody approved hid nothing.
    if (!baseline.needsApproval || baseline.approvedAt !== null) await queueHostsOf(connection);
    await addAudit(connection, aboutBaseline(baseline, 'baseline.revoked', actor.name, { reason }));
  });
  return readBaseline(Number(id));
}

/** Days of which the covered findings are counted, to say what comes after the end. */
const LATELY = 30 * MICROS_PER_DAY;
const HISTORY = 50;

/** What would come back without a baseline, and what happened to it. Throws `not_found`. */
export async function readBaselineOutlook(id: string): Promise<BaselineOutlook> {
  await readBaseline(Number(id));
  const [returns, entries] = await Promise.all([
    baselineReturns(Number(id), Date.now() * 1000 - LATELY),
    listAudit({ subject: baselineSubject(Number(id)) }, { limit: HISTORY }),
  ]);
  return {
    ...returns,
    history: entries.map(({ at, by, action, details }) => ({
      ...{ at, by, action },
      note:
        [details.note, details.reason].find((text) => typeof text === 'string' && text !== '')?.toString() ??
        null,
    })),
  };
}

/** What a back-test found to be lost, with those of its findings that were called true positive since. */
async function losesNow(connection: Connection, result: BacktestResult): Promise<BaselineLoses> {
  const then = result.loses ?? { truePositives: [], truePositivesTotal: 0, attacks: [], attacksTried: 0 };
  const known = new Set(then.truePositives.map(({ id }) => id));
  const hidden = result.changed.filter(({ before, after }) => isOutOfSight(before, after));
  const candidates = [...result.lost, ...hidden.map(({ before }) => before)].filter(
    ({ id }) => !known.has(id),
  );
  const verdicts = await verdictsOn(
    candidates.map(({ id }) => id),
    connection,
  );
  const since = candidates.flatMap((one) =>
    verdicts.get(one.id) === 'true_positive' && one.verdict !== 'true_positive'
      ? [{ ...one, verdict: 'true_positive' }]
      : [],
  );
  return {
    ...then,
    truePositives: [...then.truePositives, ...since],
    truePositivesTotal: then.truePositivesTotal + since.length,
  };
}

function lossSentence({ truePositivesTotal, attacks }: BaselineLoses): string {
  const parts = [
    ...(truePositivesTotal === 0
      ? []
      : [`${truePositivesTotal} ${truePositivesTotal === 1 ? 'finding' : 'findings'} called true positive`]),
    ...(attacks.length === 0
      ? []
      : [`${attacks.length} recorded ${attacks.length === 1 ? 'attack' : 'attacks'}`]),
  ];
  return `This baseline would hide ${parts.join(' and ')}.`;
}

async function refuseNewLosses(baseline: BaselineView): Promise<void> {
  const { definitions, catalogue } = await readCatalogue();
  const analytic = definitions.find(({ id }) => id === baseline.analytic)?.analytic;
  if (analytic === undefined)
    throw new AppError(
      'conflict',
      `The analytic ${baseline.analytic} is gone, so this baseline would do nothing.`,
    );
  const under = await truePositivesUnder(
    baseline.analytic,
    parseBaseline(baseline.when, analytic, catalogue.lists),
    new Date(baseline.createdAt),
  );
  const known = new Set(baseline.loses?.truePositives.map(({ id }) => id));
  const since = under.filter((id) => !known.has(id));
  if (since.length > 0)
    throw new AppError(
      'conflict',
      `Since it was saved, ${since.length === 1 ? 'a finding it covers was' : `${since.length} findings it covers were`} called true positive. Revoke it and propose it anew, so that what it loses is named.`,
      { truePositives: since },
    );
}

async function askForApproval(connection: Connection, id: number, title: string, by: string): Promise<void> {
  const stewards = await handlesOfRoles(connection, rolesWith('baselines.write'));
  await notify(
    connection,
    stewards
      .filter((person) => person !== by)
      .map((person) => ({
        ...{ person, by, kind: 'baseline.approval_asked' as const, subject: baselineSubject(id) },
        text: `The baseline "${title}" is not in force until a second person approves it.`,
        link: '/analytics/baselines?state=waiting',
      })),
  );
}

function notWaiting(baseline: Pick<StoredBaseline, 'approvedBy' | 'state'>): AppError {
  const by = baseline.approvedBy === null ? '' : ` It was approved by ${baseline.approvedBy}.`;
  return new AppError('conflict', `This baseline does not wait for an approval.${by}`, {
    state: baseline.state,
  });
}

function aboutBaseline(
  {
    id,
    analytic,
    title,
  }: { readonly id: number | string; readonly analytic: string; readonly title: string },
  action: AuditNote['action'],
  by: string,
  more: AuditNote['details'],
): AuditNote {
  return { by, action, subject: baselineSubject(Number(id)), details: { analytic, title, ...more } };
}

function toView(baseline: StoredBaseline, inForce: InForce): BaselineView {
  const { lastHit, findingId, loses, ...rest } = baseline;
  const stages = inForce.definitions.find(({ id }) => id === baseline.analytic)?.analytic?.stages ?? [];
  return {
    ...rest,
    id: String(baseline.id),
    sentence: describeBaseline(baseline.when, stages, inForce.catalogue.lists),
    createdAt: baseline.createdAt.toISOString(),
    expiresAt: baseline.expiresAt.toISOString(),
    revokedAt: baseline.revokedAt?.toISOString() ?? null,
    lastHitAt: lastHit === null ? null : formatMicros(micros(lastHit)),
    finding: findingId,
    // Baselines of an earlier version hold an empty list.
    loses: baselineView.shape.loses.safeParse(loses).data ?? null,
    approvedAt: baseline.approvedAt?.toISOString() ?? null,
  };
}
