import { openDatabase } from '../../../db/database.ts';

await openDatabase(process.argv[2]!);
process.on('disconnect', () => process.exit());
process.send!('The till is open.');
