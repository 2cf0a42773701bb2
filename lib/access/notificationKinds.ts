/** Ways a person can be told: in the application, by mail. */
export const CHANNELS = ['app', 'mail'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a kind of notification is: its name on screens, how people are told without a choice of theirs. */
type KindFacts = {
  /** For the person who is told. */
  readonly title: string;
  /** For others, to whom "mine" means nothing. */
  readonly event: string;
  /** Ways of those who chose nothing. */
  readonly channels: readonly Channel[];
  /** Whether systems outside may be told too; what concerns one person alone they may not. */
  readonly webhook: boolean;
};

const APP: readonly Channel[] = ['app'];
const BOTH: readonly Channel[] = ['app', 'mail'];

/** Everything people are told of, by kind, in the order of the choices. */
export const NOTIFICATION_KINDS = {
  'finding.assigned': {
    title: 'A finding is given to me',
    event: 'A finding is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'finding.reopened': {
    title: 'Later data opens a finding of mine again',
    event: 'Later data opens a finding again',
    channels: BOTH,
    webhook: true,
  },
  'finding.changed': {
    title: 'Somebody decides on a finding of mine',
    event: 'Somebody decides on a finding of another',
    channels: APP,
    webhook: true,
  },
  'alert.assigned': {
    title: 'An alert is given to me',
    event: 'An alert is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'alert.changed': {
    title: 'Somebody decides on an alert of mine',
    event: 'Somebody decides on an alert of another',
    channels: APP,
    webhook: true,
  },
  'clock.breached': {
    title: 'A finding of mine is past its service clock',
    event: 'A finding is past its service clock',
    channels: BOTH,
    webhook: true,
  },
  'case.assigned': {
    title: 'A case is given to me',
    event: 'A case is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'case.mentioned': {
    title: 'Somebody mentions me',
    event: 'Somebody is mentioned',
    channels: BOTH,
    webhook: false,
  },
  'case.commented': {
    title: 'Somebody comments on a case of mine',
    event: 'Somebody comments on a case',
    channels: APP,
    webhook: true,
  },
  'case.submitted': {
    title: 'A case awaits review',
    event: 'A case awaits review',
    channels: BOTH,
    webhook: true,
  },
  'case.sent_back': {
    title: 'A case of mine is sent back',
    event: 'A case is sent back',
    channels: BOTH,
    webhook: true,
  },
  'case.approved': {
    title: 'A case of mine is approved',
    event: 'A case is approved',
    channels: APP,
    webhook: true,
  },
  'task.assigned': {
    title: 'A task is given to me',
    event: 'A task is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'baseline.ending': {
    title: 'A baseline of mine ends within seven days',
    event: 'A baseline ends within seven days',
    channels: BOTH,
    webhook: true,
  },
  'baseline.approval_asked': {
    title: 'A baseline needs a second approver',
    event: 'A baseline needs a second approver',
    channels: BOTH,
    webhook: true,
  },
  'validation.regressed': {
    title: 'A validation finds less, or raises more, than the one before',
    event: 'A validation finds less, or raises more, than the one before',
    channels: BOTH,
    webhook: true,
  },
  'host.quiet': {
    title: 'A host that is expected to report went quiet',
    event: 'A host that is expected to report went quiet',
    channels: APP,
    webhook: true,
  },
  'import.failed': {
    title: 'An import of mine failed',
    event: 'An import failed',
    channels: APP,
    webhook: true,
  },
  // Sent to whom its schedule names; a webhook is told of it so that it can be named there.
  'report.board': {
    title: 'A board report that was asked for',
    event: 'A board report is made by a schedule that names it',
    channels: [],
    webhook: true,
  },
  security: {
    title: 'My account: a sign-in from a new device, a new password, a new key',
    event: 'Something of an account changed',
    channels: BOTH,
    webhook: false,
  },
  test: { title: 'A test message', event: 'A test message', channels: APP, webhook: true },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;
