import { describe, expect, it } from 'vitest';
import {
  callsOut,
  findingOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  storyOf,
  WSCRIPT,
} from '../analytics/testStory';

describe('the sentences of a finding', () => {
  it('say "Possibly" where the arguments were not recorded, and tell no script content', () => {
    const { s } = storyOf({ without: ['process.command_line'] });
    s.starts(POWERSHELL, {
      parent: s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` }),
    });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.headline).toMatch(/^Possibly: mshta\.exe/);
    const line = finding.story.find(({ stage }) => stage === 'execution');
    expect(line?.text).toMatch(/^Not certain: .*process\.command_line is not recorded/);
    expect(line?.eventId).toBeDefined();
  });

  it('do not tell the arrival of a file that is known from a command line only', () => {
    const { s } = storyOf({ without: ['file_create', 'file_stream'] });
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${homeOf(s)}\\Downloads\\Factura.svg` });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1407');
    const line = finding.story.find(({ stage }) => stage === 'svg_arrival');
    expect(line?.text).toMatch(/the file itself was not seen on this host/);
    expect(finding.headline).not.toMatch(/^Possibly/);
  });

  it('never hold half a character, however long and strange a name is', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, {
      commandLine: `${MSHTA} https://files.example/${'a'.repeat(16)}\u{1f600}${'b'.repeat(60)}\u{1f600}.hta`,
    });
    for (let shift = 0; shift < 3; shift++)
      s.writes(mshta, `${homeOf(s)}\\AppData\\${'a'.repeat(37 + shift)}\u{1f600}${'b'.repeat(60)}.js`);
    callsOut(s, mshta);
    const told = JSON.stringify(findingOf(s.events(), 'AN1397'));
    // JSON writes a lone surrogate as an escape, and a whole character as it is.
    expect(told).toContain('\u2026');
    expect(told).not.toMatch(/\\ud[89a-f]/);
  });

  it('say where a stage is tied by time and user only, in the headline, the story and the weakest link', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const svg = `${mailCacheOf(s)}\\Factura.svg`;
    s.writes(outlook, svg);
    s.marks(outlook, svg);
    s.after('20s');
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\run.js`;
    const host = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
    callsOut(s, host);
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.weakestLink).toMatchObject({
      strength: 'weak',
      from: { stage: 'svg_arrival', name: 'Factura.svg' },
      to: { stage: 'script_engine', name: 'wscript.exe' },
    });
    expect(finding.weakestLink.text).toBe(
      '\u201cScript engine\u201d (wscript.exe) is joined to \u201cSVG arrives\u201d (Factura.svg) by time and user only',
    );
    expect(finding.headline).toMatch(/\(tied by time and user only\)$/);
    expect(finding.story.find(({ stage }) => stage === 'script_engine')?.text).toMatch(
      /\(tied by time and user only\)\.$/,
    );
  });
});

describe('a join through files', () => {
  it('names the files on its way', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const svg = `${mailCacheOf(s)}\\Factura.svg`;
    s.writes(outlook, svg);
    s.marks(outlook, svg);
    s.after('5s');
    const zip = `${homeOf(s)}\\Downloads\\Factura.zip`;
    s.writes(outlook, zip);
    s.marks(outlook, zip, { referrerUrl: `file:///${svg.replaceAll('\\', '/')}` });
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Factura.zip\\Factura.js`;
    s.writes(s.explorer, script);
    callsOut(s, s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` }));
    const engine = findingOf(s.events(), 'AN1407').stages.find(({ id }) => id === 'script_engine');
    expect(engine?.relation?.via).toEqual(['Factura.zip', 'Factura.js']);
  });
});
