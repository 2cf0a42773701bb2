import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { HOSTILE, testHit } from '../../sigma/testSigma';
import { TimelineMark } from './TimelineMark';
import { TimelineTableRow } from './TimelineTableRow';
import { at, event } from './testTimeline';
import type { TimelineRow } from './timelineRows';

const hit = testHit({ eventId: null, source: 'Sysmon 10', rule: { ...testHit().rule, title: HOSTILE } });

function mark(more: { hits?: readonly (typeof hit)[]; isHit?: true }): string {
  return renderToStaticMarkup(
    <svg role="none">
      <TimelineMark
        ref={() => undefined}
        mark={{ event: event('e', 1), time: at(1), laneId: 'file', special: true, x: 5, y: 5, ...more }}
        name="named"
        selected={false}
        lit={false}
        colour="red"
      />
    </svg>,
  );
}

it('draws hits as squares: on the shape of an event, and alone where there is none', () => {
  const shape = 'fill="red"';
  expect([mark({}).includes(shape), mark({}).includes('data-sigma')]).toEqual([true, false]);
  const on = mark({ hits: [hit] });
  expect([on.includes(shape), on.includes('data-sigma="1"')]).toEqual([true, true]);
  const own = mark({ hits: [hit], isHit: true });
  expect([own.includes(shape), own.includes('data-sigma="1"')]).toEqual([false, true]);
  expect(own).not.toContain('<img');
});

it('tells hits on other records as rows, with the kind of record and nothing to flag', () => {
  const row: TimelineRow = {
    type: 'hit',
    id: 'sigma:h1',
    time: at(1),
    event: event('sigma:h1', 1, { image: 'C:\\Windows\\System32\\cmd.exe' }),
    hits: [hit],
  };
  const html = renderToStaticMarkup(
    <table>
      <tbody>
        <TimelineTableRow
          row={row}
          rowIndex={2}
          active
          selected
          lit={false}
          origin={at(0)}
          writer={{
            time: () => '09:16:32.000',
            dateTime: () => '',
            zoneName: 'UTC',
            zoneMinutes: () => 0,
            cycleZone: () => undefined,
          }}
          stages={[]}
          processName=""
          onChoose={() => undefined}
          onZoom={() => undefined}
          onFlag={() => undefined}
        />
      </tbody>
    </table>,
  );
  for (const words of ['Sysmon 10', 'cmd.exe', '1 Sigma hit, high']) expect(html).toContain(words);
  expect(html).not.toContain('aria-pressed');
  expect(html).not.toContain('<img');
});
