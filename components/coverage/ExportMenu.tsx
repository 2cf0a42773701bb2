'use client';

import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuRule } from '@/components/ui/Menu';
import { COVERAGE_TABLES, type CoverageQuery } from '@/lib/contracts/coverage';
import { exportHref, layerHref, reportHref } from './coverageUrl';

const TABLE_WORD: Record<(typeof COVERAGE_TABLES)[number], string> = {
  matrix: 'Matrix',
  weeks: 'Weeks',
  fixes: 'Fixes',
  hosts: 'Hosts',
  ledger: 'Visibility ledger',
  metrics: 'Team metrics',
  quiet: 'Quiet hosts',
  validation: 'Last validation, its cases',
  ablation: 'Last validation, worth of sources',
};

/** Everything of the page as a file, over the same days and hosts. */
export function ExportMenu({ query }: { query: CoverageQuery }) {
  return (
    <Menu label="Export" align="end" trigger={<Button size="sm">Export</Button>}>
      <MenuLink download href={reportHref(query)}>
        Board report, one page, PDF
      </MenuLink>
      <MenuItem onSelect={() => window.print()}>Print this page</MenuItem>
      <MenuRule />
      <MenuLabel>Layer for ATT&CK Navigator</MenuLabel>
      <MenuLink download href={layerHref(query, 'visible')}>
        What is visible
      </MenuLink>
      <MenuLink download href={layerHref(query, 'proven')}>
        What is proven
      </MenuLink>
      {(['csv', 'json'] as const).map((format) => (
        <Tables key={format} format={format} query={query} />
      ))}
    </Menu>
  );
}

function Tables({ format, query }: { format: 'csv' | 'json'; query: CoverageQuery }) {
  return (
    <>
      <MenuRule />
      <MenuLabel>Tables as {format.toUpperCase()}</MenuLabel>
      {COVERAGE_TABLES.map((table) => (
        <MenuLink key={table} download href={exportHref(query, table, format)}>
          {TABLE_WORD[table]}
        </MenuLink>
      ))}
    </>
  );
}
