import type { Logsource } from '../rule';
import { CATEGORIES } from './categories';
import { CHANNELS_OF_SERVICE } from './services';

/**
 * Whether no format of ours reads records of the log source: another product than Windows, a category that is no
 * endpoint's (web server, proxy, firewall), a service whose channel nobody knows.
 */
export function isForeign({ product, category, service }: Logsource): boolean {
  if (product !== undefined && product !== 'windows') return true;
  if (category !== undefined && !CATEGORIES.has(category)) return true;
  // A service may also be a channel by its own name.
  if (service !== undefined && !CHANNELS_OF_SERVICE.has(service) && !service.includes('/')) return true;
  return product === undefined && category === undefined && service === undefined;
}

/** The log source in a few words: `windows/process_creation`. */
export function logsourceText({ product, category, service }: Logsource): string {
  const parts = [product, category, service].filter((part) => part !== undefined);
  return parts.length === 0 ? 'any' : parts.join('/');
}
