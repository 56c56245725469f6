// Lesson 16 · access: who may use the routes of lessons 04 to 15.
//
//   PUT /api/menu/2  ──►  'PUT /api/menu/:id'  ──►  'staff'
//
// All of it is on one page: one column shows what a stranger can do. Those lessons did not know
// roles yet. From here on, a module brings its own `access` next to its routes.

import type { Access } from './roles.ts';

export const cafeAccess: Access = {
  // The café is for everybody.
  'GET /': 'anyone',
  'GET /menu': 'anyone',
  'GET /menu/:id': 'anyone',
  'GET /api/menu': 'anyone',
  'GET /api/menu/:id': 'anyone',
  'POST /api/basket': 'anyone',
  'GET /notes': 'anyone',
  'POST /notes': 'anyone',
  'GET /api/notes': 'anyone',
  'POST /api/notes': 'anyone',
  'GET /api/notes/:id': 'anyone',
  'GET /api/settings': 'anyone',
  'GET /assets/*name': 'anyone',
  'GET /files/*name': 'anyone',
  'GET /cup.svg': 'anyone',

  // These must be open to guests who are not logged in yet.
  'GET /account': 'anyone',
  'POST /account': 'anyone',
  'GET /account/welcome': 'anyone',
  'POST /api/accounts': 'anyone',
  'GET /login': 'anyone',
  'POST /login': 'anyone',
  'POST /logout': 'anyone',
  'POST /api/session': 'anyone',
  'GET /api/session': 'anyone',
  'DELETE /api/session': 'anyone',

  // Only staff change the menu and the settings.
  'POST /api/menu': 'staff',
  'PUT /api/menu/:id': 'staff',
  'DELETE /api/menu/:id': 'staff',
  'GET /settings': 'staff',
  'POST /settings': 'staff',
  'PUT /api/settings': 'staff',
};
