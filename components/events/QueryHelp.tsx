'use client';

import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Table, Td, Th } from '@/components/ui/Table';

const EXAMPLES: readonly { query: string; text: string }[] = [
  { query: 'process.name:mshta.exe', text: 'a field has a value, whatever the case' },
  { query: 'process.name:(mshta.exe or wscript.exe)', text: 'one of several values' },
  { query: 'process.command_line:*http*', text: '* any run of characters, ? any one' },
  { query: 'process.command_line:"-enc SQBFAFgA"', text: 'a phrase, exactly as it stands in quotes' },
  { query: 'destination.port >= 1024 and destination.port < 5000', text: 'numbers in a range' },
  { query: '@timestamp >= "2026-11-20" and @timestamp < "2026-11-21"', text: 'times, UTC' },
  { query: 'destination.ip:10.0.0.0/8', text: 'addresses in a block' },
  {
    query: 'event.kind:file_create and file.extension:hta',
    text: 'what happened, and to which sort of file',
  },
  { query: 'file.origin_url:*', text: 'the record says anything at all' },
  { query: 'event.kind:process_start and not user.name:svc_*', text: 'everything but' },
  { query: 'file.path:C:\\Users\\*\\Downloads\\*', text: 'a path as it is written' },
  { query: 'hash:9f86d081884c7d659a2feaa0c55ad015', text: 'a hash in any of its fields' },
  { query: 'mshta', text: 'words alone: anywhere in the telling fields' },
];

/** The language by example; each can be tried at once. */
export function QueryHelp(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTry: (query: string) => void;
}) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="How to write a query"
      description="Field, colon, value; joined by and, or, not, and parentheses. And holds closer than or. Case never matters."
      width="lg"
    >
      <div className="px-5 py-3">
        <Table caption="Examples of queries">
          <thead>
            <tr>
              <Th>Query</Th>
              <Th>Finds</Th>
              <Th>
                <span className="sr-only">Try it</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {EXAMPLES.map(({ query, text }) => (
              <tr key={query}>
                <Td className="machine [overflow-wrap:anywhere]">{query}</Td>
                <Td className="text-text-2">{text}</Td>
                <Td className="pr-0">
                  <Button size="sm" aria-label={`Try ${query}`} onClick={() => props.onTry(query)}>
                    Try
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <p className="mt-3 text-12 text-text-3">
          Fields are completed while typing, with what each means. A backslash before * or ? takes it as it
          is. Fields that a record does not have match nothing, and so match &ldquo;not&rdquo;.
        </p>
      </div>
    </Dialog>
  );
}
