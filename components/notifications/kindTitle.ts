import { isNotificationKind, NOTIFICATION_KINDS } from '@/lib/contracts/notifications';

/** A kind of notification in words for the one who is told; the kind itself where this version does not know it. */
export function kindTitle(kind: string): string {
  return isNotificationKind(kind) ? NOTIFICATION_KINDS[kind].title : kind;
}

/** A kind of notification in words for others; the kind itself where this version does not know it. */
export function kindEvent(kind: string): string {
  return isNotificationKind(kind) ? NOTIFICATION_KINDS[kind].event : kind;
}
