import type { Permission } from '../permissionWords';

export type AdminPage = { readonly href: string; readonly label: string; readonly permission: Permission };

/** What is looked after for all, each page with what one must be permitted to see it. */
const ADMIN_PAGES: readonly AdminPage[] = [
  { href: '/admin/people', label: 'People', permission: 'people.manage' },
  { href: '/admin/keys', label: 'API keys', permission: 'keys.manage' },
  { href: '/admin/clocks', label: 'Service clocks', permission: 'clocks.manage' },
  { href: '/admin/webhooks', label: 'Webhooks', permission: 'webhooks.manage' },
  { href: '/admin/audit', label: 'Audit', permission: 'audit.read' },
];

/** The pages that somebody with these permissions may see. */
export function adminPagesFor(permissions: readonly Permission[]): readonly AdminPage[] {
  return ADMIN_PAGES.filter((page) => permissions.includes(page.permission));
}
