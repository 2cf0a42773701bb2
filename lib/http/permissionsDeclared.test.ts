import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, type AuditAction } from '../storage/auditActions';
import { nameOf, operations } from './testOperations';

/** What nobody needs to sign in for: signing in, and taking an invitation. */
const ANYONE = [
  'GET /api/v1/invitation',
  'GET /api/v1/sign-in',
  'POST /api/v1/invitation',
  'POST /api/v1/sign-in',
  'POST /api/v1/sign-in/passkey',
  'POST /api/v1/sign-in/passkey/options',
  'POST /api/v1/sign-in/second-factor',
  'POST /api/v1/sign-in/single-sign-on',
];

/** Why an operation that is no GET writes nothing into the audit trail. */
type Why = { readonly none: string };

const READS = { none: 'it reads only' };
const CHALLENGE = { none: 'it asks for a challenge; what is done with it is audited' };
const SEEN = { none: 'what one has seen of one’s own notifications says nothing about evidence' };

/** What each operation that is no GET writes into the audit trail when it does something. */
const WRITES: Readonly<Record<string, AuditAction | Why>> = {
  'POST /api/v1/imports': 'import.created',
  'POST /api/v1/imports/sample': 'import.created',
  'DELETE /api/v1/imports/{id}': 'import.deleted',
  'POST /api/v1/imports/{id}/reparse': 'import.reparsed',
  'POST /api/v1/imports/{id}/cancel': 'import.cancelled',
  'POST /api/v1/findings/{id}/verdict': 'finding.verdict',
  'POST /api/v1/findings/{id}/assign': 'finding.assigned',
  'POST /api/v1/findings/verdicts': 'finding.verdict',
  'POST /api/v1/findings/verdicts/{id}/undo': 'finding.undone',
  'POST /api/v1/findings/assignments': 'finding.assigned',
  'POST /api/v1/findings/{id}/opened': { none: 'evidence_opened is itself the record of what was opened' },
  'POST /api/v1/events/{id}/flag': 'event.flagged',
  'POST /api/v1/events/{id}/comments': 'event.commented',
  'DELETE /api/v1/comments/{id}': 'comment.withdrawn',
  'POST /api/v1/searches': 'search.saved',
  'DELETE /api/v1/searches/{id}': 'search.deleted',
  'POST /api/v1/hosts/{id}/identity': 'host.identity',
  'POST /api/v1/hosts/{id}/clock': 'host.clock',
  'PUT /api/v1/hosts/{id}/retirement': 'host.retired',
  'PUT /api/v1/host-groups': 'host.groups_set',
  'PUT /api/v1/analytics/{id}': 'analytic.saved',
  'POST /api/v1/analytics/rerun': 'analytics.rerun',
  'PUT /api/v1/analytics/environment': 'environment.saved',
  'POST /api/v1/analytics/validate': READS,
  'POST /api/v1/analytics/{id}/backtest': 'backtest.asked',
  'DELETE /api/v1/backtests/{id}': 'backtest.cancelled',
  'POST /api/v1/baselines': 'baseline.created',
  'POST /api/v1/baselines/{id}/approve': 'baseline.approved',
  'POST /api/v1/baselines/{id}/revoke': 'baseline.revoked',
  'POST /api/v1/sigma/sets': 'sigma.set_added',
  'POST /api/v1/sigma/uploads': 'sigma.set_added',
  'PUT /api/v1/sigma/sets/{id}': 'sigma.set_changed',
  'POST /api/v1/sigma/sets/{id}/versions': 'sigma.version_added',
  'DELETE /api/v1/sigma/sets/{id}': 'sigma.set_removed',
  'POST /api/v1/sigma/check': READS,
  'POST /api/v1/sigma/runs': 'sigma.rerun',
  'POST /api/v1/sigma/backtests': 'sigma.backtest_asked',
  'DELETE /api/v1/sigma/backtests/{id}': 'sigma.backtest_cancelled',
  'POST /api/v1/sigma/baselines': 'sigma.baseline_created',
  'POST /api/v1/sigma/baselines/preview': READS,
  'POST /api/v1/sigma/baselines/{id}/revoke': 'sigma.baseline_revoked',
  'POST /api/v1/validation/runs': 'validation.asked',
  'DELETE /api/v1/validation/runs/{id}': 'validation.cancelled',
  'POST /api/v1/validation/recordings': 'validation.recording_added',
  'PUT /api/v1/validation/recordings/{id}': 'validation.recording_labelled',
  'DELETE /api/v1/validation/recordings/{id}': 'validation.recording_removed',
  'POST /api/v1/report-schedules': 'report.scheduled',
  'PUT /api/v1/report-schedules/{id}': 'report.changed',
  'DELETE /api/v1/report-schedules/{id}': 'report.removed',
  'POST /api/v1/report-schedules/{id}/run': 'report.sent',
  'POST /api/v1/mappings': 'mapping.saved',
  'POST /api/v1/mappings/preview': READS,
  'PUT /api/v1/mappings/{id}': 'mapping.saved',
  'DELETE /api/v1/mappings/{id}': 'mapping.deleted',
  'POST /api/v1/notifications/read': SEEN,
  'POST /api/v1/notifications/{id}/read': SEEN,
  'PUT /api/v1/notifications/choices': 'notifications.chosen',
  'POST /api/v1/webhooks': 'webhook.added',
  'PUT /api/v1/webhooks/{id}': 'webhook.changed',
  'DELETE /api/v1/webhooks/{id}': 'webhook.removed',
  'POST /api/v1/webhooks/{id}/test': 'webhook.tested',
  'POST /api/v1/webhooks/{id}/deliveries/{delivery}/retry': 'webhook.retried',
  'POST /api/v1/sign-in': 'signin.succeeded',
  'POST /api/v1/sign-in/second-factor': 'signin.succeeded',
  'POST /api/v1/sign-in/single-sign-on': {
    none: 'it leads to the provider; who comes back from there is audited',
  },
  'POST /api/v1/sign-in/passkey/options': CHALLENGE,
  'POST /api/v1/sign-in/passkey': 'signin.succeeded',
  'POST /api/v1/invitation': 'invitation.used',
  'POST /api/v1/sign-out': 'signout',
  'PUT /api/v1/me': 'person.changed',
  'POST /api/v1/me/password': 'password.changed',
  'POST /api/v1/me/two-factor': { none: 'nothing is in force until the first code confirms it' },
  'POST /api/v1/me/two-factor/confirm': 'two_factor.on',
  'POST /api/v1/me/two-factor/stop': 'two_factor.off',
  'POST /api/v1/me/two-factor/backup-codes': 'two_factor.codes_renewed',
  'POST /api/v1/me/passkeys': 'passkey.added',
  'POST /api/v1/me/passkeys/options': CHALLENGE,
  'DELETE /api/v1/me/passkeys/{id}': 'passkey.removed',
  'DELETE /api/v1/me/sessions/{id}': 'session.ended',
  'POST /api/v1/admin/people': 'person.added',
  'PUT /api/v1/admin/people/{id}': 'person.changed',
  'POST /api/v1/admin/people/{id}/link': 'invitation.made',
  'POST /api/v1/admin/people/{id}/sign-out': 'session.ended',
  'POST /api/v1/keys': 'key.made',
  'DELETE /api/v1/keys/{id}': 'key.revoked',
  'POST /api/v1/alerts/{id}/verdict': 'alert.verdict',
  'POST /api/v1/alerts/{id}/assign': 'alert.assigned',
  'POST /api/v1/views': 'view.saved',
  'PUT /api/v1/views/{id}': 'view.changed',
  'DELETE /api/v1/views/{id}': 'view.deleted',
  'PUT /api/v1/service-clocks': 'clocks.set',
  'POST /api/v1/cases': 'case.created',
  'PUT /api/v1/cases/{id}': 'case.changed',
  'POST /api/v1/cases/{id}/items': 'case.items_added',
  'POST /api/v1/cases/{id}/items/remove': 'case.items_removed',
  'POST /api/v1/cases/{id}/merge': 'case.merged',
  'POST /api/v1/cases/{id}/unmerge': 'case.unmerged',
  'POST /api/v1/cases/{id}/notes': 'case.note_added',
  'PUT /api/v1/cases/{id}/notes/{item}': 'case.note_saved',
  'DELETE /api/v1/cases/{id}/notes/{item}': 'case.note_withdrawn',
  'POST /api/v1/cases/{id}/tasks': 'case.task_added',
  'POST /api/v1/cases/{id}/tasks/runbook': 'case.task_added',
  'PUT /api/v1/cases/{id}/tasks/{item}': 'case.task_changed',
  'POST /api/v1/cases/{id}/comments': 'case.commented',
  'POST /api/v1/cases/{id}/comments/{item}/resolve': 'case.comment_resolved',
  'DELETE /api/v1/cases/{id}/comments/{item}': 'case.comment_withdrawn',
  'POST /api/v1/cases/{id}/attachments': 'case.attachment_added',
  'DELETE /api/v1/cases/{id}/attachments/{item}': 'case.attachment_withdrawn',
  'POST /api/v1/cases/{id}/indicators': 'case.indicator_added',
  'DELETE /api/v1/cases/{id}/indicators/{item}': 'case.indicator_withdrawn',
  'POST /api/v1/cases/{id}/work': { none: 'case_work is itself the record of who worked when' },
  'POST /api/v1/cases/{id}/submit': 'case.submitted',
  'POST /api/v1/cases/{id}/submit/withdraw': 'case.withdrawn',
  'POST /api/v1/reviews/{id}': 'case.approved',
  'POST /api/v1/attack/bundles': 'attack.release_added',
  'DELETE /api/v1/attack/bundles/{id}': 'attack.release_removed',
  'POST /api/v1/attack/mappings': 'attack.technique_mapped',
  'DELETE /api/v1/attack/mappings/{id}': 'attack.technique_unmapped',
  'POST /api/v1/second-verdicts': 'sample.drawn',
  'POST /api/v1/second-verdicts/{id}': 'sample.judged',
};

describe('what the API declares', () => {
  it('is open without signing in for these operations and no others', () => {
    const open = operations().filter(({ permission }) => permission === 'anyone');
    expect(open.map(nameOf).sort()).toEqual(ANYONE);
  });

  it('changes nothing with a permission to look or to take out', () => {
    const wrong = operations().filter(
      ({ method, permission }) => method !== 'GET' && /\.(read|export|evidence)$/.test(permission),
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it('says of every change what it writes into the audit trail, or why nothing', () => {
    const changes = operations().filter(({ method }) => method !== 'GET');
    expect(Object.keys(WRITES).sort()).toEqual(changes.map(nameOf).sort());
  });
});

/** Put together where they are written, `finding.${what}`. */
const COMPOSED: readonly AuditAction[] = ['finding.reopened', 'finding.restored'];

describe('every action of the audit trail', () => {
  it('is written somewhere', () => {
    const sources = sourcesIn(path.resolve(import.meta.dirname, '..'));
    const unwritten = AUDIT_ACTIONS.filter((action) => !sources.includes(`'${action}'`));
    expect(unwritten.filter((action) => !COMPOSED.includes(action))).toEqual([]);
  });
});

/** All code of lib that is no test and not the list of actions, as one text. */
function sourcesIn(folder: string): string {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'generated' ? '' : sourcesIn(full);
      const isCode =
        /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && entry.name !== 'auditActions.ts';
      return isCode ? fs.readFileSync(full, 'utf8') : '';
    })
    .join('\n');
}
