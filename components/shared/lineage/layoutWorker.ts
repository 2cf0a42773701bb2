import { type LineageShape, placeLineage } from './placeLineage';

/** Runs in a worker: places the shapes it is sent, each answered under its number. */
self.addEventListener('message', ({ data }: MessageEvent<{ id: number; shape: LineageShape }>) => {
  const placement = placeLineage(data.shape);
  self.postMessage(
    { id: data.id, placement },
    { transfer: [placement.columns.buffer as ArrayBuffer, placement.centres.buffer as ArrayBuffer] },
  );
});
