import { hostilePlain } from '@/components/shared/hostileText';

/** A node of what Markdown was read into, as far as it is looked at here. */
type Node = { type: string; value?: string; children?: Node[] };

/**
 * Writes out, in every text of a note, the characters that turn or hide text: those typed and those written as
 * character references. For `rehypePlugins`; lines and tabs stay.
 */
export function showHidden() {
  return (tree: Node): void => show(tree);
}

function show(node: Node): void {
  if (node.value !== undefined && (node.type === 'text' || node.type === 'raw'))
    node.value = node.value
      .split(/(\r\n|\n|\t)/)
      .map((part) => (part === '\r\n' || part === '\n' || part === '\t' ? part : hostilePlain(part)))
      .join('');
  for (const child of node.children ?? []) show(child);
}
