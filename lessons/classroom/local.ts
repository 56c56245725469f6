// Local: is it a name on this machine alone that a server listens at, and no port?
//
//   listen('\0hello-backend-66306-1311')  ──►  true: the lock of a database (lesson 17)
//   listen(3000), listen('three')         ──►  false
//
// No browser hears it, and it keeps no program running: whoever watches servers leaves it alone.

export function isLocal(name: unknown): boolean {
  return typeof name === 'string' && /[\0\\/]/.test(name);
}
