import { type LineageShape, type Placement, placeLineage } from './placeLineage';

type Waiting = {
  shape: LineageShape;
  resolve: (placement: Placement) => void;
  reject: (reason: unknown) => void;
};

/** Null where there is no worker to be had; undefined until one was wanted. */
let worker: Worker | null | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/** Places a lineage off the main thread; on it where the browser gives no worker. Rejects with what placing threw. */
export async function placeInWorker(shape: LineageShape): Promise<Placement> {
  if (worker === undefined) worker = start();
  const running = worker;
  if (running === null) return placeLineage(shape);
  const id = asked++;
  try {
    return await new Promise<Placement>((resolve, reject) => {
      waiting.set(id, { shape, resolve, reject });
      running.postMessage({ id, shape });
    });
  } finally {
    waiting.delete(id);
  }
}

function start(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  try {
    const started = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<{ id: number; placement: Placement }>) =>
      waiting.get(data.id)?.resolve(data.placement),
    );
    started.addEventListener('error', giveUp);
    started.addEventListener('messageerror', giveUp);
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
  for (const { shape, resolve, reject } of [...waiting.values()]) {
    try {
      resolve(placeLineage(shape));
    } catch (reason) {
      reject(reason);
    }
  }
}
