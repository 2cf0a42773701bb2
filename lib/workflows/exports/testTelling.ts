import { hash } from 'node:crypto';
import { findingOf, homeOf, MSHTA, OUTLOOK, storyOf } from '../../analytics/testStory';
import type { VerdictValue } from '../../contracts/scalars';
import type { EndpointEvent } from '../../events/endpointEvent';
import type { Finding } from '../../findings/finding';
import { toEventView } from '../eventView';
import { toFindingDetail } from '../findingView';
import type { Story } from './story';

/** For tests: names an attacker would like to be read as something else. */
export const HOSTILE = '</td><script>alert(1)</script>"\' \u202Egnp.exe `x` | {a} \u0000 end';

/** For tests: a chain with file, network and registry in it, as its documents get it; `verdict` when one was given. */
export function tellStory(verdict?: VerdictValue): Story {
  const { s } = storyOf();
  const outlook = s.starts(OUTLOOK);
  const file = `${homeOf(s)}\\Downloads\\Factura.hta`;
  s.writes(outlook, file, { 'file.origin_url': 'https://files.example/Factura.hta' });
  s.marks(outlook, file, { hostUrl: 'https://files.example/Factura.hta' });
  const mshta = s.starts(MSHTA, {
    parent: outlook,
    commandLine: `${MSHTA} "${file}" ${HOSTILE}`,
    sha256: 'a'.repeat(64),
  });
  s.writes(mshta, `${homeOf(s)}\\AppData\\Local\\Temp\\run ${'<b>'}.js`);
  s.resolves(mshta, 'CDN-sync.top.', ['198.51.100.44', '2001:db8::44']);
  s.connects(mshta, '198.51.100.44', 8444, { domain: 'cdn-sync.top' });
  s.connects(mshta, '2001:db8::44', 443);
  const events = s.events();
  return storyFrom(findingOf(events, 'AN1397'), events, verdict);
}

/** For tests: what the database would give of a finding and its events. */
export function storyFrom(finding: Finding, events: readonly EndpointEvent[], verdict?: VerdictValue): Story {
  const at = new Date('2026-03-02T12:00:00.123Z');
  const row = {
    id: finding.id,
    hostId: 7,
    host: finding.host,
    analytic: finding.analytic,
    analyticTitle: finding.analyticTitle,
    status: finding.status,
    severity: finding.severity,
    score: finding.score,
    user: finding.user ?? null,
    headline: finding.headline,
    trail: finding.trail,
    suppressed: false,
    stale: false,
    from: finding.from,
    to: finding.to,
    revision: 1,
    createdAt: at,
    strip: [],
    verdict:
      verdict === undefined
        ? null
        : { value: verdict, reason: 'seen\nbefore', by: 'anna', at, blindAcknowledged: false },
    assignee: null,
    case: null,
    due: null,
    clock: null,
    reopened: null,
    shape: '',
  };
  const quoted = new Set(finding.stages.flatMap((stage) => stage.events.map(({ eventId }) => eventId)));
  const views = events.flatMap((event, index) =>
    quoted.has(event.id)
      ? [
          toEventView({
            event,
            hostId: 7,
            canonical: { id: 7, name: finding.host },
            importId: 3,
            member: 0,
            recordIndex: index,
            file: 'export.json',
          }),
        ]
      : [],
  );
  const [first] = views;
  return {
    finding: toFindingDetail({ row, finding }, { items: [], total: 0 }, []),
    events: new Map(views.map((view) => [view.id, view])),
    annotations: new Map(
      first === undefined
        ? []
        : [
            [
              first.id,
              {
                flag: { by: 'anna', at: at.toISOString() },
                comments: [{ id: 1, text: `look <here>\nplease`, by: 'ben', at: at.toISOString() }],
              },
            ],
          ],
    ),
    imports: [
      { name: 'export.json', sha256: hash('sha256', 'x', 'hex'), bytes: 1234, importedAt: at.toISOString() },
    ],
    runbook: {
      steps: [
        {
          text: 'See what it wrote.',
          state: 'answered',
          answer: '2 events by the processes of this finding.',
          query: 'event.kind:file_create',
          from: null,
          to: null,
          total: 2,
          events: [],
        },
      ],
    },
  };
}
