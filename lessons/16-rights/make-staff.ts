// Lesson 16 · make-staff: the program behind `npm run staff grace@example.org`.
//
//   DATA_DIR=db/data/16  node make-staff.ts grace@example.org
//
// Wiring only: which store. See staff-command.ts.

import { join } from 'node:path';
import { jsonFileStorage } from '../11-json-file/json-file.ts';
import { stopWith } from '../11-json-file/stop.ts';
import { askForStaff } from './staff-command.ts';

await askForStaff(await jsonFileStorage(join(process.env.DATA_DIR ?? '.', 'cafe.json')).catch(stopWith), process.argv[2]);
