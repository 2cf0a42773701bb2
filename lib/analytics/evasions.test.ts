import { describe, expect, it } from 'vitest';
import type { Scenario } from '../events/story';
import {
  CMD,
  callsOut,
  EDGE,
  findingOf,
  findingsOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  pointsOf,
  SYSTEM,
  SYSTEM32,
  statesOf,
  storyOf,
  WORD,
  WSCRIPT,
} from './testStory';

const URL = 'https://files.example/view.hta';

/** mshta started with a command line, with one child; and the finding of it. */
function mshtaWith(commandLine: string, image = MSHTA, tell?: (s: Scenario) => void) {
  const { s } = storyOf();
  tell?.(s);
  const mshta = s.starts(image, { commandLine });
  s.starts(POWERSHELL, { parent: mshta });
  return findingOf(s.events(), 'AN1397');
}

describe('a renamed mshta', () => {
  const renamed = (source: 'sysmon' | 'security') => {
    const { s } = storyOf({ source });
    const copy = s.starts('C:\\Users\\Public\\svch0st.exe', {
      commandLine: `svch0st.exe ${URL}`,
      originalFileName: 'MSHTA.EXE',
    });
    s.starts(POWERSHELL, { parent: copy });
    return findingsOf(s.events(), 'AN1397');
  };

  it('is known by its original file name, and costs its maker points', () => {
    const [finding] = renamed('sysmon');
    expect(pointsOf(finding ?? never())).toMatchObject({ X12: 20, X13: 15, X2: 20 });
    expect(finding?.status).toBe('complete');
  });

  it('cannot be seen in 4688, and the definition says so', () => {
    expect(renamed('security')).toEqual([]);
    const { s } = storyOf({ source: 'security' });
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(finding.reasons.map((reason) => reason.id)).not.toContain('X12');
    expect(finding.knownGaps.join()).toMatch(/4688 has no original file name/);
  });
});

describe('obfuscated command lines', () => {
  it.each([
    ['carets', 'ms^hta ht^tps://files.example/a.h^ta'],
    ['inserted quotes', 'mshta vb""script:close'],
    ['full-width letters', 'mshta ｈｔｔｐｓ：／／files.example/a'],
    ['a zero-width space', 'mshta java\u200bscript:close()'],
  ])('are read through %s, and the reading is a reason', (_name, commandLine) => {
    expect(pointsOf(mshtaWith(commandLine))).toMatchObject({ X1: 20, X11: 10 });
  });

  it('leave no such reason on an ordinary line with a percent sign', () => {
    expect(pointsOf(mshtaWith(`mshta.exe "https://files.example/a%20b.hta"`))).not.toHaveProperty('X11');
  });
});

describe('paths written in other ways', () => {
  /** An SVG in Downloads, and mshta run on it as written. */
  const run = (written: (s: Scenario) => string, workingDirectory?: (s: Scenario) => string) => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\quarterly plan.svg`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    s.after('5m');
    s.starts(MSHTA, {
      commandLine: `${MSHTA} ${written(s)}`,
      ...(workingDirectory === undefined ? {} : { workingDirectory: workingDirectory(s) }),
    });
    return findingsOf(s.events(), 'AN1407');
  };

  it.each([
    ['as it is', (s: Scenario) => `"${homeOf(s)}\\Downloads\\quarterly plan.svg"`],
    ['in other case', (s: Scenario) => `"${homeOf(s).toUpperCase()}\\DOWNLOADS\\Quarterly Plan.SVG"`],
    [
      'with forward slashes',
      (s: Scenario) => `"${homeOf(s).replaceAll('\\', '/')}/Downloads/quarterly plan.svg"`,
    ],
    [
      'as a file URL',
      (s: Scenario) => `file:///${homeOf(s).replaceAll('\\', '/')}/Downloads/quarterly%20plan.svg`,
    ],
    ['with the long prefix', (s: Scenario) => `"\\\\?\\${homeOf(s)}\\Downloads\\quarterly plan.svg"`],
    [
      'through a share on this machine',
      (s: Scenario) => `"\\\\localhost\\c$${homeOf(s).slice(2)}\\Downloads\\quarterly plan.svg"`,
    ],
    [
      'with dots and doubled separators',
      (s: Scenario) => `"${homeOf(s)}\\.\\Downloads\\\\x\\..\\quarterly plan.svg"`,
    ],
    ['with a variable', () => '"%USERPROFILE%\\Downloads\\quarterly plan.svg"'],
    ['in short form', (s: Scenario) => `${homeOf(s)}\\DOWNLO~1\\QUARTE~1.SVG`],
    ['with its data stream named', (s: Scenario) => `"${homeOf(s)}\\Downloads\\quarterly plan.svg::$DATA"`],
  ])('name the same file %s', (_name, written) => {
    const [finding] = run(written);
    expect(finding?.status).toBe('complete');
    expect(pointsOf(finding ?? never())).toMatchObject({ S1: 35 });
  });

  it('name it from the working directory, which makes the join inferred', () => {
    const [finding] = run(
      () => '"quarterly plan.svg"',
      (s) => `${homeOf(s)}\\Downloads`,
    );
    expect(finding?.stages.find((stage) => stage.id === 'script_engine')?.relation?.strength).toBe(
      'inferred',
    );
  });

  it('do not join another file of the same name', () => {
    expect(run(() => '"C:\\Work\\quarterly plan.svg"').filter((one) => one.status === 'complete')).toEqual(
      [],
    );
  });
});

describe('content from elsewhere', () => {
  it.each([
    ['a share', '\\\\files.example\\pub\\a.hta'],
    ['WebDAV over TLS', '\\\\files.example@ssl@8443\\davwwwroot\\a.hta'],
    ['a share with slashes', '//files.example/pub/a.hta'],
    ['a file URL of another machine', 'file://files.example/pub/a.hta'],
  ])('is seen as %s', (_name, target) => {
    expect(pointsOf(mshtaWith(`${MSHTA} ${target}`))).toMatchObject({ X1: 20, X3: 20 });
  });

  it('is not seen in a long local path', () => {
    const points = pointsOf(mshtaWith(`${MSHTA} "\\\\?\\C:\\Users\\Public\\a.hta"`));
    expect(points).toMatchObject({ X6: 12 });
    expect(points).not.toHaveProperty('X3');
  });

  it('is seen in an alternate data stream', () => {
    expect(pointsOf(mshtaWith(`${MSHTA} C:\\Users\\Public\\note.txt:a.hta`))).toMatchObject({ X8: 20 });
  });

  it('counts for the call out when the spawned tool itself names the share', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const document = `${mailCacheOf(s)}\\offer.docm`;
    s.writes(outlook, document);
    const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" "${document}"` });
    s.starts(WSCRIPT, { parent: word, commandLine: `${WSCRIPT} \\\\files.example@80\\pub\\a.js` });
    expect(statesOf(findingOf(s.events(), 'AN1314')).egress).toBe('matched');
  });
});

describe('a parent that is not the cause', () => {
  it.each([
    ['WMI', `${SYSTEM32}\\wbem\\WmiPrvSE.exe`, 'wmiprvse.exe -secured -Embedding'],
    ['the task scheduler', `${SYSTEM32}\\svchost.exe`, 'svchost.exe -k netsvcs -p -s Schedule'],
  ])('is said to be %s', (_name, image, commandLine) => {
    const { s } = storyOf();
    const broker = s.starts(image, { parent: s.services, user: SYSTEM, commandLine });
    const mshta = s.starts(MSHTA, { parent: broker, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(pointsOf(finding)).toMatchObject({ L4: 10 });
    expect(finding.stages.find((stage) => stage.id === 'lineage')?.relation?.strength).toBe('broken');
  });

  it('holds a chain that hangs on a broken link at 69', () => {
    const { s } = storyOf();
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\a.docm"` });
    s.after('1s');
    const broker = s.starts(`${SYSTEM32}\\wbem\\WmiPrvSE.exe`, { parent: word });
    const shell = s.starts(POWERSHELL, {
      parent: broker,
      commandLine: 'powershell -w hidden -enc AAAAAAAAAAAAAAAAAAAA',
    });
    callsOut(s, shell);
    for (const finding of findingsOf(s.events(), 'AN1314'))
      expect(finding.status === 'partial' || finding.score <= 69).toBe(true);
  });

  it('is said to be perhaps forged when it had ended before', () => {
    const { s } = storyOf();
    const word = s.starts(WORD);
    s.after('1m');
    s.ends(word);
    s.after('3m');
    const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const lineage = findingOf(s.events(), 'AN1397').stages.find((stage) => stage.id === 'lineage');
    expect(lineage?.relation?.strength).toBe('inferred');
    expect(lineage?.relation?.text).toMatch(/forged/);
  });

  it('may have started before the log: the child names it, and the join is inferred', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { parent: s.explorer, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(statesOf(finding).lineage).toBe('matched');
    const orphan = storyOf();
    const unknown = orphan.s.starts(MSHTA, { parent: 'unknown', commandLine: `${MSHTA} ${URL}` });
    orphan.s.starts(POWERSHELL, { parent: unknown });
    expect(findingOf(orphan.s.events(), 'AN1397').status).toBe('complete');
  });

  it('may be Explorer: a double-clicked HTA is joined through its file', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const hta = `${homeOf(s)}\\Downloads\\form.hta`;
    s.writes(edge, hta);
    s.marks(edge, hta);
    s.after('10s');
    const mshta = s.starts(MSHTA, {
      commandLine: `"${MSHTA}" "${hta}" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}`,
    });
    callsOut(s, mshta);
    expect(pointsOf(findingOf(s.events(), 'AN1397'))).toMatchObject({ X6: 12, X7: 10 });
    expect(findingOf(s.events(), 'AN1314').status).toBe('complete');
  });
});

describe('time', () => {
  it('leaves a callback after a long sleep outside the window', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.after('2h');
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(statesOf(finding).network).toBe('absent');
  });

  it('makes what came after the log was cleared blind, and the clearing a reason', () => {
    const { s } = storyOf({ quiet: true });
    const before = s.starts(EDGE);
    s.connects(before, '10.20.1.15', 443);
    s.writes(before, `${homeOf(s)}\\Downloads\\a.pdf`);
    s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.after('4s');
    s.tells('log_clear', undefined, { 'user.name': 'j.doe' });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(pointsOf(finding)).toMatchObject({ evasion_log: 10 });
    expect(statesOf(finding)).toMatchObject({
      network: 'blind',
      child_process: 'blind',
      file_write: 'blind',
    });
  });
});

describe('floods', () => {
  it('takes ten thousand SVGs by one process for one happening, in little time', { timeout: 30_000 }, () => {
    const { s } = storyOf();
    const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe');
    const from = performance.now();
    const events = [...s.events()];
    const [, sample] = [s.writes(archiver, `${homeOf(s)}\\Downloads\\pack\\i.svg`), s.events().at(-1)];
    const write = s.events().find((event) => event['file.path']?.endsWith('\\i.svg')) ?? sample ?? never();
    for (let i = 0; i < 10_000; i++) {
      events.push({
        ...write,
        id: `${write.id.slice(0, 30)}${i.toString(16).padStart(6, '0')}` as typeof write.id,
        'file.path': `${homeOf(s)}\\Downloads\\pack\\icon-${i}.svg`,
      });
    }
    expect(findingsOf(events, 'AN1407')).toEqual([]);
    expect(performance.now() - from).toBeLessThan(20_000);
  });

  it('does not lose the one SVG that was opened in the crowd it came in', () => {
    const { s } = storyOf();
    const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe');
    const folder = `${homeOf(s)}\\Downloads\\pack`;
    for (let i = 0; i < 60; i++) s.writes(archiver, `${folder}\\icon-${i}.svg`);
    s.after('30s');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${folder}\\icon-7.svg` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ S1: 35 });
  });

  it('keeps its measure over ten thousand children', { timeout: 30_000 }, () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    const child = s.starts(CMD, { parent: mshta });
    const start = s.events().find((event) => event['process.entity_id'] === child.entityId) ?? never();
    const events = [...s.events()];
    for (let i = 0; i < 10_000; i++) {
      const tail = i.toString(16).padStart(6, '0');
      events.push({
        ...start,
        id: `${start.id.slice(0, 30)}${tail}` as typeof start.id,
        'process.entity_id': `${child.entityId.slice(0, -6)}${tail}` as typeof child.entityId,
        'process.pid': 20_000 + i * 4,
      });
    }
    const finding = findingOf(events, 'AN1397');
    const stage = finding.stages.find((one) => one.id === 'child_process');
    expect(finding.status).toBe('complete');
    expect(stage?.eventsTotal).toBeGreaterThan(1000);
    expect(stage?.events.length).toBeLessThanOrEqual(8);
  });
});

describe('hiding behind what is harmless', () => {
  it('a folder named like a build does not exempt a marked SVG', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\dist\\invoice.svg`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    s.after('30s');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${svg}` });
    expect(findingOf(s.events(), 'AN1407').status).toBe('complete');
  });

  it.each([
    'C:\\Users\\Public\\a.dll,Run photoviewer.dll,ImageView_Fullscreen',
    'C:\\Users\\Public\\photoviewer.dll,ImageView_Fullscreen',
    'C:\\Windows\\System32\\spool\\..\\..\\..\\Users\\Public\\a.dll,Run',
  ])('a helper named on the line does not suppress another library: %s', (args) => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    s.starts(`${SYSTEM32}\\rundll32.exe`, { parent: outlook, commandLine: `rundll32.exe ${args}` });
    const [finding] = findingsOf(s.events(), 'AN1314');
    expect(finding?.suppressed).toBe(false);
  });

  it('mshta without arguments is found by what it does, and not without', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: 'mshta.exe' });
    expect(findingsOf(s.events(), 'AN1397')).toEqual([]);
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(finding.reasons.map((reason) => reason.text).join()).toMatch(/without arguments/);
  });
});

describe('mshta by name only', () => {
  it.each([
    [`${SYSTEM32}\\findstr.exe`, 'findstr /s "mshta.exe https://files.example/a.hta" C:\\Logs\\*.txt'],
    [POWERSHELL, 'powershell.exe -c "Get-Process mshta; iwr https://files.example/mshta.hta"'],
    [
      'C:\\Program Files\\Scanner\\scan.exe',
      'scan.exe --exclude C:\\Windows\\System32\\mshta.exe vbscript:Execute',
    ],
    ['C:\\Tools\\mshta.exe.bak.exe', 'mshta.exe.bak.exe https://files.example/a.hta'],
  ])('is no mshta: %s', (image, commandLine) => {
    const { s } = storyOf();
    const process = s.starts(image, { commandLine });
    s.starts(CMD, { parent: process });
    s.connects(process, '203.0.113.9', 443);
    expect(findingsOf(s.events(), 'AN1397')).toEqual([]);
  });
});

function never(): never {
  throw new Error('the story lacks what the test needs');
}
