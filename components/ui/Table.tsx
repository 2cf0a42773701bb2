import { clsx } from 'clsx';
import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react';

/**
 * A plain table with hairlines; scrolls sideways in its own box when narrow. The box is positioned, or words for screen
 * readers in a far column, which are laid out absolutely, would widen the page.
 */
export function Table(props: { caption: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={clsx('relative overflow-x-auto', props.className)}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{props.caption}</caption>
        {props.children}
      </table>
    </div>
  );
}

export function Th({ className, children, ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return (
    <th scope="col" className={clsx('label whitespace-nowrap border-b py-1.5 pr-4', className)} {...rest}>
      {children}
    </th>
  );
}

export function Td({ className, children, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return (
    <td className={clsx('border-b py-1.5 pr-4 align-top', className)} {...rest}>
      {children}
    </td>
  );
}
