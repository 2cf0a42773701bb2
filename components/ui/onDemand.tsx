'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { fetchAhead } from './fetchAhead';
import { useToast } from './Toast';

type Draw<P> = (props: P) => ReactNode;
type Load<P> = () => Promise<Draw<P>>;

/** Keeps what `load` gave, and has it fetched ahead; after a failure it is asked for again. */
function keeping<P>(load: Load<P>): { get: () => Draw<P> | null; fetch: Load<P> } {
  let kept: Draw<P> | null = null;
  const fetch = async () => {
    kept ??= await load();
    return kept;
  };
  fetchAhead(fetch);
  return { get: () => kept, fetch };
}

/**
 * A dialog or menu whose code is not part of the page: it is fetched ahead, or at the latest by mounting it. Until it
 * is there, keys go to nothing, so that none meant for it does something on the page; when it cannot be had, a toast
 * says so and `onFailed` is to unmount it, so that it can be tried again.
 */
export function onDemand<P extends object>(load: Load<P>, onFailed: (props: P) => void): Draw<P> {
  const { get, fetch } = keeping(load);

  return function OnDemand(props: P) {
    const [Body, setBody] = useState(get);
    const wait = useRef<HTMLDivElement>(null);
    const before = useRef<Element>(null);
    const latest = useRef(props);
    const toast = useToast();
    useEffect(() => {
      latest.current = props;
    });
    useEffect(() => {
      if (Body) return;
      let left = false;
      before.current ??= document.activeElement;
      wait.current?.focus({ preventScroll: true });
      // Before the dialog comes, so that it finds focus where the analyst left it.
      const giveBack = () => {
        if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
      };
      fetch().then(
        (body) => {
          if (left) return;
          giveBack();
          setBody(() => body);
        },
        () => {
          if (left) return;
          giveBack();
          toast.show({ text: NOT_SENT, tone: 'danger' });
          onFailed(latest.current);
        },
      );
      return () => {
        left = true;
      };
    }, [Body, toast]);
    return Body ? (
      <Body {...props} />
    ) : (
      <div
        ref={wait}
        role="status"
        aria-label="Opening"
        tabIndex={-1}
        onKeyDown={(event) => event.stopPropagation()}
        className="sr-only"
      />
    );
  };
}

/**
 * A part of a page that is seldom drawn, with `meanwhile` in its place until its code is there. Unlike `next/dynamic`
 * it costs no code of its own, and when it cannot be had a toast says so and the page stays.
 */
export function drawnLater<P extends object>(load: Load<P>, meanwhile: () => ReactNode): Draw<P> {
  const { get, fetch } = keeping(load);

  return function DrawnLater(props: P) {
    const [Body, setBody] = useState(get);
    const toast = useToast();
    useEffect(() => {
      if (Body) return;
      let left = false;
      fetch().then(
        (body) => {
          if (!left) setBody(() => body);
        },
        () => {
          if (!left) toast.show({ text: NOT_SENT, tone: 'danger' });
        },
      );
      return () => {
        left = true;
      };
    }, [Body, toast]);
    return Body ? <Body {...props} /> : meanwhile();
  };
}

const NOT_SENT =
  'A part of this page could not be opened: the server did not send its code. Reload the page.';
