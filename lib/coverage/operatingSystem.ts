import type { EndpointEvent } from '../events/endpointEvent';

export const OPERATING_SYSTEMS = ['windows', 'linux', 'macos'] as const;
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** Shapes of program paths. What stands on macOS alone comes before what it shares with Linux. */
const SHAPES: readonly { readonly os: OperatingSystem; readonly path: RegExp }[] = [
  { os: 'windows', path: /^(?:[a-z]:|\\)/i },
  { os: 'macos', path: /^\/(?:Applications|Library|System|Users|Volumes|private|opt\/homebrew)\// },
  {
    os: 'linux',
    path: /^\/(?:usr|bin|sbin|lib|lib64|opt|etc|home|root|run|snap|tmp|var|proc|dev|srv|mnt)\//,
  },
];

/** On macOS most programs stand where Linux has them too: this share of its own ones tells. */
const MACOS_SHARE = 0.05;

/**
 * Which system a host runs, as the paths of its programs tell: most of the processes that started, or, where none
 * tells, of all events that name a program. Undefined when none does.
 */
export function operatingSystemOf(events: Iterable<EndpointEvent>): OperatingSystem | undefined {
  const [started, any] = [createCount(), createCount()];
  for (const event of events) {
    const os = systemOfPath(event['process.executable']);
    if (os === undefined) continue;
    any.add(os);
    if (event.kind === 'process_start') started.add(os);
  }
  return started.most() ?? any.most();
}

function systemOfPath(path: string | undefined): OperatingSystem | undefined {
  return path === undefined ? undefined : SHAPES.find((shape) => shape.path.test(path))?.os;
}

type Count = {
  readonly add: (os: OperatingSystem) => void;
  readonly most: () => OperatingSystem | undefined;
};

function createCount(): Count {
  const counts: Record<OperatingSystem, number> = { windows: 0, linux: 0, macos: 0 };
  return {
    add: (os) => {
      counts[os]++;
    },
    most() {
      const unix = counts.linux + counts.macos;
      if (unix + counts.windows === 0) return undefined;
      if (counts.windows >= unix) return 'windows';
      return counts.macos >= MACOS_SHARE * unix ? 'macos' : 'linux';
    },
  };
}
