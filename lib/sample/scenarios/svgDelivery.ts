import type { Scenario, StoryProcess } from '../../events/story';
import { type Happened, started, written } from './labelledScenario';
import {
  EDGE,
  fileUrl,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  SEVEN_ZIP,
  saves,
  WINRAR,
  WSCRIPT,
} from './programs';

/** An SVG that arrived, was opened and led to a script engine: what the consequences build on. */
export type Delivered = {
  readonly svg: string;
  readonly engine: StoryProcess;
  readonly happened: Readonly<Record<string, Happened>>;
  /** Nothing but the file's own event tells of the SVG. */
  readonly thin?: boolean;
};

/** One way from an SVG to a script engine. */
export type SvgDelivery = {
  readonly id: string;
  readonly title: string;
  readonly tell: (s: Scenario, stem: string) => Delivered;
};

const MARKS: Happened['tie'] = [['file_stream']];
const FILES: Happened['tie'] = [['file_create', 'file_stream']];

/** Every relation that AN1407 knows between an SVG and a script engine (ANALYTICS B.8). */
export const SVG_DELIVERIES: readonly SvgDelivery[] = [
  {
    id: 'direct-mshta',
    title: 'mshta is started on the SVG itself',
    tell: (s, stem) => direct(s, stem, MSHTA, (svg) => `"${MSHTA}" "${svg}"`),
  },
  {
    id: 'direct-wscript',
    title: 'wscript is started on the SVG with an engine named',
    tell: (s, stem) => direct(s, stem, WSCRIPT, (svg) => `"${WSCRIPT}" //e:jscript "${svg}"`),
  },
  {
    id: 'referrer',
    title: 'the page saves a script whose mark names the SVG as referrer',
    tell(s, stem) {
      const opened = mailed(s, stem);
      s.after('6s');
      const script = `${homeOf(s)}\\Downloads\\${stem}.js`;
      saves(s, opened.edge, script, { hostUrl: 'about:internet', referrerUrl: fileUrl(opened.svg) });
      s.after('20s');
      const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` });
      return delivered(opened, engine, MARKS);
    },
  },
  {
    id: 'zip-explorer',
    title: 'the page assembles a ZIP, opened as a folder by Explorer',
    tell(s, stem) {
      const opened = mailed(s, stem);
      bringsArchive(s, opened, `${stem}.zip`);
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_${stem}.zip\\${stem}.js`;
      s.writes(s.explorer, script);
      s.after('800ms');
      const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` });
      return delivered(opened, engine, FILES, MARKS);
    },
  },
  {
    id: 'zip-7zip',
    title: 'the page assembles an archive, opened in 7-Zip',
    tell: (s, stem) => unpacked(s, stem, SEVEN_ZIP, '7zO8A1B2C3D'),
  },
  {
    id: 'zip-winrar',
    title: 'the page assembles an archive, opened in WinRAR',
    tell: (s, stem) => unpacked(s, stem, WINRAR, 'Rar$DIa7312.25184'),
  },
  {
    id: 'lineage',
    title: 'a shell is started below the browser that shows the SVG',
    tell(s, stem) {
      const opened = mailed(s, stem);
      s.after('9s');
      const engine = s.starts(POWERSHELL, {
        parent: opened.edge,
        commandLine: `"${POWERSHELL}" -nop -w hidden -c "whoami"`,
      });
      return delivered(opened, engine, []);
    },
  },
  {
    id: 'near',
    title: 'a script of the same user right after the SVG arrived, with no other link',
    tell(s, stem) {
      const outlook = s.starts(OUTLOOK);
      s.after('2m');
      const svg = `${mailCacheOf(s)}\\${stem}.svg`;
      saves(s, outlook, svg);
      s.after('25s');
      const script = `${homeOf(s)}\\Desktop\\fix.ps1`;
      const engine = s.starts(POWERSHELL, { commandLine: `"${POWERSHELL}" -ep bypass -f "${script}"` });
      return {
        svg,
        engine,
        happened: { svg_arrival: written(svg), script_engine: started(engine, FILES) },
        thin: true,
      };
    },
  },
];

/** An SVG that came by mail and is shown in the browser. */
export type Opened = { readonly svg: string; readonly outlook: StoryProcess; readonly edge: StoryProcess };

/** Outlook writes an SVG, marked, and its reader opens it in Edge. */
export function mailed(s: Scenario, stem: string): Opened {
  const outlook = s.starts(OUTLOOK);
  s.after('2m');
  const svg = `${mailCacheOf(s)}\\${stem}.svg`;
  saves(s, outlook, svg);
  s.after('2s');
  const edge = s.starts(EDGE, { parent: outlook, commandLine: `"${EDGE}" --single-argument ${svg}` });
  return { svg, outlook, edge };
}

/** The page has the browser save an archive made of a blob; its reader takes half a minute to open it. */
export function bringsArchive(s: Scenario, opened: Opened, name: string): string {
  s.after('5s');
  const archive = `${homeOf(s)}\\Downloads\\${name}`;
  s.writes(opened.edge, `${homeOf(s)}\\Downloads\\Unconfirmed 511723.crdownload`);
  saves(s, opened.edge, archive, { hostUrl: 'about:internet', referrerUrl: fileUrl(opened.svg) });
  s.after('26s');
  return archive;
}

function direct(s: Scenario, stem: string, engine: string, line: (svg: string) => string): Delivered {
  const outlook = s.starts(OUTLOOK);
  s.after('2m');
  const svg = `${mailCacheOf(s)}\\${stem}.svg`;
  saves(s, outlook, svg);
  s.after('40s');
  const started_ = s.starts(engine, { commandLine: line(svg) });
  return {
    svg,
    engine: started_,
    happened: { svg_arrival: written(svg), script_engine: started(started_) },
  };
}

function unpacked(s: Scenario, stem: string, archiver: string, folder: string): Delivered {
  const opened = mailed(s, stem);
  const archive = bringsArchive(s, opened, `${stem}.rar`);
  const program = s.starts(archiver, { commandLine: `"${archiver}" "${archive}"` });
  s.after('8s');
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\${folder}\\${stem}.js`;
  s.writes(program, script);
  const engine = s.starts(WSCRIPT, { parent: program, commandLine: `"${WSCRIPT}" "${script}" ` });
  return delivered(opened, engine, FILES, MARKS);
}

function delivered(opened: Opened, engine: StoryProcess, ...ties: readonly Happened['tie'][]): Delivered {
  const tie = ties.flatMap((one) => one ?? []);
  return {
    svg: opened.svg,
    engine,
    happened: {
      svg_arrival: written(opened.svg),
      svg_open: started(opened.edge),
      script_engine: started(engine, tie),
    },
  };
}
