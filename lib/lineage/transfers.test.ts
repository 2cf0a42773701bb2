import { describe, expect, it } from 'vitest';
import { scenario } from '../events/scenario';
import { buildLineage } from './buildLineage';

const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';
const URL = 'https://cdn.offer.example/a.zip';

/** Ids of the services that a transfer is joined to, in a log that goes on to start more hosts of BITS. */
function joined(services: number, named: boolean): { readonly to: readonly string[]; readonly bits: string } {
  const s = scenario();
  const starts = () =>
    s.starts(SVCHOST, { parent: s.services, commandLine: 'svchost.exe -k netsvcs -p -s BITS' });
  const bits = starts();
  const asker = s.starts('C:\\Windows\\System32\\bitsadmin.exe', {
    commandLine: `bitsadmin /transfer x ${URL} C:\\Temp\\a.zip`,
  });
  s.tells('bits_transfer', named ? bits : undefined, { 'url.full': URL });
  for (let i = 1; i < services; i++) {
    s.after('1h');
    starts();
  }
  const handovers = buildLineage(s.events()).handovers.get(asker.entityId) ?? [];
  return { to: handovers.map(({ to }) => to), bits: bits.entityId };
}

describe('a transfer of BITS whose record names no service', () => {
  it('is joined to the only one that ran at its time, whatever began later', () => {
    const { to, bits } = joined(64, false);
    expect(to).toEqual([bits]);
  });

  it('is joined to none where the log has more service hosts than can be weighed', () => {
    expect(joined(65, false).to).toEqual([]);
  });
});

it('a transfer whose record names its service is joined to it, however many there are', () => {
  const { to, bits } = joined(65, true);
  expect(to).toEqual([bits]);
});
