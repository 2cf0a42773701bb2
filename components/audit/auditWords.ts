import type { AuditView } from '@/lib/contracts/audit';

/** Beginnings of actions, separated by commas, that the list can be narrowed to, in words; each action is in one. */
export const ACTION_GROUPS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Everything' },
  { value: 'signin,signout,session', label: 'Sign-ins and sessions' },
  { value: 'access', label: 'Refused access' },
  { value: 'person,invitation,password,two_factor,passkey', label: 'People and accounts' },
  { value: 'key', label: 'API keys' },
  { value: 'import', label: 'Imports' },
  { value: 'mapping', label: 'Mappings' },
  { value: 'finding', label: 'Findings' },
  { value: 'sample', label: 'Second verdicts' },
  { value: 'alert', label: 'Alerts' },
  { value: 'case', label: 'Cases' },
  { value: 'evidence', label: 'Evidence packs' },
  { value: 'event,comment', label: 'Events' },
  { value: 'search,view', label: 'Searches and views' },
  { value: 'host', label: 'Hosts' },
  { value: 'analytic,analytics,backtest', label: 'Analytics' },
  { value: 'validation', label: 'Validation' },
  { value: 'sigma', label: 'Sigma rules' },
  { value: 'report', label: 'Reports' },
  { value: 'environment', label: 'Environment' },
  { value: 'attack', label: 'ATT&CK' },
  { value: 'baseline', label: 'Baselines' },
  { value: 'clocks', label: 'Service clocks' },
  { value: 'notifications,webhook', label: 'Notifications' },
  { value: 'audit', label: 'The audit itself' },
];

/** `case.note_added` as people read it: "case: note added". */
export function actionText(action: string): string {
  const [thing = '', ...what] = action.split('.');
  const words = (text: string): string => text.replaceAll('_', ' ');
  return what.length === 0 ? words(thing) : `${words(thing)}: ${words(what.join('.'))}`;
}

/** Facts of an entry, each as name and value; what is null or empty is left out. */
export function factsOf(
  details: AuditView['details'],
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(details).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [{ name, value: String(value) }],
  );
}

/** Where what an entry is about can be looked at; null where it has no page. */
export function subjectHref(subject: string): string | null {
  const colon = subject.indexOf(':');
  const [kind, id] = [subject.slice(0, colon), encodeURIComponent(subject.slice(colon + 1))];
  if (colon < 0 || id === '') return null;
  switch (kind) {
    case 'finding':
      return `/findings/${id}`;
    case 'case':
      return `/cases/${id}`;
    case 'attack':
      return '/coverage/attack';
    case 'import':
      return `/imports?import=${id}`;
    case 'analytic':
      return `/analytics/${id}`;
    default:
      return null;
  }
}
