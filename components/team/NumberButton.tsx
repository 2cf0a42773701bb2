'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import type { MetricList } from '@/lib/contracts/metrics';
import type { OpenList } from './teamProps';
import type { ListPart, TeamUrl } from './teamUrl';
import { LIST_TITLE } from './teamWords';

/** A number that opens the list behind it; where nothing was counted there is none, and it is only told. */
export function NumberButton(props: {
  list: MetricList;
  part?: ListPart;
  /** What the number is of, for who only hears it: `High`. */
  about?: string | undefined;
  empty?: boolean;
  url: TeamUrl;
  open: OpenList;
  className?: string;
  children: ReactNode;
}) {
  const { list, part = {}, about, empty = false, url, open } = props;
  if (empty)
    return (
      <span className={clsx('inline-block min-h-6 content-center text-text-3', props.className)}>
        {props.children}
      </span>
    );
  const shown =
    url.list === list &&
    (['ofSeverity', 'ofAnalytic', 'week', 'age'] as const).every((key) => url[key] === (part[key] ?? null));
  return (
    <button
      type="button"
      aria-expanded={shown}
      className={clsx(
        'num min-h-6 whitespace-nowrap underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-accent',
        shown && 'text-accent decoration-accent',
        props.className,
      )}
      onClick={() => open(list, part)}
    >
      {props.children}
      <span className="sr-only">
        , {LIST_TITLE[list]}
        {about === undefined ? null : (
          <>
            {', '}
            <HostileText text={about} />
          </>
        )}
        : the list
      </span>
    </button>
  );
}
