/** A product with a tiny web server and worker in place of the real ones, run by launch.db.test.ts as a program. */
import path from 'node:path';
import { launch, type Product } from './launch';
import { readSettings } from './settings';

const web = `
  const ready = (req, res) => res.end(process.env.WEB_SAYS ?? 'ready');
  require('node:http').createServer(ready).listen(process.env.PORT, '127.0.0.1');
  console.log('web ' + process.pid);
`;
const worker = `
  const pg = require('pg');
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  const stop = async () => { await client.query("insert into seen values ('stopped')"); await client.end(); process.exit(0); };
  process.on('SIGTERM', stop);
  client.on('error', () => process.exit(3));
  client.connect().then(async () => {
    await client.query("create table if not exists seen (what text)");
    await client.query("insert into seen values ('started')");
    const { rows } = await client.query("select string_agg(what, ',') as seen from seen");
    console.log('worker ' + process.pid + ' ' + rows[0].seen);
    if (process.env.WORKER_FAILS) { console.log('out of cheese'); process.exit(7); }
  });
`;

const root = path.resolve(import.meta.dirname, '../..');
const product: Product = {
  root,
  prepare: async () => {},
  web: { name: 'web server', args: ['-e', web] },
  worker: { name: 'worker', args: ['-e', worker] },
};
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const settings = readSettings(process.env, [], root);
process.exit(await launch(settings, product, stop.signal, (line) => console.log(line)));
