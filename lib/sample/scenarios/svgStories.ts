import type { Scenario, StoryProcess } from '../../events/story';
import { called, type Happened, type LabelledScenario, started, written } from './labelledScenario';
import { CHROME, CONTROL, EDGE, homeOf, loginDataOf, POWERSHELL, SYSTEM32, saves, WSCRIPT } from './programs';
import { bringsArchive, mailed } from './svgDelivery';

/** The scenarios D1 and D2 of SVG_SCENARIOS.md with their variants, and what a browser does without any script. */
export const SVG_STORIES: readonly LabelledScenario[] = [
  {
    id: 'svg-d1-smuggling',
    title: 'D1: mailed SVG, ZIP made by its page, script out of the ZIP folder, two callbacks',
    tell: (s) => tellSmuggling(s),
  },
  {
    id: 'svg-d2-sign-in',
    title: 'D2: a downloaded SVG shows a look-alike sign-in page',
    tell(s) {
      const { truth } = tellSignIn(s);
      return [{ analytic: 'AN1407', happened: truth, absent: ['script_engine'] }];
    },
  },
  {
    id: 'svg-d2-sign-in-alert',
    title: 'D2 with a vendor alert on the page',
    sources: ['windows'],
    tell(s) {
      const { truth, chrome } = tellSignIn(s);
      s.alerts(chrome, 'SmartScreen: suspicious phishing page visited');
      return [{ analytic: 'AN1407', happened: truth, absent: ['script_engine'] }];
    },
  },
  {
    id: 'svg-d2-store-read',
    title: "D2 with the browser's saved passwords read by another program",
    tell(s) {
      const { truth } = tellSignIn(s);
      const thief = s.starts(`${SYSTEM32}\\robocopy.exe`, {
        commandLine: `robocopy.exe C:\\Users\\Public\\a C:\\Users\\Public\\b /e`,
      });
      s.reads(thief, loginDataOf(s));
      return [{ analytic: 'AN1407', happened: truth, absent: ['script_engine'] }];
    },
  },
  {
    id: 'svg-browser-callback',
    title: 'the page behind an SVG has the browser call an address unusual in two ways',
    tell(s) {
      const { svg, edge } = mailed(s, 'Remittance_20418');
      s.after('4s');
      s.connects(edge, CONTROL.address, CONTROL.port);
      return [
        {
          analytic: 'AN1407',
          happened: {
            svg_arrival: written(svg),
            svg_open: started(edge),
            callback: called(CONTROL.address),
          },
          absent: ['script_engine'],
        },
      ];
    },
  },
  {
    id: 'svg-opened-only',
    title: 'a mailed SVG with two extensions is opened and nothing follows',
    tell(s) {
      const { svg, edge } = mailed(s, 'invoice.pdf');
      return [
        {
          analytic: 'AN1407',
          happened: { svg_arrival: written(svg), svg_open: started(edge) },
          absent: ['script_engine', 'callback'],
          most: 'partial',
          thin: true,
        },
      ];
    },
  },
];

function tellSmuggling(s: Scenario) {
  const opened = mailed(s, 'Lieferschein_40721');
  for (const type of ['gpu-process', 'utility', 'renderer'])
    s.starts(EDGE, { parent: opened.edge, commandLine: `"${EDGE}" --type=${type}` });
  bringsArchive(s, opened, 'Lieferschein_40721.zip');
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Lieferschein_40721.zip\\Lieferschein_40721.js`;
  s.writes(s.explorer, script);
  s.after('800ms');
  const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` });
  s.after('1300ms');
  s.resolves(engine, 'cdn-invoice-sync.example', ['198.51.100.44']);
  s.connects(engine, '198.51.100.44', 443);
  s.after('2s');
  const payload = `${homeOf(s)}\\AppData\\Roaming\\dxnwr.ps1`;
  s.writes(engine, payload);
  const shell = s.starts(POWERSHELL, {
    parent: engine,
    commandLine: `powershell.exe -w hidden -ep bypass -f "${payload}"`,
  });
  s.after('3s');
  s.connects(shell, '198.51.100.44', 8080);
  const tie: Happened['tie'] = [['file_create'], ['file_stream']];
  return [
    {
      analytic: 'AN1407' as const,
      trigger: engine,
      happened: {
        svg_arrival: written(opened.svg),
        svg_open: started(opened.edge),
        script_engine: started(engine, tie),
        callback: called('198.51.100.44', tie),
      },
      absent: ['credential_collection'],
    },
    {
      analytic: 'AN1314' as const,
      trigger: engine,
      happened: {
        user_app: { by: ['process_start', 'file_create'], tie: [['file_create']], evidence: [] },
        file_arrival: written(script),
        spawn: started(engine),
        egress: called('198.51.100.44'),
      },
      thin: true,
    },
    { analytic: 'AN1397' as const, happened: {} },
  ] as const;
}

/** Chrome saves an SVG and opens it; the running browser then asks for a look-alike sign-in page. */
function tellSignIn(s: Scenario): {
  readonly chrome: StoryProcess;
  readonly truth: Readonly<Record<string, Happened>>;
} {
  const chrome = s.starts(CHROME);
  s.after('1m');
  const svg = `${homeOf(s)}\\Downloads\\Voicemail_0412.svg`;
  saves(s, chrome, svg, {
    hostUrl: 'https://mail-attachment.example/u/0/?view=att',
    referrerUrl: 'https://mail.example/',
  });
  s.after('12s');
  const visitor = s.starts(CHROME, { commandLine: `"${CHROME}" --single-argument ${svg}` });
  s.after('600ms');
  s.ends(visitor);
  s.after('1s');
  s.resolves(chrome, 'login-m365-docview.example', ['203.0.113.77']);
  const service = s.starts(CHROME, {
    parent: chrome,
    commandLine: `"${CHROME}" --type=utility --utility-sub-type=network.mojom.NetworkService`,
  });
  s.connects(service, '203.0.113.77', 443);
  s.after('38s');
  s.connects(service, '203.0.113.77', 443);
  return {
    chrome,
    truth: {
      svg_arrival: written(svg),
      svg_open: started(visitor),
      credential_collection: { by: ['dns_query'], evidence: ['login-m365-docview.example'] },
    },
  };
}
