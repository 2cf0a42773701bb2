import { describe, expect, it } from 'vitest';
import type { EventView } from '../../contracts/events';
import type { StageEventView } from '../../contracts/findings';
import type { EventKind } from '../../events/endpointEvent';
import { completeHashes } from './stixHashes';
import type { StixObject } from './stixMakers';
import { createObservables } from './stixObservables';

type Told = { readonly kind: EventKind; readonly fields: EventView['fields'] };

/** What events with these fields are told as. */
function keptOf(...told: readonly Told[]) {
  const views = told.map((one, i) => viewOf(one, String(i)));
  const observables = createObservables(new Map(views.map((view) => [view.id, view])), '7');
  const ids = views.map((view) => observables.keep(quoted(view)));
  const of = (type: string): readonly StixObject[] =>
    observables.objects().filter((object) => object.type === type);
  return { ids, of, resolutions: observables.resolutions() };
}

const TIME = '2026-03-02T09:00:00.000000Z';

function viewOf({ kind, fields }: Told, id: string): EventView {
  return {
    ...{ id, kind, fields, time: TIME, recorded: TIME, reported: null, clock: 'source' },
    ...{ hostId: '7', host: 'ws1', channel: 'x', code: '1', recordId: null, importId: '1' },
    record: { file: 'a', index: 0 },
  };
}

function quoted({ id, kind }: EventView): StageEventView {
  return {
    ...{ eventId: id, kind, time: TIME, image: null, commandLine: null, path: null, destination: null },
    ...{ query: null, entityId: null, pid: null, user: null, record: null },
  };
}

const MD5 = (char: string) => char.repeat(32);
const SHA256 = (char: string) => char.repeat(64);
const PATH = 'C:\\Temp\\a.exe';

describe('files', () => {
  it('are two where one path was written with two contents', () => {
    const written = (hash: string): Told => ({
      kind: 'file_create',
      fields: { 'file.path': PATH, 'file.hash.sha256': hash },
    });
    const ran: Told = {
      kind: 'process_start',
      fields: {
        'process.executable': PATH,
        'process.hash.md5': MD5('1'),
        'process.hash.sha256': SHA256('b'),
      },
    };
    const unhashed: Told = { kind: 'file_create', fields: { 'file.path': PATH } };
    const { of } = keptOf(written(SHA256('a')), written(SHA256('b')), ran, unhashed);
    expect(of('file').map(({ hashes }) => hashes)).toEqual([
      { 'SHA-256': SHA256('a') },
      { MD5: MD5('1'), 'SHA-256': SHA256('b') },
      undefined,
    ]);
  });

  it('are one where all records agree, hashed or not, and in whatever order they are told', () => {
    const md5: Told = { kind: 'file_create', fields: { 'file.path': PATH, 'file.hash.md5': MD5('1') } };
    const sha: Told = {
      kind: 'file_create',
      fields: { 'file.path': PATH.toUpperCase().replace('A.EXE', 'a.exe'), 'file.hash.sha256': SHA256('a') },
    };
    const same = (...told: readonly Told[]) => keptOf(...told).of('file')[0]?.id;
    expect(keptOf(md5, { ...md5, fields: { 'file.path': PATH } }).of('file')).toHaveLength(1);
    expect(same({ ...md5, fields: { ...sha.fields, ...md5.fields } })).toBe(same(md5, sha));
  });

  it('borrow only from records that share a hash once a path had more than one content', () => {
    const told = [{ MD5: '1' }, { 'SHA-1': '2', 'SHA-256': '3' }, { MD5: '1', 'SHA-1': '2' }, { MD5: '9' }];
    expect(completeHashes({ MD5: '1' }, told)).toEqual({ MD5: '1', 'SHA-1': '2', 'SHA-256': '3' });
    expect(completeHashes({ MD5: '9' }, told)).toEqual({ MD5: '9' });
    expect(completeHashes({}, told)).toEqual({});
    expect(completeHashes({}, told.slice(0, 3))).toEqual({ MD5: '1', 'SHA-1': '2', 'SHA-256': '3' });
  });

  it('came from an archive on the disk or from an address', () => {
    const { of } = keptOf({
      kind: 'file_create',
      fields: {
        'file.path': PATH,
        'file.origin_referrer_url': 'C:\\Users\\a\\Downloads\\inv.zip',
        'file.origin_url': 'https://files.example/inv.zip',
      },
    });
    expect(of('url').map(({ value }) => value)).toEqual(['https://files.example/inv.zip']);
    expect(of('file').map(({ name }) => name)).toEqual(['a.exe', 'inv.zip']);
  });
});

describe('names and addresses', () => {
  it('are tied by answers, and never to the resolver that was asked', () => {
    const { of, resolutions } = keptOf({
      kind: 'dns_query',
      fields: {
        'destination.domain': 'cdn.example',
        'destination.ip': '10.0.0.53',
        'dns.answers': '198.51.100.7',
      },
    });
    expect(of('ipv4-addr').map(({ value }) => value)).toEqual(['198.51.100.7']);
    expect(resolutions).toHaveLength(1);
    const connected = { 'destination.domain': 'cdn.example', 'destination.ip': '198.51.100.7' };
    expect(keptOf({ kind: 'network_connect', fields: connected }).resolutions).toHaveLength(1);
    expect(keptOf({ kind: 'alert', fields: connected }).resolutions).toEqual([]);
  });

  it('have no transport where the record tells none', () => {
    const protocols = (fields: EventView['fields']) =>
      keptOf({ kind: 'network_connect', fields }).of('network-traffic')[0]?.protocols;
    expect(protocols({ 'destination.ip': '198.51.100.7' })).toEqual(['ipv4']);
    expect(protocols({ 'destination.ip': '2001:db8::1', 'network.transport': 'UDP' })).toEqual([
      'ipv6',
      'udp',
    ]);
    expect(protocols({ 'destination.domain': 'a.example', 'source.ip': '10.0.0.5' })).toEqual(['ipv4']);
    expect(protocols({ 'destination.domain': 'a.example' })).toEqual(['ip']);
  });
});
