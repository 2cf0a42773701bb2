import { rolesWith } from '../access/can';
import { formatMicros, MICROS_PER_DAY, micros } from '../base/time';
import { transaction } from '../storage/client';
import { untoldSilences } from '../storage/notificationCauses';
import { demoHandle, handlesOfRoles, notify } from '../storage/notifications';
import { loadCoverageFacts } from './coverage/coverageFacts';
import { findQuietHosts, type QuietHost } from './coverage/quietHosts';

/** A silence that began longer ago is no news: an old recording that is imported today ends long ago too. */
const NEWS_DAYS = 7;
/** Hosts that are told of at once; the next time tells of further ones. */
const MOST_AT_ONCE = 100;
/** Who is told where nobody signs in: webhooks are told all the same. */
const SYSTEM = 'sequela';

/**
 * Tells those who keep coverage, and webhooks, of hosts that went quiet, as the coverage page lists them for its own
 * period: each silence once, and only one that began within seven days before `now`. Returns how many hosts.
 */
export async function notifyQuietHosts(now: Date): Promise<number> {
  const since = now.getTime() * 1000 - NEWS_DAYS * MICROS_PER_DAY;
  const quiet = await findQuietHosts(await loadCoverageFacts({}, now));
  const news = quiet.filter(({ host }) => host.seenTo > since);
  if (news.length === 0) return 0;
  const untold = await untoldSilences(news.map(subjectOf));
  const told = news.filter((one) => untold.has(subjectOf(one))).slice(0, MOST_AT_ONCE);
  if (told.length === 0) return 0;
  await transaction(async (connection) => {
    const keepers = await handlesOfRoles(connection, rolesWith('coverage.manage'));
    const people = keepers.length > 0 ? keepers : [demoHandle() ?? SYSTEM];
    await notify(
      connection,
      told.flatMap((one) =>
        people.map((person) => ({
          person,
          kind: 'host.quiet' as const,
          subject: subjectOf(one),
          by: null,
          text: sentenceOf(one),
          link: `/hosts/${one.host.id}`,
        })),
      ),
    );
  });
  return told.length;
}

/** One silence of one host: it begins anew once the host reported again. */
function subjectOf({ host }: QuietHost): string {
  return `host:${host.id}:${formatMicros(micros(host.seenTo))}`;
}

function sentenceOf({ host, usualHours }: QuietHost): string {
  const minute = formatMicros(micros(host.seenTo)).slice(0, 16).replace('T', ' ');
  const usual =
    usualHours === 0
      ? 'for a whole hour'
      : `for more than ${usualHours} whole ${usualHours === 1 ? 'hour' : 'hours'}`;
  return `${host.name} went quiet: nothing came from it since ${minute} UTC. Before, it was never silent ${usual}.`;
}
