import { createHash } from 'node:crypto';
import { PAGE_STYLE } from '../exports/htmlStyle';
import { each, type Html, html } from '../exports/htmlText';
import { plainText } from '../exports/plainText';
import type { Block } from './block';

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A document as one self-contained page: no script, nothing loaded, every value escaped. */
export function blocksToHtml(blocks: readonly Block[], title: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
${each(blocks, blockHtml)}
</main>
</body>
</html>
`.markup;
}

function blockHtml(block: Block): Html {
  switch (block.type) {
    case 'title':
      return html`<h1>${block.text}</h1>\n`;
    case 'heading':
      return html`<h2>${block.text}</h2>\n`;
    case 'subheading':
      return html`<h3>${block.text}</h3>\n`;
    case 'text':
      return html`<p>${each(linesOf(block.text), (line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))}</p>\n`;
    case 'quiet':
      return html`<p class="q">${block.text}</p>\n`;
    case 'code':
      return html`<p><code>${block.text}</code></p>\n`;
    case 'facts':
      return html`<dl class="facts">${each(block.rows, ([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>\n`;
    case 'list':
      return html`<ul>${each(block.items, (item) => html`<li>${item}</li>\n`)}</ul>\n`;
  }
}

/** A document as Markdown in which no text becomes markup. */
export function blocksToMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockMarkdown).join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.type) {
    case 'title':
      return `# ${inline(block.text)}`;
    case 'heading':
      return `## ${inline(block.text)}`;
    case 'subheading':
      return `### ${inline(block.text)}`;
    case 'text':
      return linesOf(block.text).map(inline).join('  \n');
    case 'quiet':
    case 'code':
      return inline(block.text);
    case 'facts':
      return block.rows.map(([label, value]) => `- ${inline(label)}: ${inline(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
  }
}

function inline(value: string): string {
  return plainText(value.replace(/\s+/g, ' ')).replace(/[\\`*_{}[\]<>#|!]/g, (character) => `\\${character}`);
}

/** What people write has lines; each is shown as one. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
