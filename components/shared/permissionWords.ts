import type { MeView } from '@/lib/contracts/people';

export type Permission = MeView['permissions'][number];
export type Role = MeView['role'];

/** A role as a person's line names it. */
export const ROLE_WORD: Readonly<Record<Role, string>> = {
  analyst: 'Analyst',
  lead: 'Lead',
  manager: 'Manager',
  engineer: 'Detection engineer',
  administrator: 'Administrator',
};

/** What a role is for, in one sentence, for whoever gives it. */
export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  analyst: 'Imports, triages, gives verdicts and works on cases.',
  lead: 'An analyst who also reviews cases, tunes analytics and decides on baselines.',
  manager: 'Reads everything, workload and audit included, and changes nothing.',
  engineer: 'Imports, tunes analytics and decides on baselines; gives no verdicts.',
  administrator: 'Everything, people and keys included.',
};

/** What a permission lets one do, completing "Managers cannot …". */
const DEED: Readonly<Record<Permission, string>> = {
  'description.read': 'read the description of the API',
  'account.own': 'change an account',
  'people.read': 'see who works here',
  'people.manage': 'manage people',
  'keys.own': 'make API keys',
  'keys.manage': 'manage the keys of others',
  'imports.read': 'see imports',
  'imports.evidence': 'see files as they were sent or records in quarantine',
  'imports.write': 'import',
  'imports.change': 'read imports again, cancel or delete them',
  'mappings.read': 'see mappings',
  'mappings.write': 'change mappings',
  'findings.read': 'see findings',
  'findings.decide': 'give verdicts or assign findings',
  'alerts.decide': 'decide on alerts',
  'events.read': 'see events',
  'events.annotate': 'flag events or comment on them',
  'searches.write': 'save searches or views',
  'hosts.read': 'see hosts',
  'hosts.decide': 'decide on the names and clocks of hosts',
  'analytics.read': 'see analytics',
  'analytics.test': 'try changes of analytics',
  'analytics.run': 'run analytics again',
  'analytics.tune': 'change analytics',
  'baselines.read': 'see baselines',
  'baselines.propose': 'propose baselines',
  'baselines.write': 'decide on baselines',
  'cases.read': 'see cases',
  'cases.write': 'work on cases',
  'cases.review': 'review cases',
  'workload.read': 'see the workload of others',
  'evidence.export': 'take out evidence',
  'audit.read': 'read the audit',
  'audit.export': 'take out the audit',
  'clocks.manage': 'set service clocks',
  'webhooks.manage': 'manage webhooks',
  'coverage.read': 'see coverage',
  'sigma.read': 'see Sigma rules and their hits',
  'sigma.test': 'try Sigma rules',
  'sigma.write': 'decide which Sigma rules run',
  'coverage.manage': 'change host groups or say which hosts report no more',
  'validation.read': 'see validation runs',
  'validation.run': 'validate or change the recordings for it',
  'attack.read': 'see what ATT&CK says of analytics',
  'attack.write': 'bring in releases of ATT&CK or map techniques',
  'metrics.read': 'see team metrics',
  'reports.read': 'see scheduled reports',
  'reports.manage': 'schedule reports',
};

/** Why a control is not there: "Managers cannot give verdicts or assign findings." */
export function refusalOf(role: Role, permission: Permission): string {
  return `${ROLE_WORD[role]}s cannot ${DEED[permission]}.`;
}
