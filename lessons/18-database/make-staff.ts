// Lesson 18 · make-staff: the program behind `npm run staff grace@example.org`.
//
//   DATA_DIR=db/data/18  node make-staff.ts grace@example.org
//
// Wiring only: which store. See staff-command.ts of lesson 16.

import { openDatabase } from '../../db/database.ts';
import { stopWith } from '../11-json-file/stop.ts';
import { askForStaff } from '../16-rights/staff-command.ts';

await askForStaff(await openDatabase(process.env.DATA_DIR ?? '.').catch(stopWith), process.argv[2]);
