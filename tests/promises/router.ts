// Lesson 04's router, which also notes its table of routes. hooks.js hands it to each wiring.
//
//   router([{ method: 'GET', pattern: '/menu', … }])  ──►  tables: [['GET /menu']]
import { router as build, type Handler, type Route } from '../../lessons/04-router/router.ts';

export * from '../../lessons/04-router/router.ts';

export const tables: string[][] = [];

export function router(routes: Route[]): Handler {
  tables.push(routes.map(({ method, pattern }) => `${method} ${pattern}`));
  return build(routes);
}
