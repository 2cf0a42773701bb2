import { describe, expect, it } from 'vitest';
import { cellText, exportHref, layerHref, readCell, teamHref, teamQuery, withColumn } from './coverageUrl';

describe('a cell in the URL', () => {
  it.each([
    { stage: 'AN1314/egress', column: 'Engineering' },
    { stage: 'AN1314/egress', column: 'a~b~' },
    { stage: 'AN1314/egress', column: null },
    { stage: null, column: 'none' },
    { stage: null, column: null },
  ])('is read as it was written: %o', (place) => {
    expect(readCell(cellText(place))).toEqual(place);
  });

  it('may have been typed by somebody', () => {
    expect(readCell('AN1314/egress')).toEqual({ stage: 'AN1314/egress', column: null });
    expect(readCell('')).toEqual({ stage: null, column: null });
  });
});

it('asks for the hosts of a column by what stands side by side', () => {
  expect(withColumn({ by: 'os', group: 'HR' }, 'windows')).toEqual({ by: 'os', group: 'HR', os: 'windows' });
  expect(withColumn({ by: 'group', group: 'HR' }, null)).toEqual({ by: 'group', group: 'HR' });
});

it('asks the team for the days of the URL only, and for no hosts', () => {
  expect(teamQuery({ by: 'os', group: 'HR' })).toEqual({});
  expect(exportHref({ by: 'os', group: 'HR', from: '2026-10-01' }, 'metrics', 'csv')).toBe(
    '/api/v1/coverage/export?by=os&from=2026-10-01&table=metrics&format=csv',
  );
});

it('takes the same days and filters along', () => {
  const query = { by: 'group', from: '2026-10-01', to: '2026-10-30', analytic: 'AN1314', os: 'a b' } as const;
  expect(teamHref('precision', query)).toBe(
    '/coverage/team?list=precision&from=2026-10-01&to=2026-10-30&analytic=AN1314',
  );
  expect(layerHref(query, 'proven')).toBe(
    '/api/v1/coverage/navigator-layer?from=2026-10-01&to=2026-10-30&analytic=AN1314&os=a+b&score=proven',
  );
});
