import { forgetOldDeliveries } from '../storage/deliveries';
import { forgetOldNotifications } from '../storage/notifications';

/** Deletes messages that ended, and notifications that were read, long ago. What was done stands in the audit trail. */
export async function forgetMessages(): Promise<void> {
  await forgetOldDeliveries();
  await forgetOldNotifications();
}
