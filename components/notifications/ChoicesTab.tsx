'use client';

import { useQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Td, Th } from '@/components/ui/Table';
import type { ChoicesView, ChoiceView } from '@/lib/contracts/notifications';
import { choicesQuery, useChoose } from './queries';

/** By which ways one wants to be told of what; each press is saved at once. A tab of the account. */
export function ChoicesTab() {
  const choices = useQuery(choicesQuery);
  if (choices.error && !choices.data)
    return (
      <ProblemNote
        error={choices.error}
        what="Your choices could not be read"
        onRetry={() => void choices.refetch()}
      />
    );
  if (!choices.data)
    return (
      <SkeletonRegion label="Reading your choices" className="space-y-4 p-5">
        <Skeleton className="w-1/2" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </SkeletonRegion>
    );
  return <Choices view={choices.data} />;
}

function Choices({ view }: { view: ChoicesView }) {
  const choose = useChoose();
  const toggle = (item: ChoiceView, channel: 'app' | 'mail', on: boolean) =>
    choose.mutate({
      kind: item.kind,
      channels: on ? [...item.channels, channel] : item.channels.filter((one) => one !== channel),
    });
  const noMail = mailRefusal(view);
  return (
    <div className="max-w-[760px] px-5 py-6">
      <p className="text-text-2">
        You are never told of what you did yourself, nor twice of the same thing while it is unread.{' '}
        {noMail ?? (
          <>
            Mail goes to <HostileText text={view.address ?? ''} />.
          </>
        )}
      </p>
      {choose.error ? (
        <div className="mt-3">
          <ProblemNote compact error={choose.error} what="Your choice was not saved" />
        </div>
      ) : null}
      <Table caption="By which ways you are told of what" className="mt-4">
        <thead>
          <tr>
            <Th>Of what</Th>
            <Th className="w-28 text-center">In Sequela</Th>
            <Th className="w-28 text-center">By mail</Th>
          </tr>
        </thead>
        <tbody>
          {view.items.map((item) => (
            <tr key={item.kind}>
              <Td>{item.title}</Td>
              <Way
                label={`${item.title}: in Sequela`}
                on={item.channels.includes('app')}
                onChange={(on) => toggle(item, 'app', on)}
              />
              <Way
                label={`${item.title}: by mail`}
                on={item.channels.includes('mail')}
                refusal={noMail}
                onChange={(on) => toggle(item, 'mail', on)}
              />
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 text-12 text-text-3" role="status">
        {choose.isPending ? 'Saving' : choose.isSuccess ? 'Saved' : 'Each choice is saved at once.'}
      </p>
    </div>
  );
}

function Way(props: {
  label: string;
  on: boolean;
  refusal?: string | null;
  onChange: (on: boolean) => void;
}) {
  const refused = props.refusal ?? null;
  return (
    <Td className="text-center">
      <label className="inline-flex size-6 items-center justify-center" title={refused ?? undefined}>
        <input
          type="checkbox"
          aria-label={props.label}
          checked={props.on}
          disabled={refused !== null}
          onChange={(event) => props.onChange(event.target.checked)}
          className="size-4 accent-(--accent)"
        />
      </label>
    </Td>
  );
}

/** Why mail cannot be chosen; null when it can. */
function mailRefusal(view: ChoicesView): string | null {
  if (!view.mail) return 'This server sends no mail: its administrator has not set a mail server.';
  return view.address === null ? 'There is no address to send mail to.' : null;
}
