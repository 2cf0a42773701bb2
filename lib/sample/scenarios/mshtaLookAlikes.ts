import type { LabelledScenario } from './labelledScenario';
import { MSHTA, SYSTEM } from './programs';

/** HTAs that vendors and administrators show, as people see them. */
export const MSHTA_LOOK_ALIKES: readonly LabelledScenario[] = [
  {
    id: 'mshta-benign-driver',
    title: "a printer's driver package shows its own HTA",
    tell(s) {
      const setup = s.starts('C:\\Program Files\\HP\\HP OfficeJet 9010 series\\Bin\\HPSetup.exe', {
        parent: s.services,
        user: SYSTEM,
      });
      s.after('4s');
      const mshta = s.starts(MSHTA, {
        parent: setup,
        commandLine: `"${MSHTA}" "C:\\Program Files\\HP\\HP OfficeJet 9010 series\\Bin\\hpsolutionsportal.hta"`,
      });
      s.after('50s');
      s.ends(mshta);
      return { tolerated: { AN1397: 'informational' }, why: "a driver installer's own page" };
    },
  },
  {
    id: 'mshta-benign-config-manager',
    title: 'software distribution asks its question by HTA',
    tell(s) {
      const agent = s.starts('C:\\Windows\\CCM\\Microsoft.ConfigurationManagement.exe', {
        parent: s.services,
        user: SYSTEM,
      });
      s.after('2s');
      const mshta = s.starts(MSHTA, {
        parent: agent,
        user: SYSTEM,
        commandLine: `"${MSHTA}" "C:\\Windows\\CCM\\CorpIT\\restart-notice.hta"`,
      });
      s.after('90s');
      s.ends(mshta);
      return { tolerated: { AN1397: 'informational' }, why: 'a local page of a management agent' };
    },
  },
  {
    id: 'mshta-benign-mentioned',
    title: 'mshta in the text of other commands',
    tell(s) {
      s.starts('C:\\Windows\\System32\\findstr.exe', {
        commandLine: 'findstr.exe /i mshta.exe C:\\Logs\\audit.log',
      });
      s.starts('C:\\Windows\\System32\\notepad.exe', {
        commandLine: 'notepad.exe C:\\src\\docs\\mshta-notes.hta.txt',
      });
      return { why: 'a word is not a program' };
    },
  },
];
