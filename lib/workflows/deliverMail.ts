import { createTransport } from 'nodemailer';
import { isNotificationKind, NOTIFICATION_KINDS } from '../contracts/notifications';
import type { MessageBody, StoredDelivery } from '../storage/deliveries';
import { Undeliverable } from './deliverAddress';
import { linkTo } from './deliverLink';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const SUBJECT_CHARACTERS = 120;

/** Sends a message by mail through SEQUELA_SMTP_URL. Throws where the mail server did not take it. */
export async function deliverMail(delivery: StoredDelivery): Promise<void> {
  const { SEQUELA_SMTP_URL: server, SEQUELA_MAIL_FROM: from } = process.env;
  if (!server || !from) throw new Undeliverable('SEQUELA_SMTP_URL and SEQUELA_MAIL_FROM are not set.');
  const to = delivery.address ?? '';
  if (!ONE_ADDRESS.test(to)) throw new Undeliverable('The address is not one mail can be sent to.');
  const transport = createTransport(
    {
      url: server,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      // A message is text of ours: nothing in it may make the server read a file or a page.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    {},
  );
  try {
    await transport.sendMail({
      from,
      // As an object: a comma or an angle bracket in it is not a second address.
      to: { name: '', address: to },
      ...mailOf(delivery.payload),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Sequela-Delivery': String(delivery.id) },
    });
  } finally {
    transport.close();
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const ONE_ADDRESS = /^[^\s,;:<>()[\]\\"@\u0000-\u001f\u007f]+@[^\s,;:<>()[\]\\"@\u0000-\u001f\u007f]+$/;

/** Subject and text of a mail. Text from telemetry is one line in which nothing is hidden and nothing becomes a link. */
export function mailOf(payload: MessageBody): { readonly subject: string; readonly text: string } {
  const text = plainLine(payload.text);
  const link = linkTo(payload.link);
  const title = isNotificationKind(payload.kind) ? NOTIFICATION_KINDS[payload.kind].title : payload.kind;
  return {
    subject: `Sequela: ${cut(text, SUBJECT_CHARACTERS)}`,
    text: [
      text,
      '',
      link ?? `In Sequela: ${plainLine(payload.link)}`,
      '',
      '-- ',
      footerOf(payload.kind, plainLine(title)),
      '',
    ].join('\n'),
  };
}

/** Why one has this mail, and where to change that. */
function footerOf(kind: string, title: string): string {
  if (kind === 'report.board')
    return `A schedule of reports names this address: ${linkTo('/coverage/reports') ?? '/coverage/reports in Sequela'}`;
  const choices = linkTo('/account');
  return `You are told of "${title}" by mail by your own choice${choices === null ? '.' : `: ${choices}`}`;
}

const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/gu;

/** Text as one line: what would not show or would mislead as `[U+202E]`, and no web address a mail program would open. */
export function plainLine(text: string): string {
  return text
    .replace(
      HIDDEN,
      (char) => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replaceAll('://', '[:]//');
}

function cut(text: string, characters: number): string {
  const points = [...text];
  return points.length > characters ? `${points.slice(0, characters - 1).join('')}…` : text;
}
