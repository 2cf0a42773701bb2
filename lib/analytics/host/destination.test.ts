import { describe, expect, it } from 'vitest';
import { MICROS_PER_DAY, type Micros, micros } from '../../base/time';
import { historyOf } from '../../correlate/historyOf';
import type { EndpointEvent } from '../../events/endpointEvent';
import { compareEvents } from '../../events/order';
import type { Scenario } from '../../events/story';
import { buildLineage } from '../../lineage/buildLineage';
import { buildVisibility } from '../../visibility/visibility';
import { createHistory, type EnvironmentHistory, type HistoryKey, NO_HISTORY } from '../history/history';
import type { Lists } from '../lists';
import { CMD, catalogue, digest, EDGE, MSHTA, storyOf } from '../testStory';
import type { DestinationFacts } from './destination';
import type { HostIndex } from './hostIndex';
import { indexHost } from './indexHost';

function indexOf(
  events: readonly EndpointEvent[],
  history: EnvironmentHistory = NO_HISTORY,
  lists: Lists = catalogue.lists,
): HostIndex {
  const sorted = [...events].sort(compareEvents);
  return indexHost(sorted, buildLineage(sorted), buildVisibility(sorted), lists, history);
}

/** The facts of the last contact that a story makes. */
function judged(
  tell: (s: Scenario) => void,
  { history = NO_HISTORY, lists = catalogue.lists, quiet = false } = {},
): DestinationFacts {
  const { s } = storyOf({ quiet });
  const known = new Set(s.events().map((event) => event.id));
  tell(s);
  const events = s.events();
  const contact = events.filter(
    (event) => !known.has(event.id) && (event.kind === 'network_connect' || event.kind === 'dns_query'),
  );
  const last = contact.at(-1);
  if (last === undefined) throw new Error('the story makes no contact');
  return indexOf(events, history, lists).destination(last);
}

const points = (facts: DestinationFacts): Readonly<Record<string, number>> =>
  Object.fromEntries(facts.criteria.map(({ id, points: worth }) => [id, worth]));

/** An environment that is mature, and in which hosts showed these keys so many days before the story. */
function environment(seen: Readonly<Record<string, readonly number[]>>): EnvironmentHistory {
  const story = Date.UTC(2026, 2, 2, 9) * 1000;
  const span = (days: number) => {
    const at = micros(story - days * MICROS_PER_DAY);
    return { first: at, last: at };
  };
  const always = micros(0) as Micros;
  return createHistory({
    spans: new Map(Object.entries(seen).map(([key, days]) => [key as HistoryKey, days.map(span)])),
    matureFrom: new Map([
      ['destination', always],
      ['class_destination', always],
    ]),
  });
}

/** mshta looks up a name and calls it on the web's own port. */
const calls = (s: Scenario, name = 'www.partner.example', port = 443) => {
  const mshta = s.starts(MSHTA);
  s.resolves(mshta, name, ['198.51.100.9']);
  s.connects(mshta, '198.51.100.9', port);
};

describe('a destination, by the history of the environment', () => {
  it('is first seen, rare and new for the class where nobody had reached it', () => {
    expect(points(judged((s) => calls(s), { history: environment({}) }))).toEqual({
      first_seen: 8,
      rare: 5,
      new_for_class: 5,
    });
  });

  it('is none of these where many have, by registrable domain and by class of program', () => {
    const known = { 'destination:partner.example': [20, 10, 3] };
    expect(points(judged((s) => calls(s), { history: environment(known) }))).toEqual({ new_for_class: 5 });
    const byClass = { ...known, 'class_destination:script_engine|partner.example': [9] };
    expect(points(judged((s) => calls(s), { history: environment(byClass) }))).toEqual({});
  });

  it('is rare, not new, where two hosts in thirty days have', () => {
    const known = {
      'destination:partner.example': [200, 10],
      'class_destination:script_engine|partner.example': [9],
    };
    expect(points(judged((s) => calls(s), { history: environment(known) }))).toEqual({ rare: 5 });
  });

  it('gives nothing, and says so, while there is too little history', () => {
    const facts = judged((s) => calls(s));
    expect([facts.points, facts.immature]).toEqual([0, true]);
  });

  it('is asked by no connection inside, and by no program of no class for its class', () => {
    const inside = judged((s) => s.connects(s.starts(MSHTA), '10.0.0.9', 443), { history: environment({}) });
    expect([inside.keys, inside.immature, inside.points]).toEqual([[], false, 0]);
    const named = judged((s) => s.resolves(s.starts(MSHTA), 'files.corp.example', ['10.0.0.9']), {
      history: environment({}),
    });
    expect(named.keys).toEqual([]);
    const other = judged((s) => s.resolves(s.starts('C:\\Apps\\tool.exe'), 'a.b.example.co.uk'));
    expect(other.keys).toEqual(['destination:example.co.uk']);
  });
});

describe('a destination, by what it is', () => {
  it.each<[string, (s: Scenario) => void, Readonly<Record<string, number>>]>([
    [
      'an address without a name, though DNS was seen',
      (s) => s.connects(s.starts(MSHTA), '198.51.100.9', 443),
      { raw_ip: 8 },
    ],
    [
      'an address that the command line calls',
      (s) => {
        const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} http://198.51.100.9/a.hta` });
        s.resolves(mshta, 'cover.example', ['198.51.100.9']);
        s.connects(mshta, '198.51.100.9', 80);
      },
      { raw_ip: 8 },
    ],
    ['a port of no web server', (s) => calls(s, 'www.partner.example', 8444), { odd_port: 5 }],
    ['a risky top-level domain', (s) => calls(s, 'cdn-sync.top'), { tld: 5 }],
    ['punycode', (s) => calls(s, 'xn--pple-43d.example'), { punycode: 4 }],
    ['a dynamic name', (s) => calls(s, 'box.duckdns.org'), { dynamic_dns: 4 }],
    [
      'SMB to the outside',
      (s) => {
        const cmd = s.starts(CMD);
        s.resolves(cmd, 'share.partner.example', ['198.51.100.9']);
        s.connects(cmd, '198.51.100.9', 445);
      },
      { smb_public: 10 },
    ],
    [
      'WebDAV to the outside',
      (s) => {
        const cmd = s.starts(CMD, { commandLine: 'cmd /c \\\\share.partner.example@SSL\\dav\\a.js' });
        s.resolves(cmd, 'share.partner.example', ['198.51.100.9']);
        s.connects(cmd, '198.51.100.9', 443);
      },
      { smb_public: 10 },
    ],
    [
      'a connection that came in',
      (s) => s.connects(s.starts(MSHTA), '198.51.100.9', 4444, { direction: 'ingress' }),
      {},
    ],
  ])('%s', (_, tell, expected) => {
    expect(points(judged(tell))).toEqual(expected);
  });

  it('is no bare address where no look-up could have been seen', () => {
    expect(points(judged((s) => s.connects(s.starts(MSHTA), '198.51.100.9', 443), { quiet: true }))).toEqual(
      {},
    );
  });

  it('never counts for more than twenty', () => {
    const facts = judged((s) => calls(s, 'xn--a.b.top', 8444), { history: environment({}) });
    expect(facts.points).toBe(20);
    expect(facts.criteria.length).toBeGreaterThan(3);
  });

  it('that the environment declares as its own is that, and neither new nor strange', () => {
    const lists = new Map([
      ...catalogue.lists,
      ['own_domains', ['partner.example']],
      ['own_networks', ['198.51.100.0/24']],
    ] as [string, readonly string[]][]);
    const byName = judged((s) => calls(s, 'www.partner.example', 8444), { lists, history: environment({}) });
    expect([byName.own, byName.keys, byName.points]).toEqual([true, [], 0]);
    const byAddress = judged((s) => s.connects(s.starts(MSHTA), '198.51.100.9', 443), { lists });
    expect([byAddress.own, byAddress.points]).toEqual([true, 0]);
    expect(judged((s) => calls(s)).own).toBe(false);
  });
});

describe('what a host adds to the history', () => {
  const { s } = storyOf({ quiet: true });
  const edge = s.starts(EDGE, { sha256: 'AB'.repeat(32) });
  s.resolves(edge, 'www.partner.example', ['198.51.100.9']);
  s.after('1h');
  s.connects(edge, '198.51.100.9', 443);
  s.connects(edge, '10.0.0.9', 443);
  s.starts(`C:\\Apps\\${'x'.repeat(300)}.exe`, { parent: edge, sha256: 'AB'.repeat(32) });
  const history = historyOf(indexOf(s.events()), digest);

  it('is each destination, pair, image and hash once, with first, last and how often', () => {
    const rows = new Map(history.rows.map((row) => [row.key, row]));
    expect([...rows.keys()].filter((key) => !key.startsWith('image') && !key.includes('xxx'))).toEqual([
      'class_destination:browser|198.51.100.9',
      'class_destination:browser|partner.example',
      'destination:198.51.100.9',
      'destination:partner.example',
      `hash:${'ab'.repeat(32)}`,
      'pair:explorer.exe>msedge.exe',
    ]);
    expect(rows.get('destination:partner.example')?.times).toBe(1);
    expect(history.cut).toEqual([]);
  });

  it('has keys of at most 200 characters', () => {
    expect(Math.max(...history.rows.map((row) => row.key.length))).toBeLessThanOrEqual(200);
  });
});
