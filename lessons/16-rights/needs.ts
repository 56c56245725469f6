// Lesson 16 · needs: who may use which route.
//
//   PUT /api/menu/2  ──►  'PUT /api/menu/:id'  ──►  'staff'
//
// All of it on one page: whoever wants to know what a stranger can do, reads one column. A later
// lesson adds its own lines in its wiring.

import type { Needs } from './rights.ts';

export const needs: Needs = {
  // The café, for everybody.
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

  // The door: it must be open for those who are not in yet.
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

  // What is one's own.
  'GET /api/accounts/:id': 'customer',

  // The house.
  'GET /staff': 'staff',
  'GET /menu/:id/edit': 'staff',
  'POST /menu/:id/edit': 'staff',
  'POST /api/menu': 'staff',
  'PUT /api/menu/:id': 'staff',
  'DELETE /api/menu/:id': 'staff',
  'GET /settings': 'staff',
  'POST /settings': 'staff',
  'PUT /api/settings': 'staff',
  'GET /api/accounts': 'staff',
};
