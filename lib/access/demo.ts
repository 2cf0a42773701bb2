import { isLoopback } from '../base/loopback';

/** Handle of the one person there is where nobody signs in; that person has no row. */
export const DEMO_HANDLE = 'demo';

/** Whether nobody signs in here and everyone is one administrator: only on this machine, and only when told so. */
export function isDemo(): boolean {
  return process.env.SEQUELA_DEMO === 'true' && isLoopback(process.env.SEQUELA_HOST?.trim() || '127.0.0.1');
}
