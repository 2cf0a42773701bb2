/** What people are in Sequela; each holds everything the one before it may do. */
export const ROLES = ['viewer', 'analyst', 'lead', 'manager', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Everything that can be permitted, as resource and verb. */
export type Permission =
  | 'imports.read'
  | 'imports.write'
  | 'imports.change'
  | 'audit.read'
  | 'mappings.read'
  | 'mappings.write'
  | 'findings.read'
  | 'findings.decide'
  | 'events.read'
  | 'events.annotate'
  | 'searches.write'
  | 'hosts.read'
  | 'hosts.decide'
  | 'analytics.read'
  | 'analytics.run'
  | 'analytics.test'
  | 'analytics.tune'
  | 'baselines.read'
  | 'baselines.write'
  | 'coverage.read'
  | 'description.read';

/** The least role for each permission. */
const LEAST: Readonly<Record<Permission, Role>> = {
  'description.read': 'viewer',
  'imports.read': 'viewer',
  'mappings.read': 'viewer',
  'findings.read': 'viewer',
  'events.read': 'viewer',
  'events.annotate': 'analyst',
  'searches.write': 'analyst',
  'hosts.read': 'viewer',
  'hosts.decide': 'analyst',
  'analytics.read': 'viewer',
  'coverage.read': 'viewer',
  'baselines.read': 'viewer',
  // Trying a change reads only; what it costs is the worker's time.
  'analytics.test': 'analyst',
  'imports.write': 'analyst',
  'mappings.write': 'analyst',
  'audit.read': 'analyst',
  // Reading again, cancelling and deleting take evidence out: not for a collector's key.
  'imports.change': 'lead',
  'findings.decide': 'analyst',
  'analytics.run': 'lead',
  // What is detected, and what is called normal, is for all to bear.
  'analytics.tune': 'lead',
  'baselines.write': 'lead',
};

/** Who acts: a person, or a program with a key. */
export type Actor = { readonly name: string; readonly role: Role };

/** Whether an actor may do something. */
export function can(actor: Actor, permission: Permission): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(LEAST[permission]);
}
