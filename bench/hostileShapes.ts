import { type Micros, micros, parseMicros } from '../lib/base/time';
import type { EndpointEvent, EntityId, EventId, EventKind } from '../lib/events/endpointEvent';
import type { Extra } from '../lib/events/story';

/** A recording made to be slow: what one attacker, or one broken program, can put on one host. */
export type HostileShape = {
  readonly name: string;
  /** How many of the thing there are; measured at this size and at twice of it. */
  readonly n: number;
  /** The events of one host; deterministic. */
  readonly build: (n: number) => readonly EndpointEvent[];
};

const HOST = 'hostile01.corp.example';
const START = parseMicros('2026-03-02T09:00:00Z') ?? micros(0);
const HOME = 'C:\\Users\\m.keller';
const DOWNLOADS = `${HOME}\\Downloads`;
const SYSTEM32 = 'C:\\Windows\\System32';
const WORD = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE';
const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
const SEVEN_ZIP = 'C:\\Program Files\\7-Zip\\7zG.exe';
const MSHTA = `${SYSTEM32}\\mshta.exe`;
const CMD = `${SYSTEM32}\\cmd.exe`;
const WSCRIPT = `${SYSTEM32}\\wscript.exe`;
const CODES: Readonly<Partial<Record<EventKind, string>>> = {
  process_start: '1',
  network_connect: '3',
  file_create: '11',
  file_stream: '15',
  dns_query: '22',
};

type Process = { readonly id: EntityId; readonly pid: number; readonly image: string; readonly line: string };

/** Tells events one after the other, `step` microseconds apart. */
function teller(step: number) {
  const events: EndpointEvent[] = [];
  let clock: Micros = START;
  let processes = 0;
  const emit = (kind: EventKind, fields: Extra): void => {
    events.push({
      'user.domain': 'CORP',
      'user.name': 'm.keller',
      ...fields,
      id: events.length.toString(16).padStart(32, '0') as EventId,
      kind,
      time: clock,
      recorded: clock,
      reported: clock,
      clock: 'source',
      host: HOST,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      code: CODES[kind] ?? '0',
      recordId: events.length,
    });
    clock = micros(clock + step);
  };
  const actor = (by: Process): Extra => ({
    'process.entity_id': by.id,
    'process.pid': by.pid,
    'process.executable': by.image,
  });
  return {
    events,
    starts: (image: string, args: string, parent?: Process): Process => {
      processes++;
      const started: Process = {
        id: `p-${processes}` as EntityId,
        pid: 1000 + processes * 4,
        image,
        line: `"${image}" ${args}`,
      };
      emit('process_start', {
        ...actor(started),
        'process.command_line': started.line,
        ...(parent === undefined
          ? { 'process.parent.executable': 'C:\\Windows\\explorer.exe', 'process.parent.pid': 800 }
          : {
              'process.parent.entity_id': parent.id,
              'process.parent.executable': parent.image,
              'process.parent.pid': parent.pid,
              'process.parent.command_line': parent.line,
            }),
      });
      return started;
    },
    writes: (by: Process, path: string): void => emit('file_create', { ...actor(by), 'file.path': path }),
    marks: (by: Process, path: string, url: string): void =>
      emit('file_stream', {
        ...actor(by),
        'file.path': `${path}:Zone.Identifier`,
        'file.zone_identifier': 3,
        'file.origin_url': url,
      }),
    resolves: (by: Process, name: string): void =>
      emit('dns_query', { ...actor(by), 'dns.question.name': name, 'dns.answers': '198.51.100.7' }),
    connects: (by: Process, port: number): void =>
      emit('network_connect', { ...actor(by), 'destination.ip': '198.51.100.7', 'destination.port': port }),
  };
}

/** One event a millisecond, unless the shape is about time itself. */
const STEP = 1000;

const count = (n: number, each: (i: number) => void): void => {
  for (let i = 0; i < n; i++) each(i);
};

/** The shapes of the issue and their neighbours; each is one host. */
export const HOSTILE_SHAPES: readonly HostileShape[] = [
  {
    name: 'children of one process',
    n: 10_000,
    build: (n) => {
      const t = teller(STEP);
      const word = t.starts(WORD, `"${DOWNLOADS}\\a.docm"`);
      count(n, (i) => t.connects(t.starts(CMD, `/c echo ${i}`, word), 8444));
      return t.events;
    },
  },
  {
    name: 'children of one mshta',
    n: 10_000,
    build: (n) => {
      const t = teller(STEP);
      const mshta = t.starts(MSHTA, 'https://a.example/a.hta');
      count(n, (i) => t.starts(CMD, `/c echo ${i}`, mshta));
      return t.events;
    },
  },
  {
    name: 'files written by one system tool',
    n: 100_000,
    build: (n) => {
      const t = teller(STEP);
      const mshta = t.starts(MSHTA, 'https://a.example/a.hta', t.starts(WORD, `"${DOWNLOADS}\\a.docm"`));
      count(n, (i) => t.writes(mshta, `${DOWNLOADS}\\out\\${i}.exe`));
      return t.events;
    },
  },
  {
    name: 'files written by the parent of many',
    n: 20_000,
    build: (n) => {
      const t = teller(STEP);
      const word = t.starts(WORD, `"${DOWNLOADS}\\a.docm"`);
      count(n, (i) => {
        t.writes(word, `${DOWNLOADS}\\out\\${i}.exe`);
        if (i % 4 === 0) t.starts(CMD, `/c ${DOWNLOADS}\\out\\${i}.exe`, word);
      });
      return t.events;
    },
  },
  {
    name: 'SVG saved by a browser',
    n: 100_000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      count(n, (i) => t.writes(edge, `${DOWNLOADS}\\${i}.svg`));
      return t.events;
    },
  },
  {
    name: 'SVG saved and opened, one by one',
    n: 5000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      count(n, (i) => {
        t.writes(edge, `${DOWNLOADS}\\${i}.svg`);
        t.starts(EDGE, `--single-argument "${DOWNLOADS}\\${i}.svg"`);
        t.resolves(edge, 'cdn.a.example');
        t.starts(CMD, `/c "${DOWNLOADS}\\x.cmd"`);
      });
      return t.events;
    },
  },
  {
    name: 'SVG unpacked by an archiver',
    n: 100_000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      t.writes(edge, `${DOWNLOADS}\\a.zip`);
      const archiver = t.starts(SEVEN_ZIP, `x "${DOWNLOADS}\\a.zip" -o"${DOWNLOADS}\\a"`);
      count(n, (i) => t.writes(archiver, `${DOWNLOADS}\\a\\${i}.svg`));
      return t.events;
    },
  },
  {
    name: 'pages that make files, opened and run',
    n: 5000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      count(n, (i) => {
        t.writes(edge, `${DOWNLOADS}\\${i}.svg`);
        t.starts(EDGE, `--single-argument "${DOWNLOADS}\\${i}.svg"`, edge);
        t.marks(edge, `${DOWNLOADS}\\${i}.js`, 'blob:null');
        t.starts(WSCRIPT, `"${DOWNLOADS}\\${i}.js"`);
      });
      return t.events;
    },
  },
  {
    name: 'one timestamp',
    n: 20_000,
    build: (n) => {
      const t = teller(0);
      const edge = t.starts(EDGE, '');
      count(n / 4, (i) => {
        t.writes(edge, `${DOWNLOADS}\\${i}.svg`);
        const script = t.starts(WSCRIPT, `"${DOWNLOADS}\\${i}.svg"`, edge);
        t.resolves(script, 'cdn.a.example');
        t.connects(edge, 8444);
      });
      return t.events;
    },
  },
  {
    name: 'mshta nested in mshta',
    n: 5000,
    build: (n) => {
      const t = teller(STEP);
      let at: Process | undefined;
      count(n, (i) => {
        at = t.starts(MSHTA, `https://a.example/${i}.hta`, at);
      });
      return t.events;
    },
  },
  {
    name: 'mshta beside mshta',
    n: 5000,
    build: (n) => {
      const t = teller(STEP);
      const word = t.starts(WORD, `"${DOWNLOADS}\\a.docm"`);
      count(n, (i) => t.connects(t.starts(MSHTA, `https://a.example/${i}.hta`, word), 8444));
      return t.events;
    },
  },
  {
    name: 'processes that name one file',
    n: 20_000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      t.writes(edge, `${DOWNLOADS}\\a.svg`);
      t.marks(edge, `${DOWNLOADS}\\a.js`, 'https://a.example/a.js');
      count(n / 2, () => {
        t.starts(WSCRIPT, `"${DOWNLOADS}\\a.js"`);
        t.starts(EDGE, `--single-argument "${DOWNLOADS}\\a.svg"`);
      });
      return t.events;
    },
  },
  {
    name: 'writes of one file, run again and again',
    n: 10_000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      count(n, () => {
        t.marks(edge, `${DOWNLOADS}\\a.js`, 'https://a.example/a.js');
        t.starts(WSCRIPT, `"${DOWNLOADS}\\a.js"`);
      });
      return t.events;
    },
  },
  {
    name: 'copies of one file in a row',
    n: 5000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      t.marks(edge, `${DOWNLOADS}\\0.js`, 'https://a.example/a.js');
      count(n, (i) => {
        const copy = t.starts(CMD, `/c copy "${DOWNLOADS}\\${i}.js" "${DOWNLOADS}\\${i + 1}.js"`);
        t.writes(copy, `${DOWNLOADS}\\${i + 1}.js`);
        t.starts(WSCRIPT, `"${DOWNLOADS}\\${i + 1}.js"`);
      });
      return t.events;
    },
  },
  {
    name: 'DNS of one browser',
    n: 50_000,
    build: (n) => {
      const t = teller(STEP);
      const edge = t.starts(EDGE, '');
      t.writes(edge, `${DOWNLOADS}\\a.svg`);
      t.starts(EDGE, `--single-argument "${DOWNLOADS}\\a.svg"`, edge);
      count(n, (i) => t.resolves(edge, `login${i}.a.example`));
      return t.events;
    },
  },
];
