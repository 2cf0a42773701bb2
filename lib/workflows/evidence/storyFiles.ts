import type { Block } from './block';
import { blocksToHtml, blocksToMarkdown } from './blockText';
import { blocksToPdf } from './pdf';
import type { FileToPack } from './zipStream';

/** A document three times over: `story.html`, `story.md` and `story.pdf` below a folder, whose name ends in a slash. */
export function* storyFiles(
  folder: string,
  blocks: readonly Block[],
  about: { readonly title: string; readonly madeAt: Date },
): Generator<FileToPack, void, undefined> {
  yield { name: `${folder}story.html`, content: blocksToHtml(blocks, about.title) };
  yield { name: `${folder}story.md`, content: blocksToMarkdown(blocks) };
  yield { name: `${folder}story.pdf`, content: blocksToPdf(blocks, about) };
}
