/** Channel of a table, of the device timeline, of alerts: each can be exported without the others. */
export function channelOf(stream: string): string {
  return `Microsoft Defender XDR/${stream}`;
}

/** Where alerts stand, whichever interface they came from. */
export const ALERTS = channelOf('Alerts');
