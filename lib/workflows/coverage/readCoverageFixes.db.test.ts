import { describe, expect, it } from 'vitest';
import { pool } from '../../storage/client';
import { bringFleet, EGRESS, fixes, hostsOf, view, withEmptyDatabase } from './testFleet';

withEmptyDatabase();

describe('what would fix most', () => {
  it('names the setting, the cells it makes visible by itself, and the findings that wait for it', async () => {
    await bringFleet();
    // Of srv1's: one nobody could tell, one open, one decided otherwise; and one whose blind stage stays blind.
    await pool().query(
      `INSERT INTO findings (id, host_id, analytic, analytic_version, status, severity, score, headline, trail, suppressed, blind,
         from_time, to_time, shape, strip, body)
       SELECT v.id, h.id, 'AN1314', '1', 'partial', 2, 40, '', '', false, true, 0, 0, '',
         jsonb_build_array(jsonb_build_object('id', v.stage, 'state', 'blind'), jsonb_build_object('id', 'spawn', 'state', 'matched')), '{}'
       FROM (VALUES ('a', 'egress', 'srv1'), ('b', 'egress', 'srv1'), ('c', 'egress', 'srv1'), ('d', 'file_arrival', 'srv1'), ('e', 'egress', 'ws1'))
         AS v(id, stage, host) JOIN hosts h ON h.name = v.host`,
    );
    await pool().query(
      `INSERT INTO decisions (finding_id, verdict) VALUES ('a', 'undetermined'), ('c', 'false_positive')`,
    );
    const [all, page] = [await fixes(), await view()];
    const network = all.find(({ id }) => id === 'kind:network_connect');
    expect(network).toMatchObject({ kind: 'kind', hosts: 1, hostNames: ['srv1'], verdicts: 1, findings: 1 });
    expect((network?.cells ?? 0) + (network?.helps ?? 0)).toBe(network?.stages.length);
    expect(network?.stages).toContain(EGRESS);
    expect(network?.settings.map(({ source }) => source)).toEqual(['Sysmon']);
    const { items } = await hostsOf({ fix: 'kind:network_connect' });
    expect(items.map(({ host }) => host)).toEqual(['srv1']);
    const went = all.find(({ kind }) => kind === 'quiet');
    expect(went?.title).toBe('Collect again from old1: it reports nothing since 2026-11-10T17:50Z');
    expect((went?.cells ?? 0) + (went?.helps ?? 0)).toBe(page.rows.length);
    expect(all.map(({ worth }) => worth)).toEqual(all.map(({ worth }) => worth).sort((a, b) => b - a));
  });
});
