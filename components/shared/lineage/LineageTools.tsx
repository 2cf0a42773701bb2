import type { ReactNode, RefObject } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { useToast } from '@/components/ui/Toast';
import { Segmented } from '@/components/ui/Toggle';
import { type Drawing, graphSvg } from './graphSvg';
import type { LineageReading } from './lineageTypes';
import { savePng, saveSvg } from './saveDrawing';
import { themeColours } from './themeColours';
import type { Find } from './useFind';
import type { FoldActions } from './useFoldActions';

/** The bar above a lineage: how much is shown, find, folds, zoom, saving, and how it is read. */
export function LineageTools(props: {
  reading: LineageReading;
  /** Null where only one way of reading has room. */
  onReading: ((reading: LineageReading) => void) | null;
  find: Find;
  field: RefObject<HTMLInputElement | null>;
  onStep: (step: 1 | -1) => void;
  onLeaveFind: () => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
  /** Frames the selection; again, everything. */
  onFrame: () => void;
  folds: FoldActions;
  drawing: Drawing | null;
  fileName: string;
  title: string;
  children: ReactNode;
}) {
  const { folds } = props;
  return (
    <div className="no-print flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1">
      <h2 className="text-13 font-medium">Lineage</h2>
      <p className="num mr-auto flex min-w-0 items-center gap-1 truncate text-12 text-text-3">
        {props.children}
      </p>
      {folds.matters === null ? null : (
        <Button size="sm" variant="quiet" onClick={folds.onMatters}>
          {folds.matters === 'only' ? 'Only what matters' : 'Back to what was open'}
        </Button>
      )}
      <FindField {...props} />
      <Menu
        align="end"
        trigger={
          <Button size="sm" variant="quiet">
            Folds
          </Button>
        }
      >
        <MenuItem keys="[" onSelect={folds.openAll}>
          Open everything
        </MenuItem>
        <MenuItem keys="]" onSelect={folds.closeAll}>
          Close what is beside the path
        </MenuItem>
        <MenuRule />
        <MenuItem keys="{" onSelect={() => folds.level(1)}>
          One level more
        </MenuItem>
        <MenuItem keys="}" onSelect={() => folds.level(-1)}>
          One level less
        </MenuItem>
      </Menu>
      {props.reading === 'graph' ? (
        <>
          <div className="flex">
            <Button size="sm" variant="quiet" aria-label="Zoom out" onClick={() => props.onZoom(1 / 1.25)}>
              −
            </Button>
            <Button size="sm" variant="quiet" aria-label="Zoom in" onClick={() => props.onZoom(1.25)}>
              +
            </Button>
            <Button size="sm" variant="quiet" aria-keyshortcuts="0" onClick={props.onFit}>
              Fit
            </Button>
            <Button size="sm" variant="quiet" aria-keyshortcuts="f" onClick={props.onFrame}>
              Frame
            </Button>
          </div>
          <SaveMenu {...props} />
        </>
      ) : null}
      {props.onReading === null ? null : (
        <Segmented
          label="Read the lineage as"
          value={props.reading}
          onChange={props.onReading}
          options={[
            { value: 'graph', label: 'Graph' },
            { value: 'table', label: 'Table' },
          ]}
        />
      )}
    </div>
  );
}

function FindField({ find, field, onStep, onLeaveFind }: Parameters<typeof LineageTools>[0]) {
  return (
    <div className="flex h-6 items-center rounded-md border border-line-strong">
      <input
        ref={field}
        type="search"
        aria-label="Find in tree"
        aria-keyshortcuts="/"
        placeholder="Find in tree  /"
        autoComplete="off"
        spellCheck={false}
        value={find.text}
        onChange={(event) => find.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') {
            if (find.text === '') onLeaveFind();
            else find.setText('');
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-full w-28 rounded-md bg-transparent px-2 text-12 placeholder:text-text-3"
      />
      <span className="num px-2 text-12 text-text-3 empty:hidden" role="status">
        {find.words}
      </span>
      {find.retry === null ? null : (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            field.current?.focus();
            find.retry?.();
          }}
        >
          Search again
        </Button>
      )}
    </div>
  );
}

function SaveMenu({ drawing, fileName, title }: Parameters<typeof LineageTools>[0]) {
  const toast = useToast();
  const svg = () => (drawing === null ? '' : graphSvg(drawing, { colours: themeColours(), title }));
  const failed = (error: unknown) =>
    toast.show({
      text: `The picture could not be made: ${error instanceof Error ? error.message : 'the browser gave no reason'}.`,
      tone: 'danger',
    });
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" variant="quiet" disabled={drawing === null}>
          Save
        </Button>
      }
    >
      <MenuItem onSelect={() => saveSvg(svg(), fileName)}>Drawing as SVG</MenuItem>
      <MenuItem onSelect={() => void savePng(svg(), fileName).catch(failed)}>Picture as PNG</MenuItem>
      <p className="max-w-56 px-2 py-1 text-11 text-text-3">
        <HostileText text={`${fileName}: as it is folded now, in these colours`} />
      </p>
    </Menu>
  );
}
