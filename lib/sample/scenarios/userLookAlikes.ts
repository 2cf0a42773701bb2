import type { LabelledScenario } from './labelledScenario';
import { EDGE, homeOf, mailCacheOf, OUTLOOK, POWERSHELL, RUNDLL32, saves, WORD } from './programs';

/** What looks like a user led to a tool and is a working day. */
export const USER_LOOK_ALIKES: readonly LabelledScenario[] = [
  {
    id: 'user-benign-installer',
    title: "a vendor's signed installer, downloaded and run",
    tell(s) {
      const edge = s.starts(EDGE);
      const path = `${homeOf(s)}\\Downloads\\notepad-setup-8.8.exe`;
      saves(s, edge, path, { hostUrl: 'https://editor.vendor.example/notepad-setup-8.8.exe' });
      s.after('26s');
      const installer = s.starts(path, { integrity: 'high' });
      s.loads(installer, path);
      s.after('35s');
      s.resolves(installer, 'editor.vendor.example', ['192.0.2.90']);
      s.connects(installer, '192.0.2.90', 443);
      for (const file of ['notepad.exe', 'license.txt'])
        s.writes(installer, `C:\\Program Files\\Notepad\\${file}`);
      s.ends(installer);
      return {
        tolerated: { AN1314: 'medium' },
        why: 'every step was real and honest: at most medium until its publisher is allowed',
      };
    },
  },
  {
    id: 'user-benign-photo-viewer',
    title: 'a mailed picture, opened in the photo viewer',
    tell(s) {
      const outlook = s.starts(OUTLOOK);
      s.after('1m');
      const picture = `${mailCacheOf(s)}\\team.jpg`;
      saves(s, outlook, picture);
      s.after('4s');
      const viewer = s.starts(RUNDLL32, {
        parent: outlook,
        commandLine: `"${RUNDLL32}" "C:\\Program Files\\Windows Photo Viewer\\PhotoViewer.dll", ImageView_Fullscreen ${picture}`,
      });
      s.resolves(viewer, 'portal.corp.example', ['10.20.1.15']);
      s.connects(viewer, '10.20.1.15', 443);
      return { why: "Windows' own viewer on a picture" };
    },
  },
  {
    id: 'user-benign-printing',
    title: 'Word prints',
    tell(s) {
      const word = s.starts(WORD, { commandLine: `"${WORD}" /n "${homeOf(s)}\\Documents\\Offer.docx"` });
      s.after('30s');
      s.starts('C:\\Windows\\splwow64.exe', { parent: word, commandLine: 'C:\\Windows\\splwow64.exe 12288' });
      return { why: 'the print helper' };
    },
  },
  {
    id: 'user-benign-admin-shell',
    title: 'a PowerShell from the Start menu reaches a file server',
    tell(s) {
      const shell = s.starts(POWERSHELL, { commandLine: `"${POWERSHELL}" `, integrity: 'high' });
      s.after('8s');
      s.runsScript(shell, 'Get-NetAdapter | Sort-Object Name');
      s.resolves(shell, 'files.corp.example', ['10.20.1.30']);
      s.connects(shell, '10.20.1.30', 445);
      return { why: 'a shell with no file behind it' };
    },
  },
];
