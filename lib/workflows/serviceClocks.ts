import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { Severity } from '../contracts/scalars';
import type { ServiceClocks } from '../contracts/triage';
import { SEVERITIES, severityOf } from '../storage/findingRows';
import { loadServiceClocks, setServiceClocks as save } from '../storage/serviceClocks';

/** How long findings of each severity may wait for their verdict, the highest first. */
export async function readServiceClocks(): Promise<ServiceClocks> {
  const clocks = await loadServiceClocks();
  return {
    items: clocks.map(({ severity, minutes, setBy, setAt }) => ({
      severity: severityOf(severity),
      minutes,
      setBy,
      setAt: setAt.toISOString(),
    })),
  };
}

/** Sets how long they may wait; a severity that is not named has no clock. Throws `bad_request` for one named twice. */
export async function setServiceClocks(
  { items }: { readonly items: readonly { readonly severity: Severity; readonly minutes: number }[] },
  actor: Actor,
): Promise<ServiceClocks> {
  if (new Set(items.map(({ severity }) => severity)).size < items.length)
    throw new AppError('bad_request', 'A severity is named twice: give each one time.', {
      errors: [{ path: 'items', message: 'names a severity twice' }],
    });
  await save(
    items.map(({ severity, minutes }) => ({ severity: SEVERITIES.indexOf(severity), minutes })),
    actor.name,
    SEVERITIES,
  );
  return readServiceClocks();
}
