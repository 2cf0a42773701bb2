'use client';

import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import { useId } from 'react';
import { createPreference } from '@/components/shared/preference';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Toggle } from '@/components/ui/Toggle';
import type { YamlEditorProps } from './yamlEditorProps';

const Body = dynamic(() => import('./YamlEditorBody').then((loaded) => loaded.YamlEditorBody), {
  ssr: false,
  loading: () => (
    <SkeletonRegion label="Opening the editor" className="space-y-2.5 p-4">
      {[34, 52, 45, 61, 40].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  ),
});

const tabPreference = createPreference('editorTab', ['moves', 'indents'], 'moves');

/** YAML with completion and marks. Tab leaves it; whoever wants Tab to indent says so, and leaves by Escape, Tab. */
export function YamlEditor(props: YamlEditorProps) {
  const help = useId();
  const tab = tabPreference.use();
  const mac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');
  const mod = mac ? '⌘' : 'Ctrl';
  return (
    <div
      className={clsx(
        'flex min-h-0 flex-col',
        props.small ? 'overflow-clip rounded-md border border-line-strong' : 'h-full',
      )}
    >
      <div className={clsx('min-h-0', props.small ? 'h-40' : 'flex-1')}>
        <Body {...props} describedBy={help} tabMoves={tab === 'moves'} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-3 py-1 text-12 text-text-3">
        <p id={help} className="min-w-0 flex-1 basis-56" suppressHydrationWarning>
          {tab === 'moves'
            ? `Tab leaves the editor; ${mod} ] and ${mod} [ indent.`
            : 'Tab indents; Escape, then Tab leaves the editor.'}
          {props.readOnly ? '' : ` ${mod} Space completes.`}
        </p>
        {props.readOnly ? null : (
          <Toggle
            pressed={tab === 'indents'}
            onChange={(pressed) => tabPreference.set(pressed ? 'indents' : 'moves')}
          >
            Tab indents
          </Toggle>
        )}
      </div>
    </div>
  );
}
