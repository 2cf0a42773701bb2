import { limitsFromEnvironment } from '../containers/limits';
import type { AnalyzeDocument } from '../contracts/analyze';
import { analyzeFiles } from './analyzeFiles';
import { parseArguments, USAGE } from './arguments';
import { loadCatalogue } from './loadCatalogue';
import { loadMappings } from './loadMappings';
import { ansiPaint, type Paint, plainPaint, printAnalysis } from './printAnalysis';
import { isWorthALook, printRefusals, printSigma } from './printSigma';
import { createProgressBar } from './progressBar';
import { runCommand } from './runCommand';
import { loadSigmaRules } from './sigmaRules';
import { terminalText } from './terminalText';
import { writeJson } from './writeJson';

/** Exit codes, in both modes. */
const NOTHING = 0;
const FINDINGS = 1;

/** `npm run -s analyze -- FILE… [--json] [--sigma RULES]…`: the same core as the server's, with no database and no server. */
async function main(words: readonly string[]): Promise<number> {
  const { files, json, format, mappings, sigma, password, help } = parseArguments(words);
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return NOTHING;
  }
  const bar = createProgressBar(process.stderr, () => performance.now());
  try {
    const catalogue = await loadCatalogue();
    const rules =
      sigma.length === 0 ? undefined : await loadSigmaRules(sigma, { lists: catalogue.lists, password });
    process.stderr.write(rules === undefined ? '' : printRefusals(rules.refused));
    const { document, problems } = await analyzeFiles(files, {
      format,
      catalogue,
      onProgress: bar.onProgress,
      formats: await loadMappings(mappings),
      limits: limitsFromEnvironment(process.env),
      ...(password === undefined ? {} : { password }),
      ...(rules === undefined ? {} : { sigma: rules }),
    });
    bar.clear();
    for (const problem of problems) process.stderr.write(`warning: ${terminalText(problem)}\n`);
    const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
    if (json) await writeJson(document, process.stdout);
    else process.stdout.write(printed(document, coloured ? ansiPaint : plainPaint));
    const found = document.findings.some((finding) => !finding.suppressed);
    return found || isWorthALook(document.sigma) ? FINDINGS : NOTHING;
  } finally {
    bar.clear();
  }
}

function printed(document: AnalyzeDocument, paint: Paint): string {
  const { sigma } = document;
  return `${printAnalysis(document, paint)}${sigma === undefined ? '' : `\n${printSigma(sigma, paint)}`}`;
}

await runCommand('analyze', main);
