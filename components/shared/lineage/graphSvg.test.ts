import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { graphSvg } from './graphSvg';
import { layoutLineage } from './layoutLineage';
import { type ThemeColours, TOKENS } from './themeColours';
import { lineageOf } from './topologies';

const colours = Object.fromEntries(TOKENS.map((token) => [token, '#123456'])) as ThemeColours;

function draw(change: (view: ReturnType<typeof lineageOf>) => void = () => {}): string {
  const view = lineageOf('explorer\n  outlook *\n    wscript * !', {
    artefacts: [{ id: 'a.svg', fromId: 'outlook', toId: 'wscript' }],
    folded: [{ parentId: 'explorer', processes: 183, events: { file_create: 41, dns_query: 12 } }],
  });
  change(view);
  const layout = layoutLineage(view);
  return graphSvg(
    { layout, lanes: new Map(), stages: [], selectedId: 'wscript' },
    { colours, title: 'A <finding>' },
  );
}

/** Everything written, each text apart. Throws on what is no XML. */
function read(svg: string): { texts: string[]; tags: string[] } {
  const [texts, tags]: [string[], string[]] = [[], []];
  const parser = new SaxesParser();
  parser.on('text', (text) => texts.push(text));
  parser.on('opentag', (tag) => tags.push(tag.name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  return { texts: texts.filter((text) => text.trim() !== ''), tags };
}

describe('graphSvg', () => {
  it('is one self-contained picture of what is drawn, with what is folded counted', () => {
    const { texts, tags } = read(draw());
    expect(texts).toContain('A <finding>');
    expect(texts).toContain('outlook');
    expect(texts).toContain('a.svg');
    expect(texts).toContain('+183 processes · 41 files · 12 net');
    expect(texts).toContain('broken: pid reused');
    expect(new Set(tags)).toEqual(
      new Set(
        ['svg', 'title', 'desc', 'rect', 'path', 'text', 'g', 'circle'].filter((t) => tags.includes(t)),
      ),
    );
    expect(draw()).not.toContain('var(');
  });

  it('stays one picture whatever a name holds', () => {
    const hostile = [
      '<script>alert(1)</script>',
      ']]>&"\'\0\u0001\u001b',
      'invoice\u202Egpj.exe',
      'a\nb\r\tc',
      '\uD800 half',
      '\uFFFE',
      'x'.repeat(30_000),
    ];
    const svg = draw((view) => {
      for (const [index, node] of view.nodes.entries()) {
        node.name = hostile[index] ?? '';
        node.user = hostile[index + 3] ?? '';
        node.commandLine = hostile[6] ?? '';
      }
      for (const artefact of view.artefacts) artefact.label = hostile[0] ?? '';
    });
    const { tags, texts } = read(svg);
    expect(tags).not.toContain('script');
    expect(texts.join()).toContain('U+202E');
    expect(svg.length).toBeLessThan(20_000);
    expect(() => encodeURIComponent(svg)).not.toThrow();
  });
});
