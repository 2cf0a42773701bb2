import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import { fileTime } from '../vendorValues';

/** What a process guid says of its process besides being its id. */
export type ProcessGuid = {
  /** The guid, lower case, without the segment a console's list adds; unique per machine. */
  readonly entityId: EntityId;
  /** Absent in old numeric guids, which say nothing, and for pid 0. */
  readonly pid?: number;
  readonly start?: Micros;
  /** Number of the sensor (EDR) or device (Cloud), decimal. */
  readonly deviceId?: string;
};

/** `sssssssss-pppp-pppp-tttt-tttttttttttt[-segment]`: sensor, pid, FILETIME of its start, all hexadecimal. */
const EDR = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})(?:-[0-9a-f]{8,16})?$/;

/** `ORGKEY-dddddddd-pppppppp-00000000-ttttttttttttttt`: device, pid, FILETIME of its start, hexadecimal. */
const CLOUD = /^([a-z0-9]{3,24})-([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{1,16})$/;

/** Reads a process guid of Carbon Black EDR; other text is taken as an id that says nothing. */
export function edrGuid(text: string | undefined): ProcessGuid | undefined {
  const guid = normal(text);
  if (guid === undefined) return undefined;
  const match = EDR.exec(guid);
  if (match === null) return { entityId: guid as EntityId };
  const [, sensor = '', high = '', low = '', early = '', late = ''] = match;
  return described(guid.slice(0, 36), sensor, high + low, early + late);
}

/** Reads a process guid of Carbon Black Cloud. A guid of pid 0 stands for no process: undefined. */
export function cloudGuid(text: string | undefined): ProcessGuid | undefined {
  const guid = normal(text);
  if (guid === undefined) return undefined;
  const match = CLOUD.exec(guid);
  if (match === null) return { entityId: guid as EntityId };
  const [, , device = '', pid = '', , start = ''] = match;
  return Number.parseInt(pid, 16) === 0 ? undefined : described(guid, device, pid, start);
}

function normal(text: string | undefined): string | undefined {
  const guid = text?.trim().toLowerCase().slice(0, 100);
  return guid === undefined || guid === '' || /^[0-]+$/.test(guid) ? undefined : guid;
}

function described(id: string, device: string, pid: string, start: string): ProcessGuid {
  const number = Number.parseInt(pid, 16);
  const time = fileTime(BigInt(`0x${start}`).toString());
  return {
    entityId: id as EntityId,
    deviceId: String(Number.parseInt(device, 16)),
    ...(number > 0 ? { pid: number } : {}),
    ...(time === undefined ? {} : { start: time }),
  };
}
