import type { VocabularyView } from '@/lib/contracts/analytics';
import type { YamlProblem } from './yamlProblems';

/** What an editor of YAML shows and tells. */
export type YamlEditorProps = {
  label: string;
  value: string;
  onChange?: ((text: string) => void) | undefined;
  readOnly?: boolean | undefined;
  vocabulary?: VocabularyView | undefined;
  /** Where the text stands in a definition, as `['when']`; the top level without it. Give a constant. */
  root?: readonly string[] | undefined;
  /** A definition whose stages and parameters are completed, where the text has none of its own. */
  namesFrom?: string | undefined;
  problems?: readonly YamlProblem[] | undefined;
  /** Puts the cursor there when it changes. */
  jump?: { line: number; column: number } | null | undefined;
  /** A condition of some lines, without gutters. */
  small?: boolean | undefined;
};
