import { survives } from './crashes.js';

survives('kill -9 of the server during load', async (installation, serving) => {
  await serving.end('SIGKILL');
  return installation.start({ MUSUBI_SOURCES: 'off' });
});
