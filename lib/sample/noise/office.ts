import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Desk, EXCEL, openInBrowser, startBrowserChild, WINWORD } from './desk';

export const MAIL_CACHE = 'AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7QX1M3ZB';

/** Mail, chat and documents. */
export function tellOffice(day: Day, desk: Desk): void {
  const { sensor, random } = day;
  for (const at of day.times('mail sync', 70, 8.2, 17.9)) {
    sensor.resolves(at, desk.outlook, 'mail.corp.example', '10.20.1.40');
    sensor.connects(later(at, 40), desk.outlook, '10.20.1.40', 443);
  }
  for (const at of day.times('chat', 60, 8.2, 17.9)) {
    sensor.resolves(
      at,
      desk.teams,
      `${random.pick(['chat', 'presence', 'media'])}.vendor.example`,
      '192.0.2.33',
    );
    sensor.connects(later(at, 60), desk.teams, '192.0.2.33', 443);
  }
  for (const at of day.times('attachments', 9, 8.4, 17.4)) openAttachment(day, desk, at);
  for (const at of day.times('documents', 14, 8.3, 17.6)) writeDocument(day, desk, at);
  for (const at of day.times('mail links', 6, 8.5, 17.3)) {
    const visitor = openInBrowser(
      day,
      at,
      desk.outlook,
      `https://intranet.corp.example/news/${random.int(100, 999)}`,
    );
    startBrowserChild(
      day,
      later(at, 300),
      desk.edge,
      `--type=renderer --renderer-client-id=${random.int(500, 900)}`,
    );
    sensor.loads(later(at, 90), visitor, ['C:\\Windows\\System32\\dwrite.dll']);
  }
}

/** A workbook from a mail: marked as mail attachments are (zone, no address), opened by Outlook, no macro. */
function openAttachment(day: Day, desk: Desk, at: Micros): void {
  const { sensor, random, machine } = day;
  const path = `${machine.home}\\${MAIL_CACHE}\\${random.pick(['Budget', 'Shift plan', 'Travel costs', 'Order list'])} ${random.hex(3)}.xlsx`;
  sensor.writes(at, desk.outlook, path);
  sensor.marks(later(at, 8), desk.outlook, path);
  const excel = sensor.starts(later(at, 1900), EXCEL, {
    parent: desk.outlook,
    commandLine: `"${EXCEL}" "${path}"`,
  });
  sensor.loads(later(at, 2300), excel, [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\MSO.DLL',
    'C:\\Windows\\System32\\winhttp.dll',
  ]);
  sensor.resolves(later(at, 3200), excel, 'office-config.vendor.example', '192.0.2.41');
  sensor.connects(later(at, 3300), excel, '192.0.2.41', 443);
  sensor.writes(
    later(at, 4000),
    excel,
    `${machine.home}\\AppData\\Local\\Microsoft\\Office\\16.0\\Floodgate\\Excel.json`,
  );
  sensor.ends(later(at, random.int(60_000, 900_000)), excel);
}

function writeDocument(day: Day, desk: Desk, at: Micros): void {
  const { sensor, random, machine } = day;
  const path = `${machine.home}\\Documents\\${random.pick(['Letter', 'Report', 'Notes', 'Offer'])} ${random.hex(3)}.docx`;
  const word = sensor.starts(at, WINWORD, {
    parent: desk.explorer,
    commandLine: `"${WINWORD}" /n "${path}"`,
  });
  sensor.loads(later(at, 350), word, [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\MSO.DLL',
    'C:\\Windows\\System32\\urlmon.dll',
  ]);
  sensor.writes(
    later(at, 900),
    word,
    `${machine.home}\\Documents\\~$${path.slice(path.lastIndexOf('\\') + 3)}`,
  );
  sensor.resolves(later(at, 1500), word, 'office-config.vendor.example', '192.0.2.41');
  sensor.connects(later(at, 1580), word, '192.0.2.41', 443);
  sensor.writes(later(at, 45_000), word, path);
  sensor.ends(later(at, random.int(90_000, 1_500_000)), word);
}
