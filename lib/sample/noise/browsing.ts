import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Desk, startBrowserChild } from './desk';

/** A person on the web: pages, their caches, and now and then a download. */
export function tellBrowsing(day: Day, desk: Desk): void {
  for (const at of day.times('pages', 75, 8.3, 17.8)) visitPage(day, desk, at);
  for (const at of day.times('downloads', 7, 8.6, 17.4)) downloadDocument(day, desk, at);
}

function visitPage(day: Day, desk: Desk, at: Micros): void {
  const { sensor, random } = day;
  const site = random.int(0, SITES.length - 1);
  const tab = startBrowserChild(
    day,
    at,
    desk.edge,
    `--type=renderer --lang=en-GB --renderer-client-id=${random.int(7, 400)}`,
  );
  for (let i = 0; i <= random.int(2, 5); i++) {
    const name = i === 0 ? SITES[site] : SITES[(site + i * 7) % SITES.length];
    const address = `192.0.2.${60 + ((site + i * 7) % 90)}`;
    sensor.resolves(later(at, 150 + i * 210), desk.edgeNetwork, name ?? 'news.example', address);
    sensor.connects(later(at, 190 + i * 210), desk.edgeNetwork, address, 443);
  }
  const cache = `${day.machine.home}\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache\\Cache_Data`;
  for (let i = 0; i <= random.int(1, 4); i++)
    sensor.writes(later(at, 900 + i * 40), desk.edge, `${cache}\\f_00${random.hex(4)}`);
  // Old-style cache names keep the extension: an .svg that nobody saved.
  if (random.chance(0.15))
    sensor.writes(later(at, 1200), desk.edge, `${cache}\\icon[${random.int(1, 4)}].svg`);
  sensor.ends(later(at, random.int(20_000, 400_000)), tab);
}

/** A document downloaded as Chromium does it: temporary name, then the final one (no rename in Sysmon), then its mark. */
function downloadDocument(day: Day, desk: Desk, at: Micros): void {
  const { sensor, random, machine } = day;
  const site = random.pick(SITES);
  const name = `${random.pick(['timetable', 'price-list', 'minutes', 'brochure', 'handbook'])}-${random.hex(4)}.pdf`;
  const path = `${machine.home}\\Downloads\\${name}`;
  sensor.writes(
    at,
    desk.edge,
    `${machine.home}\\Downloads\\Unconfirmed ${random.int(100_000, 999_999)}.crdownload`,
  );
  sensor.writes(later(at, 700), desk.edge, path);
  // The stream is filled step by step, each step with a record of its own.
  sensor.marks(later(at, 705), desk.edge, path);
  sensor.marks(later(at, 709), desk.edge, path, {
    host: `https://${site}/files/${name}`,
    referrer: `https://${site}/`,
  });
}

const SITES = [
  'intranet.corp.example',
  'news.example',
  'weather.example',
  'portal.bank.example',
  'rail.example',
  'maps.example',
  'wiki.example',
  'supplier-one.example',
  'cdn.news.example',
  'fonts.vendor.example',
  'static.rail.example',
  'forum.example',
  'tax.agency.example',
  'conference.example',
  'images.maps.example',
  'lunch.example',
] as const;
