import type { EndpointEvent } from '../events/endpointEvent';

/** The image of what starts first when Windows does, as a regular expression; case does not matter. */
export const BOOT_IMAGE = String.raw`(?:^|[\\/])(?:smss|wininit)\.exe$`;

const IMAGE = new RegExp(BOOT_IMAGE, 'i');

/** Whether an event is a start of the machine. */
export function isBoot(event: EndpointEvent): boolean {
  return event.kind === 'process_start' && IMAGE.test(event['process.executable'] ?? '');
}
