import type { LabelledScenario } from './labelledScenario';
import {
  CMD,
  EDGE,
  homeOf,
  mailCacheOf,
  NODE,
  OUTLOOK,
  SEVEN_ZIP,
  SYSTEM,
  SYSTEM32,
  saves,
  WSCRIPT,
} from './programs';

/** What looks like an SVG chain and is a working day: B1 to B4 of SVG_SCENARIOS.md and more. */
export const SVG_LOOK_ALIKES: readonly LabelledScenario[] = [
  {
    id: 'svg-benign-b1-design-tool',
    title: 'B1: design tools save their own work and look for updates',
    tell(s) {
      for (const image of [
        'Inkscape\\bin\\inkscape.exe',
        'Adobe\\Illustrator\\Illustrator.exe',
        'Figma\\Figma.exe',
      ]) {
        const tool = s.starts(`C:\\Program Files\\${image}`);
        s.after('2m');
        s.writes(tool, `${homeOf(s)}\\Documents\\logo_v7.svg`);
        s.resolves(tool, 'updates.vendor.example', ['192.0.2.10']);
        s.connects(tool, '192.0.2.10', 443);
      }
      return { why: "a design tool's own .svg, with no mark and nobody opening it" };
    },
  },
  {
    id: 'svg-benign-b2-browser-cache',
    title: 'B2: a browser fills its cache and talks',
    tell(s) {
      const edge = s.starts(EDGE);
      const cache = `${homeOf(s)}\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache\\Cache_Data`;
      const old = `${homeOf(s)}\\AppData\\Local\\Packages\\Microsoft.MicrosoftEdge_8wekyb3d8bbwe\\AC\\MicrosoftEdge\\Cache\\AB12`;
      for (let i = 0; i < 40; i++) {
        s.writes(edge, `${cache}\\f_00a1${i}`);
        s.writes(edge, `${old}\\icon[${i}].svg`);
        s.connects(edge, '198.51.100.90', 443);
      }
      return { why: 'files of a browser cache' };
    },
  },
  {
    id: 'svg-benign-b3-npm-install',
    title: 'B3: npm install writes its icons and runs a hook',
    tell(s) {
      const code = s.starts('C:\\Program Files\\Microsoft VS Code\\Code.exe');
      const shell = s.starts(CMD, { parent: code, commandLine: `"${CMD}" /k` });
      const npm = s.starts(NODE, { parent: shell, commandLine: `"${NODE}" npm-cli.js install` });
      for (let i = 0; i < 300; i++) s.writes(npm, `C:\\src\\app\\node_modules\\icons\\svg\\icon-${i}.svg`);
      s.starts(CMD, { parent: npm, commandLine: `"${CMD}" /d /s /c husky` });
      s.resolves(npm, 'packages.vendor.example', ['192.0.2.80']);
      s.connects(npm, '192.0.2.80', 443);
      return { why: 'a package tree, no mark, no browser and no mail' };
    },
  },
  {
    id: 'svg-benign-b4-icon-pack',
    title: 'B4: an icon pack unpacked, one icon looked at, and an unrelated task of the system',
    tell(s) {
      const edge = s.starts(EDGE);
      const zip = `${homeOf(s)}\\Downloads\\icons-pack.zip`;
      saves(s, edge, zip, {
        hostUrl: 'https://icons.example/icons-pack.zip',
        referrerUrl: 'https://icons.example/',
      });
      s.after('1m');
      const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe', {
        commandLine: `"C:\\Program Files\\7-Zip\\7zG.exe" x "${zip}" -o"${homeOf(s)}\\Downloads\\icons-pack\\"`,
      });
      for (let i = 0; i < 300; i++) s.writes(archiver, `${homeOf(s)}\\Downloads\\icons-pack\\icon-${i}.svg`);
      s.after('20s');
      s.starts(EDGE, {
        commandLine: `"${EDGE}" --single-argument ${homeOf(s)}\\Downloads\\icons-pack\\icon-7.svg`,
      });
      s.connects(edge, '198.51.100.91', 443);
      s.after('20m');
      s.starts(WSCRIPT, {
        parent: s.svchost,
        user: SYSTEM,
        commandLine: `${WSCRIPT} ${SYSTEM32}\\gatherNetworkInfo.vbs`,
      });
      return { why: 'another user, another session, twenty minutes later' };
    },
  },
  {
    id: 'svg-benign-icon-pack-shell',
    title: 'an icon pack unpacked, then a shell from the Start menu',
    tell(s) {
      const zip = `${homeOf(s)}\\Downloads\\icons.zip`;
      const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` });
      for (let i = 0; i < 30; i++) s.writes(archiver, `${homeOf(s)}\\Pictures\\icons\\icon-${i}.svg`);
      s.after('5s');
      s.starts(CMD);
      return { why: 'a shell with no file behind it' };
    },
  },
  {
    id: 'svg-benign-signature-image',
    title: 'the picture of a mail signature in Outlook',
    tell(s) {
      const outlook = s.starts(OUTLOOK);
      s.after('20s');
      saves(s, outlook, `${mailCacheOf(s)}\\image001.svg`);
      return { why: 'an inline image that nobody opened' };
    },
  },
  {
    id: 'svg-benign-intranet',
    title: 'an SVG of the intranet, opened in Edge, then the intranet itself',
    tell(s) {
      const edge = s.starts(EDGE);
      const svg = `${homeOf(s)}\\Downloads\\floorplan.svg`;
      saves(s, edge, svg, { hostUrl: 'https://portal.corp.example/plans/floorplan.svg' });
      s.after('20s');
      s.starts(EDGE, { commandLine: `"${EDGE}" --single-argument ${svg}` });
      s.resolves(edge, 'portal.corp.example', ['10.20.1.15']);
      s.connects(edge, '10.20.1.15', 443, { domain: 'portal.corp.example' });
      return { why: 'a destination with nothing unusual' };
    },
  },
];
