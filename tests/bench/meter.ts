// The meter: loaded into each server before its first line, it says how long the processor worked.
//
//   parent: 'cpu'  ──►  server's process  ──►  { cpu: 1234567 }   microseconds since its start
//
// All threads of the process count: what the garbage collector does is a part of the price.

process.on('message', (message) => {
  if (message !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send!({ cpu: user + system });
});
