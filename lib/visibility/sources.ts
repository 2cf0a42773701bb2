import { productOf, WINDOWS_EVENT_LOG } from '../events/product';

/** Sources within a machine's own event log that are switched on and set one by one. */
const WINDOWS_SOURCES: readonly { readonly source: string; readonly begins: readonly string[] }[] = [
  { source: 'Sysmon', begins: ['Microsoft-Windows-Sysmon/'] },
  { source: 'Windows Security', begins: ['Security'] },
  {
    source: 'PowerShell',
    begins: ['Microsoft-Windows-PowerShell/', 'Windows PowerShell', 'PowerShellCore/'],
  },
];

/**
 * What a person would switch on, set or buy to get a channel's events: Sysmon, the Security log, an EDR by its product
 * name; other channels of Windows are one source. What coverage is rolled up by, proven in and ablated by.
 */
export function sourceOf(channel: string): string {
  const product = productOf(channel);
  if (product !== WINDOWS_EVENT_LOG) return product;
  const known = WINDOWS_SOURCES.find(({ begins }) => begins.some((start) => channel.startsWith(start)));
  return known?.source ?? WINDOWS_EVENT_LOG;
}
