import { describe, expect, it } from 'vitest';
import { CMD, catalogue, digest } from '../analytics/testStory';
import { correlateHost } from '../correlate/correlate';
import type { EndpointEvent } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import type { HostCoverage } from './coverage';

/** Starts of programs, of which some lack their command line, and files that are neither downloads nor SVGs. */
function day(withoutLines: number | 'all'): readonly EndpointEvent[] {
  const s = scenario(withoutLines === 'all' ? { without: ['process.command_line'] } : {});
  for (let i = 0; i < 20; i++) {
    s.after('1m');
    const cmd = s.starts(CMD);
    if (withoutLines !== 'all' && i < withoutLines) s.loses('process.command_line');
    s.writes(cmd, `C:\\ProgramData\\a${i}.txt`);
  }
  return s.events();
}

function coverageOf(events: readonly EndpointEvent[], stage: string): Pick<HostCoverage, 'state' | 'gaps'> {
  const { coverage } = correlateHost({ host: 'ws01', events, catalogue, digest });
  const { state, gaps } = coverage.find((one) => one.stage === stage) ?? { state: 'blind', gaps: [] };
  return { state, gaps };
}

const gapsOf = (events: readonly EndpointEvent[], stage: string): readonly string[] =>
  coverageOf(events, stage).gaps.map(({ kind, what }) => (what === undefined ? kind : `${kind}:${what}`));

describe('what a stage lacks on a host', () => {
  it('is nothing where it is visible', () => {
    expect(coverageOf(day(0), 'AN1397/execution')).toMatchObject({ state: 'partial' });
    expect(coverageOf(day(0), 'AN1397/child_process')).toEqual({ state: 'visible', gaps: [] });
  });

  it('is each kind by itself, needed or of one way only', () => {
    // Its other ways are file writes and process starts, which come.
    expect(gapsOf(day(0), 'AN1397/network')).toEqual(['kind:network_connect', 'part:dns_query']);
    expect(gapsOf(day(0), 'AN1407/credential_collection')).toEqual(
      expect.arrayContaining(['kind:file_access', 'part:script_block', 'part:network_connect']),
    );
  });

  it('is no witness where the kind it would be seen by does not come at all', () => {
    expect(gapsOf(day(0), 'AN1407/callback')).not.toContain('witness:network_connect');
    expect(gapsOf(day(0), 'AN1407/svg_arrival')).toContain('witness:file_create');
  });

  it('is a field that some or all events lack: partial, and blind where nothing can be judged without it', () => {
    for (const [without, essential] of [
      [10, 'partial'],
      ['all', 'blind'],
    ] as const) {
      const events = day(without);
      expect(coverageOf(events, 'AN1397/execution').state).toBe(essential);
      expect(coverageOf(events, 'AN1314/spawn').state).toBe('partial');
      for (const stage of ['AN1397/execution', 'AN1314/spawn', 'AN1407/svg_open'])
        expect(gapsOf(events, stage)).toContain('field:process.command_line');
    }
    expect(gapsOf(day(0), 'AN1314/spawn')).not.toContain('field:process.command_line');
  });
});
