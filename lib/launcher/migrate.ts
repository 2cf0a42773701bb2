/** `npm run db:migrate`: brings the database named by DATABASE_URL up to date. `npm start` does so by itself. */
import { migrate } from '../storage/migrate';
import { describeDatabase } from './settings';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('Set DATABASE_URL. The embedded database is brought up to date by npm start.');
  process.exit(2);
}
try {
  const { applied, changed } = await migrate(url);
  console.log(`${describeDatabase(url)}: ${applied.length ? `applied ${applied.join(', ')}` : 'up to date'}`);
  for (const name of changed) console.log(`Note: migration ${name} was edited after it was applied.`);
} catch (error) {
  console.error(`${describeDatabase(url)}: ${(error as Error).message}`);
  process.exit(1);
}
