import type { Actor } from '../access/can';
import {
  CHANNELS,
  CHOOSABLE_KINDS,
  type Channel,
  type ChoicesView,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from '../contracts/notifications';
import { addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import { mailIsSet } from '../storage/deliveries';
import { addressOf, readChoices, saveChoices } from '../storage/notifications';

/** By which ways a person is told of each kind: their choice, else the kind's own ways. */
export async function readOwnChoices(person: string): Promise<ChoicesView> {
  const [chosen, address] = await Promise.all([readChoices(person), addressOf(person)]);
  return {
    items: CHOOSABLE_KINDS.map((kind) => {
      const { title, channels } = NOTIFICATION_KINDS[kind];
      const own = chosen.get(kind);
      return { kind, title, channels: inOrder(own ?? channels), usual: own === undefined };
    }),
    mail: mailIsSet(),
    address,
  };
}

/** Keeps a person's choice for some kinds. */
export async function chooseChannels(
  actor: Actor,
  choices: readonly { readonly kind: NotificationKind; readonly channels: readonly Channel[] }[],
): Promise<ChoicesView> {
  // The last word on a kind counts.
  const byKind = new Map(choices.map(({ kind, channels }) => [kind, inOrder(channels)]));
  await transaction(async (connection) => {
    await saveChoices(
      connection,
      actor.name,
      [...byKind].map(([kind, channels]) => ({ kind, channels })),
    );
    await addAudit(connection, {
      by: actor.name,
      action: 'notifications.chosen',
      subject: `person:${actor.name}`,
      details: Object.fromEntries([...byKind].map(([kind, channels]) => [kind, channels.join(', ')])),
    });
  });
  return readOwnChoices(actor.name);
}

/** Ways in the order of screens, each once; ways this version does not know are left out. */
function inOrder(channels: readonly string[]): Channel[] {
  return CHANNELS.filter((channel) => channels.includes(channel));
}
