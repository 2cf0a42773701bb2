import { type LineageShape, type Placement, placeLineage } from './placeLineage';

type Waiting = { shape: LineageShape; resolve: (placement: Placement) => void };

let worker: Worker | null | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/** Places a lineage off the main thread; on it where the browser gives no worker. Never rejects. */
export function placeInWorker(shape: LineageShape): Promise<Placement> {
  worker ??= start();
  const running = worker;
  if (running === null) return Promise.resolve(placeLineage(shape));
  return new Promise((resolve) => {
    const id = asked++;
    waiting.set(id, { shape, resolve });
    running.postMessage({ id, shape });
  });
}

function start(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  try {
    const started = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<{ id: number; placement: Placement }>) => {
      waiting.get(data.id)?.resolve(data.placement);
      waiting.delete(data.id);
    });
    started.addEventListener('error', giveUp);
    return started;
  } catch {
    // A policy may forbid workers; the drawing is then placed here.
    return null;
  }
}

/** A worker that cannot run is not asked again, and what it owes is done here. */
function giveUp(): void {
  worker?.terminate();
  worker = null;
  for (const { shape, resolve } of waiting.values()) resolve(placeLineage(shape));
  waiting.clear();
}
