import { type Day, later } from '../day';
import { CMD, type Desk } from './desk';

/** What the role adds: a developer's tools, a designer's drawings, an accountant's booking program. */
export function tellCraft(day: Day, desk: Desk): void {
  if (day.machine.role === 'engineering') tellDevelopment(day, desk);
  else tellBookkeeping(day, desk);
  tellDrawing(day, desk);
}

const CODE = 'C:\\Program Files\\Microsoft VS Code\\Code.exe';
const GIT = 'C:\\Program Files\\Git\\cmd\\git.exe';

function tellDevelopment(day: Day, desk: Desk): void {
  const { sensor, random } = day;
  const opened = day.at('08:40:12.500');
  const code = sensor.starts(opened, CODE, { parent: desk.explorer, company: 'Editor Project' });
  for (const at of day.times('git', 55, 8.8, 17.6)) {
    const git = sensor.starts(at, GIT, {
      parent: code,
      commandLine: `"${GIT}" status -z -uall`,
      company: 'The Git Development Community',
    });
    sensor.writes(later(at, 60), git, `C:\\src\\gauge\\.git\\index.lock`);
    sensor.deletes(later(at, 90), git, `C:\\src\\gauge\\.git\\index.lock`);
    sensor.ends(later(at, 180), git);
  }
  for (const at of day.times('builds', 12, 9, 17.4)) {
    const shell = sensor.starts(at, CMD, { parent: code, commandLine: `${CMD} /d /c build.cmd` });
    for (let i = 0; i < 8; i++)
      sensor.writes(later(at, 900 + i * 130), shell, `C:\\src\\gauge\\dist\\chunk-${random.hex(6)}.js`);
    sensor.ends(later(at, 4000), shell);
  }
}

function tellBookkeeping(day: Day, desk: Desk): void {
  const { sensor, random } = day;
  const image = 'C:\\Program Files\\Folio\\folio.exe';
  const folio = sensor.starts(day.at('08:22:40.100'), image, {
    parent: desk.explorer,
    company: 'Folio Software AB',
  });
  for (const at of day.times('bookings', 110, 8.5, 17.6)) {
    sensor.connects(at, folio, '10.20.1.60', 1433);
    sensor.writes(
      later(at, 90),
      folio,
      `${day.machine.home}\\AppData\\Local\\Folio\\cache\\${random.hex(10)}.dat`,
    );
  }
}

/** Somebody draws: the program writes its own .svg, with no mark and nobody opening it. */
function tellDrawing(day: Day, desk: Desk): void {
  const { sensor, random, machine } = day;
  const image =
    machine.role === 'people'
      ? 'C:\\Program Files\\Adobe\\Adobe Illustrator 2025\\Support Files\\Contents\\Windows\\Illustrator.exe'
      : 'C:\\Program Files\\Inkscape\\bin\\inkscape.exe';
  for (const at of day.times('drawings', 3, 9, 17)) {
    const path = `${machine.home}\\Documents\\logo_v${random.int(1, 40)}.svg`;
    const program = sensor.starts(at, image, {
      parent: desk.explorer,
      commandLine: `"${image}" "${path}"`,
      company: 'Design tools',
    });
    sensor.writes(later(at, 95_000), program, path);
    sensor.ends(later(at, 300_000), program);
  }
}
