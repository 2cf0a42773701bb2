'use client';

import { apiPath } from '@/components/shared/apiClient';
import { exportColumns } from '@/components/shared/query/eventColumns';
import { type EventOrder, type EventScope, scopeParams } from '@/components/shared/query/eventSearch';
import { Button } from '@/components/ui/Button';
import { Menu, MenuLabel, MenuLink } from '@/components/ui/Menu';

const FORMATS = [
  { format: 'csv', label: 'CSV, the columns shown', columns: true },
  { format: 'json', label: 'JSON, every field', columns: false },
  { format: 'ndjson', label: 'JSON lines, every field', columns: false },
] as const;

/** All that match as a file, streamed by the server; not only what was loaded. */
export function ExportMenu(props: {
  scope: EventScope;
  order: EventOrder;
  columns: readonly string[];
  total: number | undefined;
}) {
  const { scope, order, columns, total } = props;
  return (
    <Menu label="Export" align="end" trigger={<Button size="sm">Export</Button>}>
      <MenuLabel>
        {total === undefined
          ? 'All events that match'
          : `All ${total.toLocaleString('en')} events that match`}
      </MenuLabel>
      {FORMATS.map(({ format, label, columns: withColumns }) => (
        <MenuLink
          key={format}
          download
          href={apiPath('/events/export', {
            ...scopeParams(scope),
            order,
            format,
            ...(withColumns ? { columns: exportColumns(columns).join(',') } : {}),
          })}
        >
          {label}
        </MenuLink>
      ))}
    </Menu>
  );
}
