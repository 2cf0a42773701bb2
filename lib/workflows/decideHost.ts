import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { HostClockBody, HostIdentityBody, HostView } from '../contracts/hosts';
import { normaliseHostName } from '../events/hostName';
import { PRODUCTS } from '../events/product';
import { addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import { saveClockChoice, saveHostDecision } from '../storage/hostIdentity';
import { findHost, loadHostGroup, lockHosts, queueChangedHosts, regroupHosts } from '../storage/hosts';
import { readHost } from './readHosts';
import { hostOrRefuse } from './readLineage';

/**
 * Takes a person's word on whether a name is this host. The names are grouped anew at once and every group
 * that changed is correlated again in the background. Throws `not_found` for a name no record has.
 */
export async function decideIdentity(id: string, body: HostIdentityBody, actor: Actor): Promise<HostView> {
  const group = await loadHostGroup(await hostOrRefuse(id));
  if (group === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  const name = normaliseHostName(body.name);
  if (name === group.name)
    throw new AppError('bad_request', `${name} is this host's own name: choose one of its other names.`);
  if ((await findHost(name)) === undefined)
    throw new AppError('not_found', `No record names a host ${JSON.stringify(name)}.`);
  await transaction(async (connection) => {
    await saveHostDecision(connection, { name, with: group.name }, body.decision, actor.name);
    await addAudit(connection, {
      by: actor.name,
      action: 'host.identity',
      subject: `host:${group.name}`,
      details: { name, decision: body.decision },
    });
  });
  await regroupHosts();
  return readHost(group.name);
}

/** Sets whether a product's clock is moved on this host; its findings follow in the background. */
export async function decideClock(id: string, body: HostClockBody, actor: Actor): Promise<HostView> {
  const group = await loadHostGroup(await hostOrRefuse(id));
  if (group === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  if (!PRODUCTS.includes(body.product.split('/')[0] ?? body.product))
    throw new AppError('bad_request', `No product is called ${JSON.stringify(body.product)}.`, {
      known: PRODUCTS,
    });
  await transaction(async (connection) => {
    await lockHosts(connection, 'id = $1', [group.id]);
    await saveClockChoice(connection, group.id, body.product, body.choice);
    await queueChangedHosts(connection);
    await addAudit(connection, {
      by: actor.name,
      action: 'host.clock',
      subject: `host:${group.name}`,
      details: { product: body.product, choice: body.choice },
    });
  });
  return readHost(group.name);
}
