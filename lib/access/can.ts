/** What people are in Sequela. None holds all of another but the administrator: each does a work of its own. */
export const ROLES = ['analyst', 'lead', 'manager', 'engineer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a text names a role. */
export function isRole(text: unknown): text is Role {
  return (ROLES as readonly unknown[]).includes(text);
}

/** Everybody who signs in. */
const ALL: readonly Role[] = ROLES;
/** Those who work on findings and cases. */
const CASEWORK: readonly Role[] = ['analyst', 'lead', 'administrator'];
/** Those who bring in telemetry and say what it is. */
const INTAKE: readonly Role[] = ['analyst', 'lead', 'engineer', 'administrator'];
/** Those who decide for all: what is detected, what is normal, what is taken out. */
const STEWARDS: readonly Role[] = ['lead', 'engineer', 'administrator'];
const REVIEW: readonly Role[] = ['lead', 'administrator'];
const ADMIN: readonly Role[] = ['administrator'];

/** Who may do what: every permission, as resource and verb, with the roles that hold it. */
const HOLDERS = {
  'description.read': ALL,
  /** One's own name, password, factors, sessions, notifications. */
  'account.own': ALL,
  'people.read': ALL,
  'people.manage': ADMIN,
  'keys.own': INTAKE,
  'keys.manage': ADMIN,
  'imports.read': ALL,
  // Files as they were sent, and records in quarantine: for people who investigate, not for a collector's key.
  'imports.evidence': ALL,
  'imports.write': INTAKE,
  // Reading again, cancelling and deleting take evidence out: not for a collector's key.
  'imports.change': STEWARDS,
  'mappings.read': ALL,
  'mappings.write': INTAKE,
  'findings.read': ALL,
  'findings.decide': CASEWORK,
  'alerts.decide': CASEWORK,
  'events.read': ALL,
  'events.annotate': INTAKE,
  /** Searches and views of the queue kept under a name. */
  'searches.write': INTAKE,
  'hosts.read': ALL,
  'hosts.decide': INTAKE,
  'coverage.read': ALL,
  /** Groups of hosts, and which hosts are expected to report at all. */
  'coverage.manage': STEWARDS,
  'validation.read': ALL,
  /** Recordings to validate by, and runs of them. */
  'validation.run': STEWARDS,
  'attack.read': ALL,
  /** Releases of ATT&CK, and which techniques our analytics are about. */
  'attack.write': STEWARDS,
  'sigma.read': ALL,
  /** Trying rules on what is stored: reads only, and costs the worker's time. */
  'sigma.test': INTAKE,
  /** Which of the community's rules run. */
  'sigma.write': STEWARDS,
  /** What the team's work came to, by severity and analytic; never by person. */
  'metrics.read': ALL,
  'analytics.read': ALL,
  // Trying a change reads only; what it costs is the worker's time.
  'analytics.test': INTAKE,
  'analytics.run': STEWARDS,
  'analytics.tune': STEWARDS,
  'baselines.read': ALL,
  'baselines.propose': INTAKE,
  'baselines.write': STEWARDS,
  'cases.read': ALL,
  'cases.write': CASEWORK,
  'cases.review': REVIEW,
  /** The lead's home: who has how much before them, what is sampled. */
  'workload.read': ['lead', 'manager', 'administrator'],
  'evidence.export': ALL,
  'audit.read': ALL,
  'audit.export': ['lead', 'manager', 'administrator'],
  'clocks.manage': ADMIN,
  'webhooks.manage': ADMIN,
  'reports.read': ['lead', 'manager', 'administrator'],
  'reports.manage': REVIEW,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof HOLDERS;
export const PERMISSIONS = Object.keys(HOLDERS) as [Permission, ...Permission[]];

/** What a key can be for. */
export const SCOPES = ['collect', 'read', 'triage', 'export'] as const;
export type Scope = (typeof SCOPES)[number];

/** What each scope opens, never more than the key's owner holds. */
const OPENS: Readonly<Record<Scope, readonly Permission[]>> = {
  /** Send exports and watch what becomes of them: for collectors. */
  collect: ['imports.write', 'imports.read'],
  /** Read everything that its owner may read. */
  read: [
    'description.read',
    'people.read',
    'imports.read',
    'imports.evidence',
    'mappings.read',
    'findings.read',
    'events.read',
    'hosts.read',
    'coverage.read',
    'validation.read',
    'attack.read',
    'sigma.read',
    'metrics.read',
    'reports.read',
    'analytics.read',
    'baselines.read',
    'cases.read',
    'workload.read',
  ],
  /** Decide on findings and alerts, work on cases: for other tools of the team. */
  triage: ['findings.decide', 'alerts.decide', 'cases.write', 'events.annotate'],
  /** Take evidence and the audit trail out. */
  export: ['evidence.export', 'audit.read', 'audit.export'],
};

/**
 * Who acts: a person, or a program with a key. `name` is the person's handle, and what history calls them; for a key
 * it is its owner's. `scopes` is set for keys only and narrows what the role holds.
 */
export type Actor = {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly Scope[];
};

/** Whether an actor may do something. */
export function can(actor: Actor, permission: Permission): boolean {
  const holders: readonly Role[] = HOLDERS[permission];
  if (!holders.includes(actor.role)) return false;
  if (actor.scopes === undefined) return true;
  return actor.scopes.some((scope) => OPENS[scope].includes(permission));
}

/** The roles that hold a permission, in order of ROLES: for whom to tell of what awaits them, and who can be given work. */
export function rolesWith(permission: Permission): readonly Role[] {
  return HOLDERS[permission];
}

/** Everything an actor may do, for screens that leave out what one may not. */
export function permissionsOf(actor: Actor): readonly Permission[] {
  return PERMISSIONS.filter((permission) => can(actor, permission));
}
