'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useToast } from '@/components/ui/Toast';
import { useRefusal } from '../me';
import { useUploads } from '../uploads/Uploads';

/** Any file dragged over any page can be dropped there: it is imported, and the page stays. */
export function DropAnywhere() {
  const [over, setOver] = useState(false);
  const { start } = useUploads();
  const refusal = useRefusal('imports.write');
  const toast = useToast();
  const router = useRouter();
  const pathname = usePathname();
  const onFiles = useRef((_files: File[]) => {});
  useEffect(() => {
    onFiles.current = (files) => {
      // Taken all the same: the browser would otherwise leave the page for the file.
      if (refusal !== null) return void toast.show({ text: refusal });
      start(files);
      if (pathname === '/imports') return;
      const text =
        files.length === 1 ? `Importing ${files[0]?.name ?? 'a file'}.` : `Importing ${files.length} files.`;
      toast.show({ text, action: { label: 'Show imports', run: () => router.push('/imports') } });
    };
  });
  useEffect(() => {
    let depth = 0;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!carries(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carries(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (carries(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) onFiles.current(files);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-2 z-50 flex items-end justify-center rounded-lg border-2 border-dashed border-accent p-6">
      <p className="rounded-md border border-accent bg-surface-1 px-4 py-2 text-15 shadow-popover">
        {refusal ?? 'Drop to import'}
      </p>
    </div>
  );
}
