import type { Micros } from '../base/time';
import {
  type DecoyTeller,
  tellAdminShell,
  tellIconPack,
  tellInstaller,
  tellManagedHta,
  tellPackageInstall,
  tellPrinterDriver,
  tellPrinting,
  tellSignatureImage,
  tellSvgViewed,
} from './chains/decoys';
import { tellMacroDocument } from './chains/macroDocument';
import { tellMshtaAlone, tellMshtaPaste } from './chains/mshtaPaste';
import { tellSvgSmuggling } from './chains/svgSmuggling';
import type { Day } from './day';
import { type Machine, THIN_TELEMETRY } from './machine';
import type { Desk } from './noise/desk';
import { createRandom } from './random';
import type { Decoy, PlantedChain } from './truth';

/** What is played on a day besides the noise, and when. */
export type Scene = {
  /** `hh:mm:ss`, UTC. */
  readonly time: string;
  readonly play: (day: Day, desk: Desk, at: Micros) => Played;
};

export type Played = { readonly chains: readonly PlantedChain[]; readonly decoys: readonly Decoy[] };

/** The scenes of the shipped sample, by host: one campaign that reaches three people in three ways. */
export function samplePlan(machine: Machine): readonly Scene[] {
  switch (machine.role) {
    case 'finance':
      return [
        { time: '09:20:14', play: lookAlike(tellSignatureImage) },
        { time: '10:05:40', play: lookAlike(tellPrinting) },
        { time: '11:10:03', play: lookAlike(tellSvgViewed) },
        { time: '13:10:27', play: lookAlike(tellInstaller) },
        { time: '14:12:31.702', play: chain(tellSvgSmuggling) },
        { time: '15:32:09', play: chain((day, desk, at) => tellMshtaAlone(day, desk, at, true)) },
        { time: '16:40:55', play: lookAlike(tellManagedHta) },
      ];
    case 'engineering':
      return [
        { time: '09:15:20', play: lookAlike(tellPackageInstall) },
        { time: '10:41:07.350', play: chain(tellMshtaPaste) },
        { time: '11:40:18', play: lookAlike(tellIconPack) },
        { time: '13:05:44', play: lookAlike(tellAdminShell) },
        { time: '14:55:12.080', play: chain((day, desk, at) => tellMacroDocument(day, desk, at, true)) },
        { time: '16:30:00', play: lookAlike(tellPrinterDriver) },
      ];
    case 'people':
      return [
        { time: '09:25:33', play: lookAlike(tellSignatureImage) },
        { time: '09:52:48', play: chain((day, desk, at) => tellMshtaAlone(day, desk, at, false)) },
        { time: '10:35:10', play: lookAlike(tellPrinterDriver) },
        { time: '11:20:29', play: lookAlike(tellSvgViewed) },
        { time: '13:47:21.400', play: chain((day, desk, at) => tellMacroDocument(day, desk, at, false)) },
        { time: '15:05:00', play: lookAlike(tellPrinting) },
      ];
  }
}

/**
 * Scenes for one host-day of a fleet. Every day has two look-alikes; one day in `chainEvery` (counted over
 * hosts and days) has a chain, of a kind that the machine's telemetry can at least begin to see.
 */
export function fleetPlan(
  machine: Machine,
  seed: string,
  ordinal: number,
  chainEvery: number,
): readonly Scene[] {
  const random = createRandom(`${seed}/plan/${machine.host}/${ordinal}`);
  const thin = machine.telemetry === THIN_TELEMETRY;
  const minute = (hour: number): string =>
    `${String(hour).padStart(2, '0')}:${String(random.int(10, 49)).padStart(2, '0')}:${String(random.int(10, 59))}.${random.int(100, 999)}`;
  const scenes: Scene[] = [
    { time: minute(9), play: lookAlike(random.pick(MORNING_LOOK_ALIKES)) },
    {
      time: minute(11),
      play: lookAlike(
        random.pick(machine.role === 'engineering' ? DEVELOPER_LOOK_ALIKES : OFFICE_LOOK_ALIKES),
      ),
    },
  ];
  if (ordinal % chainEvery !== 0) return scenes;
  const kind = Math.floor(ordinal / chainEvery) % 3;
  if (thin)
    scenes.push({
      time: minute(14),
      play: chain((day, desk, at) => tellMacroDocument(day, desk, at, false)),
    });
  else if (kind === 0) scenes.push({ time: minute(14), play: chain(tellSvgSmuggling) });
  else if (kind === 1) scenes.push({ time: minute(14), play: chain(tellMshtaPaste) });
  else
    scenes.push({ time: minute(14), play: chain((day, desk, at) => tellMacroDocument(day, desk, at, true)) });
  return scenes;
}

const MORNING_LOOK_ALIKES = [tellSignatureImage, tellPrinting, tellManagedHta, tellPrinterDriver] as const;
const OFFICE_LOOK_ALIKES = [tellSvgViewed, tellInstaller, tellIconPack] as const;
const DEVELOPER_LOOK_ALIKES = [tellPackageInstall, tellAdminShell, tellIconPack] as const;

function chain(tell: (day: Day, desk: Desk, at: Micros) => readonly PlantedChain[]): Scene['play'] {
  return (day, desk, at) => ({ chains: tell(day, desk, at), decoys: [] });
}

function lookAlike(tell: DecoyTeller): Scene['play'] {
  return (day, desk, at) => ({ chains: [], decoys: [tell(day, desk, at)] });
}
