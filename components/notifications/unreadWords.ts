/** More than this is shown as "99+". */
const MOST_SHOWN = 99;

/** The number at the bell; empty when there is nothing to read. */
export function unreadBadge(unread: number): string {
  if (unread <= 0) return '';
  return unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
}

/** What the bell is called: "Notifications, 3 unread". */
export function bellName(unread: number): string {
  return unread > 0 ? `Notifications, ${unread.toLocaleString('en')} unread` : 'Notifications, none unread';
}
