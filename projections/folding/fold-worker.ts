import { parentPort, workerData } from 'node:worker_threads';

import { StreamNames } from '../../src/entries/stream-names.js';
import { ledgerNamed } from '../ledgers.js';
import { foldTexts } from './fold-texts.js';
import type { Done, Task, ToDo } from './fold-thread.js';

/** A thread that folds what it is given, batch by batch; see `FoldThread`. */
const { register, ledgers } = workerData as Task;
const names = new StreamNames(register);
const folded = ledgers.map((it) => ledgerNamed(it)).filter((it) => it !== undefined);

parentPort?.on('message', ({ id, events }: ToDo) => {
  parentPort?.postMessage(...told(id, events));
});

/** A fault is not told: whoever asked folds the same again, and meets it himself. */
function told(id: number, events: ToDo['events']): [Done, ArrayBuffer[]] {
  try {
    const made = foldTexts(folded, names, events);
    return [{ id, made }, made.map((it) => it.text.buffer)];
  } catch {
    return [{ id }, []];
  }
}
