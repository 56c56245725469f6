// Lesson 12 · settings-rules: what the settings are, and which values they can have.
//
//   { id: 1, opens: '08:00', closes: '18:00', tax: 10, message: 'Cinnamon rolls are warm at ten.',
//     version: 1 }
//
// They are one record in a collection of its own, so that the café can change them while it runs.
// What belongs to a machine (its port, its folder) is configuration: lesson 25.

import { fields, numberFromText, line, wholeNumber, type Valid } from '../08-validate/validate.ts';
import type { Collection, Stored } from '../09-logic/storage.ts';
import { closesLater, timeOfDay } from './opening-hours.ts';

const rules = {
  opens: timeOfDay(),
  closes: timeOfDay(),
  tax: wholeNumber(0, 50, 'percent'),
  message: line(0, 120),
};
export const newSettingsRule = closesLater(fields(rules));

/** `opens` and `closes`: "08:00". `tax`: in percent, included in the prices. */
export type Settings = Stored & Valid<typeof newSettingsRule>;

/** As a form sends them: all values are text, and the version is one of the fields. */
export const settingsForm = closesLater(fields({
  ...rules,
  tax: numberFromText(rules.tax),
  version: numberFromText(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
}));

/** The settings are one record, and this is its id. */
export const SETTINGS_ID = 1;

export const firstSettings: Settings[] = [{
  id: SETTINGS_ID,
  opens: '08:00',
  closes: '18:00',
  tax: 10,
  message: 'Cinnamon rolls are warm at ten.',
  version: 1,
}];

export async function currentSettings(settings: Collection<Settings>): Promise<Settings> {
  return (await settings.get(SETTINGS_ID))!;
}
