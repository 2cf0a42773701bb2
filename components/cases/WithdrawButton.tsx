'use client';

import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';

/** Withdraws something of a case once it was asked whether that is meant. */
export function WithdrawButton(props: {
  /** The question. */
  title: string;
  /** What is withdrawn, by its name. */
  what: string;
  /** What becomes of it. */
  about: string;
  disabled?: boolean;
  onWithdraw: () => void;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" variant="quiet" disabled={props.disabled} onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={props.title}
        description={props.about}
        width="sm"
        footer={
          <>
            <Button data-autofocus onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                props.onWithdraw();
              }}
            >
              Withdraw
            </Button>
          </>
        }
      >
        <p className="px-5 py-4 [overflow-wrap:anywhere]">
          <HostileText text={props.what} />
        </p>
      </Dialog>
    </>
  );
}
