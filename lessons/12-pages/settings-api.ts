// Lesson 12 · settings-api: the settings for programs.
//
//   GET /api/settings                     ──►  200, etag: "1"
//   PUT /api/settings  {…} if-match: "1"  ──►  200, etag: "2"

import { json, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { readJson } from '../07-body/body.ts';
import { validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import { refuseConflict } from '../10-api/conflict.ts';
import { checkIfMatch, etagOf } from '../10-api/etag.ts';
import { currentSettings, newSettingsRule, SETTINGS_ID, type Settings } from './settings-rules.ts';

export async function getSettings(settings: Collection<Settings>): Promise<Reply> {
  const now = await currentSettings(settings);
  return json(200, now, { etag: etagOf(now) });
}

export async function replaceSettings(settings: Collection<Settings>, call: Call): Promise<Reply> {
  const fields = validate(newSettingsRule, await readJson(call.request));
  const { version } = checkIfMatch(call, await currentSettings(settings));
  const changed = await settings.update(SETTINGS_ID, version, fields).catch(refuseConflict);
  return json(200, changed, { etag: etagOf(changed) });
}
