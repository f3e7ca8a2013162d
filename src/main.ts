import 'reflect-metadata';

import { readConfig } from './config.js';
import { consoleAnnouncer } from './console-announcer.js';
import { type RunningApplication, startApplication } from './start-application.js';
import { tellStartFault } from './start-fault.js';

let running: RunningApplication | undefined;
let stopping = false;

/** The first signal ends in order, also while still starting; the second one at once. */
async function stop(): Promise<void> {
  if (stopping) process.exit(130);
  stopping = true;
  await end();
}

async function end(): Promise<void> {
  if (running === undefined) return;
  await running.close();
  console.log('結は終了しました。');
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());

try {
  running = await startApplication(readConfig(), consoleAnnouncer);
  console.log(`結は ${running.url} で待ち受けています。API の説明: ${running.url}/api/docs`);
  if (stopping) await end();
} catch (fault) {
  process.exit(tellStartFault(fault));
}
