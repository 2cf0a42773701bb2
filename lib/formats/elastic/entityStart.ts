import { type Micros, micros } from '../../base/time';

/**
 * When a process started, out of Elastic Defend's id of it. Until 8.x the id is base64 of agent, pid and start:
 * `4c9c9cb3-…-7f21-2772-13293571988.657898600`, the start in seconds of Windows' epoch (1601). It is the only
 * place where a process that was running already, or a parent, has its start. Later ids are digests: undefined.
 */
export function startOfEntity(entity: string | undefined): Micros | undefined {
  if (entity === undefined || entity.length < 56 || entity.length > 120 || !BASE64.test(entity))
    return undefined;
  let text: string;
  try {
    text = atob(entity);
  } catch {
    // Of the length and the letters of base64, and still none: an id of another kind.
    return undefined;
  }
  const m = TOLD.exec(text);
  if (m === null) return undefined;
  const time = (Number(m[1]) - WINDOWS_EPOCH) * 1_000_000 + Number((m[2] ?? '').padEnd(6, '0').slice(0, 6));
  return time > 0 ? micros(time) : undefined;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const TOLD = /-\d{1,10}-(\d{11})\.(\d{1,9})$/;

/** Seconds from 1601 to 1970. */
const WINDOWS_EPOCH = 11_644_473_600;
