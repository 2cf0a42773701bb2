import { limitsFromEnvironment } from '../containers/limits';
import { analyzeFiles } from './analyzeFiles';
import { parseArguments, USAGE } from './arguments';
import { loadCatalogue } from './loadCatalogue';
import { loadMappings } from './loadMappings';
import { ansiPaint, plainPaint, printAnalysis } from './printAnalysis';
import { createProgressBar } from './progressBar';
import { runCommand } from './runCommand';
import { terminalJson, terminalText } from './terminalText';

/** Exit codes, in both modes. */
const NOTHING = 0;
const FINDINGS = 1;

/** `npm run -s analyze -- FILE… [--json]`: the same core as the server's, with no database and no server. */
async function main(words: readonly string[]): Promise<number> {
  const { files, json, format, mappings, password, help } = parseArguments(words);
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return NOTHING;
  }
  const bar = createProgressBar(process.stderr, () => performance.now());
  try {
    const catalogue = await loadCatalogue();
    const { document, problems } = await analyzeFiles(files, {
      format,
      catalogue,
      onProgress: bar.onProgress,
      formats: await loadMappings(mappings),
      limits: limitsFromEnvironment(process.env),
      ...(password === undefined ? {} : { password }),
    });
    bar.clear();
    for (const problem of problems) process.stderr.write(`warning: ${terminalText(problem)}\n`);
    const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const text = json
      ? `${terminalJson(JSON.stringify(document, null, 2))}\n`
      : printAnalysis(document, coloured ? ansiPaint : plainPaint);
    process.stdout.write(text);
    return document.findings.some((finding) => !finding.suppressed) ? FINDINGS : NOTHING;
  } finally {
    bar.clear();
  }
}

await runCommand('analyze', main);
